import { unbindRoom } from '../../domain/rooms/binding.actions.ts'
import { chooseRoom } from '../../domain/rooms/room.queries.ts'
import { done } from '../../screens/answers.ts'
import { message } from '../../screens/room.ts'
import { command } from '../command.ts'
import { roomOption } from './options.ts'

export const unbind = command({
  name: 'room unbind',
  summary: 'command.room.unbind.summary',
  reply: 'private',
  options: { room: roomOption },
  async run(tx, { room }) {
    const view = await chooseRoom(tx, room)
    await unbindRoom(tx, view)
    return done(message('room.unbound', { room: view.room.room_name }))
  },
})
