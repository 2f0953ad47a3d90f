import { defaultRoomName } from '../../domain/people/person.queries.ts'
import { joinRoom } from '../../domain/rooms/participant.actions.ts'
import { freshView, openRoom } from '../../domain/rooms/room.actions.ts'
import { myRoom, roomOfMyVoiceChannel } from '../../domain/rooms/room.queries.ts'
import { moveTimer } from '../../domain/timers/timer.actions.ts'
import { roomPanel } from '../../screens/room.ts'
import { command } from '../command.ts'

/** The front door: the room of my voice channel is joined, else my room is started, else one is opened. */
export const start = command({
  name: 'focus start',
  summary: 'command.focus.start.summary',
  reply: 'private',
  options: { minutes: { type: 'integer', min: 1, max: 180, unit: 'minutes', about: 'option.minutes.about' } },
  async run(tx, { minutes }) {
    const run = { work: minutes ?? null, break: null }
    const here = await roomOfMyVoiceChannel(tx)
    const mine = here ?? (await myRoom(tx))
    if (here !== null && !here.standing.isPresent) await joinRoom(tx, here)
    const room =
      mine?.room.id ?? (await openRoom(tx, tx.place?.voice === undefined ? {} : { voice: tx.place.voice }, await defaultRoomName(tx)))
    const view = await freshView(tx, room)
    if (view.timer.status === 'idle') await moveTimer(tx, view, { verb: 'start', run })
    return roomPanel(await freshView(tx, room), tx.now)
  },
})
