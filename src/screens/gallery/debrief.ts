import type { Todo } from '../../domain/todos/todo.ts'
import { after, minutes } from '../../kernel/clock.ts'
import type { PresenceId, TodoId } from '../../kernel/ids.ts'
import { done } from '../answers.ts'
import { debriefAnswer, hereCounted, lapsedNotice } from '../debrief.ts'
import { began, roomLine } from '../lines.ts'
import { roomMore } from '../more.ts'
import { message, privatePanel, roomAnswer } from '../room.ts'
import type { Screen } from '../screen.ts'
import { hostileNames, person, phaseId, roomId, sampleNow } from './cast.ts'
import { sampleView, timers } from './views.ts'

const todo = (number: number, text: string, subject: string | null): Todo => ({
  id: roomId(900 + number) as string as TodoId,
  text,
  subject,
  createdAt: sampleNow,
})
const open: readonly Todo[] = [
  todo(1, 'Read chapter 3', 'biology'),
  todo(2, '기출 문제 풀기', '수학'),
  todo(3, hostileNames.join(' '), null),
]
const presence = roomId(990) as string as PresenceId
const onBreak = sampleView({ timer: timers.onBreak })
const told = { phase: phaseId, aim: 'Read chapter 3' }

/** The question of a break with its answers, and what follows from silence. */
export const debriefs: Readonly<Record<string, Screen>> = {
  'line break begins, asking how it went': roomLine(onBreak, began(onBreak, 'break', after(sampleNow, minutes(5))), [person(2)], phaseId),
  'line the last round is over, asking how it went': roomLine(sampleView({ timer: timers.idle }), message('line.over'), [], phaseId),
  'notice that asks how it went': roomLine(onBreak, message('debrief.ask'), [], phaseId),
  'panel for one person in a break': privatePanel(onBreak, sampleNow),
  'answer edited in a break': roomAnswer(onBreak, sampleNow, message('room.edited')),
  'debrief done': debriefAnswer(roomId(1), { ...told, counted: { seconds: 1500 } }, 'done', open),
  'debrief partly, without a list': debriefAnswer(roomId(1), { ...told, aim: null, counted: { seconds: 95 } }, 'partly', []),
  'debrief without time': debriefAnswer(roomId(1), { ...told, counted: 'nothing' }, 'no', open),
  'debrief undecided': debriefAnswer(roomId(1), { ...told, counted: 'undecided' }, 'no', []),
  'aim told': done(message('aim.told', { aim: '<!channel> *x*' })),
  'more with a list': roomMore(sampleView(), 'never', { open, chosen: open[0]?.id ?? null }),
  'notice of silence': lapsedNotice('Deep work', presence, sampleNow),
  'here after all': hereCounted(1230),
}
