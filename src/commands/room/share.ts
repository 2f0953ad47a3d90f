import { chooseRoom } from '../../domain/rooms/room.queries.ts'
import { shareRoom } from '../../domain/rooms/share.actions.ts'
import { shareCode } from '../../screens/share.ts'
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
    return shareCode(view, code, expiresAt)
  },
})
