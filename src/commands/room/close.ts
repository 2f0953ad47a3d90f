import { closeRoom } from '../../domain/rooms/close.actions.ts'
import { chooseRoom } from '../../domain/rooms/room.queries.ts'
import { canHost } from '../../domain/rooms/room.ts'
import { done } from '../../screens/answers.ts'
import { message } from '../../screens/room.ts'
import { closeQuestion } from '../../screens/stop.ts'
import { command } from '../command.ts'
import { roomOption } from './options.ts'

export const close = command({
  name: 'room close',
  summary: 'command.room.close.summary',
  reply: 'private',
  options: { room: roomOption, sure: { type: 'boolean', hidden: true, about: 'option.sure.about' } },
  async run(tx, { room, sure }) {
    const view = await chooseRoom(tx, room)
    const others = view.count - (view.standing.isPresent ? 1 : 0)
    // Only those are asked whose yes would close it.
    if (others > 0 && sure !== true && canHost(view.standing)) return closeQuestion(view)
    await closeRoom(tx, view)
    return done(message('room.closed', { room: view.room.room_name }))
  },
})
