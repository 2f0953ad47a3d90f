import { livesHere } from '../../domain/rooms/panel.queries.ts'
import { chooseRoom } from '../../domain/rooms/room.queries.ts'
import { privatePanel, roomPanel } from '../../screens/room.ts'
import { command } from '../command.ts'
import { roomOption } from './options.ts'

/** The panel: for everyone where the room lives, elsewhere for the asker alone, since it could not be kept fresh there. */
export const info = command({
  name: 'room info',
  summary: 'command.room.info.summary',
  reply: 'public',
  options: { room: roomOption },
  async look(ctx, { room }) {
    const view = await chooseRoom(ctx, room)
    return (await livesHere(ctx, view.room.id)) ? roomPanel(view, ctx.now) : privatePanel(view, ctx.now)
  },
})
