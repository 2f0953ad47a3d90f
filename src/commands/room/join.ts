import { type Joined, joinRoom } from '../../domain/rooms/participant.actions.ts'
import { freshView } from '../../domain/rooms/room.actions.ts'
import { findRoom } from '../../domain/rooms/room.queries.ts'
import type { Message } from '../../locales/text.ts'
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
    const joined = await joinRoom(tx, view)
    return roomAnswer(await freshView(tx, view.room.id), tx.now, saidOnJoining(joined))
  },
})

/** What joining did; which room was left is always said. */
export function saidOnJoining({ already, left }: Joined): Message {
  if (already) return message('room.joined-already')
  return left === null ? message('room.joined') : message('room.joined-from', { room: left })
}
