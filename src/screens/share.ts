import type { RoomView } from '../domain/rooms/room.queries.ts'
import { lines, message } from './room.ts'
import type { Screen } from './screen.ts'

/** The code that binds the room to one more place, what to do with it, and how long it works. */
export const shareCode = ({ room }: Pick<RoomView, 'room'>, code: string, expiresAt: Date): Screen => ({
  tone: 'calm',
  title: message('room.shared.title', { room: room.room_name }),
  blocks: [
    lines(
      message('room.shared', { code: { copy: code } }),
      message('room.shared-until', {
        day: { time: expiresAt, as: 'date' },
        until: { time: expiresAt, as: 'clock' },
        countdown: { time: expiresAt, as: 'countdown' },
      }),
    ),
  ],
})
