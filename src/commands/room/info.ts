import { chooseRoom } from '../../domain/rooms/room.queries.ts'
import { roomPanel } from '../../screens/room.ts'
import { command } from '../command.ts'
import { roomOption } from './options.ts'

export const info = command({
  name: 'room info',
  summary: 'command.room.info.summary',
  reply: 'public',
  options: { room: roomOption },
  async run(tx, { room }) {
    return roomPanel(await chooseRoom(tx, room), tx.now)
  },
})
