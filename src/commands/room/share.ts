import { shareRoom } from '../../domain/rooms/binding.actions.ts'
import { chooseRoom } from '../../domain/rooms/room.queries.ts'
import { lines, message } from '../../screens/room.ts'
import { command } from '../command.ts'
import { roomOption } from './options.ts'

export const share = command({
  name: 'room share',
  summary: 'command.room.share.summary',
  reply: 'private',
  options: { room: roomOption },
  async run(tx, { room }) {
    const view = await chooseRoom(tx, room)
    const { code, expiresAt } = await shareRoom(tx, view)
    return {
      tone: 'calm',
      title: message('room.shared.title', { room: view.room.room_name }),
      blocks: [
        lines(
          message('room.shared', { command: { command: 'room bring' }, code }),
          message('room.shared-until', { until: { time: expiresAt, as: 'clock' }, countdown: { time: expiresAt, as: 'countdown' } }),
        ),
      ],
    }
  },
})
