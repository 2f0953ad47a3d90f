import { defaultRoomName } from '../../domain/people/person.queries.ts'
import { lockVoiceChannel } from '../../domain/rooms/binding.actions.ts'
import { joinRoom } from '../../domain/rooms/participant.actions.ts'
import { freshView, openRoom } from '../../domain/rooms/room.actions.ts'
import { myRoom, type RoomView, roomOfMine, roomOfMyVoiceChannel } from '../../domain/rooms/room.queries.ts'
import { canDoWithoutVote } from '../../domain/rooms/room.ts'
import type { Run } from '../../domain/timers/course.ts'
import { moveTimer } from '../../domain/timers/timer.actions.ts'
import type { Tx } from '../../kernel/context.ts'
import { privatePanel, roomAnswer, roomPanel } from '../../screens/room.ts'
import type { Screen } from '../../screens/screen.ts'
import { command } from '../command.ts'
import { saidOnJoining } from '../room/join.ts'

/** The front door: the room of my voice channel is joined, else the one I am in or own is started, else one is opened. */
export const start = command({
  name: 'focus start',
  summary: 'command.focus.start.summary',
  reply: 'private',
  options: { minutes: { type: 'integer', min: 1, max: 180, unit: 'minutes', about: 'option.minutes.about' } },
  async run(tx, { minutes }) {
    const run = { work: minutes ?? null, break: null }
    await lockVoiceChannel(tx)
    const there = (await roomOfMyVoiceChannel(tx)) ?? (await myRoom(tx)) ?? (await roomOfMine(tx))
    if (there !== null) return enterAndStart(tx, there, run)
    const room = await openRoom(tx, tx.place?.voice === undefined ? {} : { voice: tx.place.voice }, await defaultRoomName(tx))
    await moveTimer(tx, await freshView(tx, room), { verb: 'start', run })
    return roomPanel(await freshView(tx, room), tx.now)
  },
})

/** A timer that stands still is started by those who may; all others wait in the room with its people. */
async function enterAndStart(tx: Tx, there: RoomView, run: Run): Promise<Screen> {
  const joined = there.standing.isPresent ? null : await joinRoom(tx, there)
  const view = await freshView(tx, there.room.id)
  if (view.timer.status === 'idle' && canDoWithoutVote(view.standing, view.room.control, 'start'))
    await moveTimer(tx, view, { verb: 'start', run })
  const now = await freshView(tx, there.room.id)
  return joined === null ? privatePanel(now, tx.now) : roomAnswer(now, tx.now, saidOnJoining(joined))
}
