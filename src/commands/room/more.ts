import { seatOf } from '../../domain/debriefs/debrief.queries.ts'
import { actingPerson, settingsOf } from '../../domain/people/person.queries.ts'
import { chooseRoom } from '../../domain/rooms/room.queries.ts'
import { openLines } from '../../domain/todos/todo.queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { RoomId } from '../../kernel/ids.ts'
import { roomMore } from '../../screens/more.ts'
import { command } from '../command.ts'
import { roomOption } from './options.ts'

/** What I can do here next, and what I am doing. */
const mineIn = async (ctx: Ctx, room: RoomId) => ({
  open: await openLines(ctx, actingPerson(ctx)),
  chosen: (await seatOf(ctx, room, actingPerson(ctx)))?.todo ?? null,
})

/** What is behind More on the panel. */
export const more = command({
  name: 'room more',
  summary: 'command.room.more.summary',
  reply: 'private',
  listed: false,
  options: { room: roomOption },
  async look(ctx, { room }) {
    const { ping } = await settingsOf(ctx, actingPerson(ctx))
    const view = await chooseRoom(ctx, room)
    return roomMore(view, ping, view.standing.isPresent ? await mineIn(ctx, view.room.id) : null)
  },
})
