import { freshView } from '../../domain/rooms/room.actions.ts'
import { chooseRoom, type RoomView } from '../../domain/rooms/room.queries.ts'
import { canDoWithoutVote } from '../../domain/rooms/room.ts'
import { stateOf } from '../../domain/timers/course.ts'
import type { Deed, Verb } from '../../domain/timers/deed.ts'
import { moveTimer } from '../../domain/timers/timer.actions.ts'
import { inRun } from '../../domain/timers/timer.ts'
import type { Tx } from '../../kernel/context.ts'
import { message, privatePanel, roomAnswer } from '../../screens/room.ts'
import type { Screen } from '../../screens/screen.ts'
import { stopQuestion } from '../../screens/stop.ts'
import { type Command, command, type Options } from '../command.ts'
import { carriedRoom, roomOption } from '../room/options.ts'

/** What the buttons of a panel carry along. */
const carried = {
  phase: { type: 'string', max: 36, hidden: true, about: 'option.phase.about' },
  vote: { type: 'boolean', hidden: true, about: 'option.vote.about' },
} as const satisfies Options

type Carried = { readonly room: string | undefined; readonly phase: string | undefined; readonly vote?: boolean | undefined }

/** Moves the timer and shows what became of it: the panel, or how the vote stands. */
async function deed(
  tx: Tx,
  view: RoomView,
  verb: Verb,
  { phase, vote = false }: Omit<Carried, 'room'>,
  run?: Deed['run'],
): Promise<Screen> {
  const result = await moveTimer(tx, view, { verb, phase, vote, ...(run === undefined ? {} : { run }) })
  const now = await freshView(tx, view.room.id)
  if (result === 'moved') return privatePanel(now, tx.now)
  return roomAnswer(now, tx.now, message('timer.voted', result))
}

const simple = (verb: 'pause' | 'resume' | 'skip'): Command =>
  command({
    name: `timer ${verb}`,
    summary: `command.timer.${verb}.summary`,
    reply: 'private',
    options: { room: carriedRoom, ...carried },
    async run(tx, { room, ...rest }) {
      return deed(tx, await chooseRoom(tx, room), verb, rest)
    },
  })

const start = command({
  name: 'timer start',
  summary: 'command.timer.start.summary',
  reply: 'private',
  options: {
    focus: { type: 'integer', min: 1, max: 180, unit: 'minutes', about: 'option.focus.about' },
    break: { type: 'integer', min: 1, max: 60, unit: 'minutes', about: 'option.break.about' },
    room: carriedRoom,
  },
  async run(tx, { room, focus, break: rest }) {
    const run = { work: focus ?? null, break: rest ?? null }
    return deed(tx, await chooseRoom(tx, room), 'start', { phase: undefined }, run)
  },
})

const stop = command({
  name: 'timer stop',
  summary: 'command.timer.stop.summary',
  reply: 'private',
  options: { room: carriedRoom, ...carried, sure: { type: 'boolean', hidden: true, about: 'option.sure.about' } },
  async run(tx, { room, sure, ...rest }) {
    const view = await chooseRoom(tx, room)
    const others = view.count - (view.standing.isPresent ? 1 : 0)
    // Only those are asked whose yes would stop something.
    const canStop = inRun(stateOf(view.timer)) && canDoWithoutVote(view.standing, view.room.control, 'stop')
    return others > 0 && canStop && sure !== true ? stopQuestion(view) : deed(tx, view, 'stop', rest)
  },
})

const status = command({
  name: 'timer status',
  summary: 'command.timer.status.summary',
  reply: 'private',
  options: { room: roomOption },
  async look(ctx, { room }) {
    return privatePanel(await chooseRoom(ctx, room), ctx.now)
  },
})

export const timer: readonly Command[] = [start, simple('pause'), simple('resume'), simple('skip'), stop, status]
