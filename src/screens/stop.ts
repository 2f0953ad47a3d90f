import type { RoomView } from '../domain/rooms/room.queries.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Screen } from './screen.ts'

/** Stopping ends it for everyone, so it is asked about where others are here. */
export function stopQuestion({ room, timer, count }: RoomView): Screen {
  const args = { room: room.id, sure: 'yes', ...(timer.phase_id === null ? {} : { phase: timer.phase_id }) }
  return {
    tone: 'warning',
    title: message('timer.stop.sure'),
    blocks: [lines(message('timer.stop.people', { count })), buttons(button('room.stop', { command: 'timer stop', args }, 'danger'))],
  }
}

/** Closing sends everyone out, so it is asked about where others are here. */
export const closeQuestion = ({ room, count }: RoomView): Screen => ({
  tone: 'warning',
  title: message('room.close.sure', { room: room.room_name }),
  blocks: [
    lines(message('timer.stop.people', { count })),
    buttons(button('room.close', { command: 'room close', args: { room: room.id, sure: 'yes' } }, 'danger')),
  ],
})
