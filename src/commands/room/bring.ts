import { freshView } from '../../domain/rooms/room.actions.ts'
import { bringRoom } from '../../domain/rooms/share.actions.ts'
import { roomPanel } from '../../screens/room.ts'
import { command } from '../command.ts'

export const bring = command({
  name: 'room bring',
  summary: 'command.room.bring.summary',
  reply: 'public',
  options: { code: { type: 'string', max: 20, required: true, about: 'option.code.about' } },
  async run(tx, { code }) {
    return roomPanel(await freshView(tx, await bringRoom(tx, code)), tx.now)
  },
})
