import { seatOf } from '../../domain/debriefs/debrief.queries.ts'
import { actingPerson, settingsOf } from '../../domain/people/person.queries.ts'
import { chooseRoom, type RoomView } from '../../domain/rooms/room.queries.ts'
import { openLines } from '../../domain/todos/todo.queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { RoomId } from '../../kernel/ids.ts'
import type { Text } from '../../locales/text.ts'
import { roomMore } from '../../screens/more.ts'
import type { Screen } from '../../screens/screen.ts'
import { command } from '../command.ts'
import { roomOption } from './options.ts'

/** What I can do here next, and what I am doing. */
const mineIn = async (ctx: Ctx, room: RoomId) => ({
  open: await openLines(ctx, actingPerson(ctx)),
  chosen: (await seatOf(ctx, room, actingPerson(ctx)))?.todo ?? null,
})

/** More of a room, with what a press in it has just done above it. */
export async function moreOf(ctx: Ctx, view: RoomView, ...said: readonly Text[]): Promise<Screen> {
  const { ping } = await settingsOf(ctx, actingPerson(ctx))
  return roomMore(view, ping, view.standing.isPresent ? await mineIn(ctx, view.room.id) : null, ...said)
}

/** What is behind More on the panel. */
export const more = command({
  name: 'room more',
  summary: 'command.room.more.summary',
  reply: 'private',
  listed: false,
  options: { room: roomOption },
  async look(ctx, { room }) {
    return moreOf(ctx, await chooseRoom(ctx, room))
  },
})
