import type { VoteDeed } from '../../db/schema.ts'
import type { RoomView } from '../../domain/rooms/room.queries.ts'
import { after, minutes } from '../../kernel/clock.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { began, roomLine, voteLine } from '../lines.ts'
import { notice } from '../notices.ts'
import { message } from '../room.ts'
import type { Screen } from '../screen.ts'
import { hostileNames, person, sampleNow } from './cast.ts'
import { sampleView, timers } from './views.ts'

const ends = after(sampleNow, minutes(25))
const focus = sampleView()
const hostile = sampleView({ room: { room_name: hostileNames.slice(0, 4).join(' ') } })
const deeds: readonly VoteDeed[] = ['pause', 'resume', 'skip', 'stop']

const begins = (view: RoomView, called: readonly PersonId[] = []): Screen =>
  roomLine(view, began(view, view.timer.phase_type, ends), called)

/** What rooms say to their channels, and what one person is told. */
export const said: Readonly<Record<string, Screen>> = {
  'line focus begins': begins(focus),
  'line focus begins, calling those who asked': begins(focus, [person(1), person(2), person(3), person(12), person(99)]),
  'line focus begins in an endless run': begins(sampleView({ room: { long_break_after: null } })),
  'line break begins': begins(sampleView({ timer: timers.onBreak }), [person(2)]),
  'line long break begins': begins(sampleView({ timer: timers.onLongBreak })),
  'line in a room with a hostile name': begins(hostile),
  'line break is ready': roomLine(sampleView({ timer: timers.breakReady }), message('line.ready', { phase: 'break' })),
  'line focus is ready': roomLine(sampleView({ timer: timers.focusReady }), message('line.ready', { phase: 'work' })),
  'line the last round is over': roomLine(sampleView({ timer: timers.idle }), message('line.over')),
  'line somebody stopped': roomLine(sampleView({ timer: timers.idle }), message('line.stopped', { name: '<!channel> *x*' })),
  'line warning': roomLine(sampleView({ timer: timers.onBreak }), message('line.warning')),
  ...Object.fromEntries(deeds.map((deed) => [`line vote to ${deed}`, voteLine(focus, { deed, asker: 'Ben', voted: 1, mine: false })])),
  'notice invited': notice(focus, message('notice.invited', { room: 'Deep work', name: '지민' })),
  'notice invited with hostile names': notice(hostile, message('notice.invited', { room: hostile.room.room_name, name: '@everyone' })),
  'notice kicked': notice(focus, message('notice.kicked', { room: 'Deep work', private: 'no' })),
  'notice banned': notice(focus, message('notice.banned', { room: 'Deep work' })),
  'notice transferred': notice(focus, message('notice.transferred', { room: '새벽반' })),
  'notice closed': notice(focus, message('notice.closed-empty', { room: 'Deep work' })),
}
