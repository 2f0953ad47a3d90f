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
