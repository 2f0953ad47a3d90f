import { joinRoom } from '../../domain/rooms/participant.actions.ts'
import { freshView } from '../../domain/rooms/room.actions.ts'
import { findRoom } from '../../domain/rooms/room.queries.ts'
import { message, roomAnswer } from '../../screens/room.ts'
import { command } from '../command.ts'
import { roomOption } from './options.ts'

export const join = command({
  name: 'room join',
  summary: 'command.room.join.summary',
  reply: 'private',
  options: { room: { ...roomOption, required: true } },
  async run(tx, { room }) {
    const view = await findRoom(tx, room)
    const { already, left } = await joinRoom(tx, view)
    const said = already
      ? message('room.joined-already')
      : left === null
        ? message('room.joined')
        : message('room.joined-from', { room: left })
    return roomAnswer(await freshView(tx, view.room.id), tx.now, said)
  },
})
