import { chooseRoom } from '../../domain/rooms/room.queries.ts'
import { leaveRoom } from '../../domain/rooms/seat.actions.ts'
import { isFocus } from '../../domain/timers/timer.ts'
import { done } from '../../screens/answers.ts'
import { button, message } from '../../screens/room.ts'
import { command } from '../command.ts'
import { carriedRoom } from './options.ts'

export const leave = command({
  name: 'room leave',
  summary: 'command.room.leave.summary',
  reply: 'private',
  options: { room: carriedRoom },
  async run(tx, { room }) {
    const view = await chooseRoom(tx, room)
    await leaveRoom(tx, view)
    const focused = view.timer.phase_id !== null && isFocus(view.timer.phase_type) ? 'yes' : 'no'
    return done(message('room.left', { room: view.room.room_name, focused }), button('room.show-list', { command: 'room list', args: {} }))
  },
})
