import { listRooms, roomView } from '../../domain/rooms/room.queries.ts'
import { canSee } from '../../domain/rooms/room.ts'
import { isUuid, type RoomId } from '../../kernel/ids.ts'
import { roomList, roomsOnPage } from '../../screens/rooms.ts'
import { command } from '../command.ts'

export const list = command({
  name: 'room list',
  summary: 'command.room.list.summary',
  reply: 'private',
  options: { after: { type: 'string', max: 36, hidden: true, about: 'option.after.about' } },
  async look(ctx, { after }) {
    const last = after === undefined || !isUuid(after) ? null : await roomView(ctx, after as RoomId)
    // A room that they may not see doesn't even order the list.
    const page = last === null || !canSee(last.standing, last.room) ? undefined : { name: last.room.room_name, id: last.room.id }
    return roomList(await listRooms(ctx, { limit: roomsOnPage + 1, page }))
  },
})
