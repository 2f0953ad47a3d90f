import { actingPerson, settingsOf } from '../../domain/people/person.queries.ts'
import { chooseRoom } from '../../domain/rooms/room.queries.ts'
import { roomMore } from '../../screens/more.ts'
import { command } from '../command.ts'
import { roomOption } from './options.ts'

/** What is behind More on the panel. */
export const more = command({
  name: 'room more',
  summary: 'command.room.more.summary',
  reply: 'private',
  listed: false,
  options: { room: roomOption },
  async look(ctx, { room }) {
    const { ping } = await settingsOf(ctx, actingPerson(ctx))
    return roomMore(await chooseRoom(ctx, room), ping)
  },
})
