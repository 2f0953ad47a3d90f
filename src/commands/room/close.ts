import { closeRoom } from '../../domain/rooms/close.actions.ts'
import { chooseRoom } from '../../domain/rooms/room.queries.ts'
import { done } from '../../screens/answers.ts'
import { message } from '../../screens/room.ts'
import { command } from '../command.ts'
import { roomOption } from './options.ts'

export const close = command({
  name: 'room close',
  summary: 'command.room.close.summary',
  reply: 'private',
  options: { room: roomOption },
  async run(tx, { room }) {
    const view = await chooseRoom(tx, room)
    await closeRoom(tx, view)
    return done(message('room.closed', { room: view.room.room_name }))
  },
})
