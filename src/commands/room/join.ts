import { type Joined, joinRoom } from '../../domain/rooms/participant.actions.ts'
import { freshView } from '../../domain/rooms/room.actions.ts'
import { findRoom } from '../../domain/rooms/room.queries.ts'
import type { Message } from '../../locales/text.ts'
import { joinedAnswer, message } from '../../screens/room.ts'
import { command } from '../command.ts'
import { roomOption } from './options.ts'

export const join = command({
  name: 'room join',
  summary: 'command.room.join.summary',
  reply: 'private',
  options: {
    room: { ...roomOption, required: true },
    without_voice: { type: 'boolean', hidden: true, about: 'option.without_voice.about' },
  },
  async run(tx, { room, without_voice }) {
    const view = await findRoom(tx, room)
    const joined = await joinRoom(tx, view, without_voice)
    return joinedAnswer(await freshView(tx, view.room.id), tx.now, saidOnJoining(joined), joined.unseen)
  },
})

/** What joining did; which room was left is always said. */
export function saidOnJoining({ already, left, unseen }: Joined): Message {
  if (already) return message('room.joined-already')
  if (unseen) return message('room.joined-unseen')
  return left === null ? message('room.joined') : message('room.joined-from', { room: left })
}
