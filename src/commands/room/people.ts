import { nameOf } from '../../domain/people/person.queries.ts'
import { ban, invite, kick, transferRoom, unban } from '../../domain/rooms/host.actions.ts'
import { chooseRoom, type RoomView } from '../../domain/rooms/room.queries.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import type { MessageKey } from '../../locales/text.ts'
import { done } from '../../screens/answers.ts'
import { message } from '../../screens/room.ts'
import { type Command, command } from '../command.ts'
import { roomOption } from './options.ts'

type Deed = (tx: Tx, view: RoomView, person: PersonId) => Promise<void>

/** The five deeds of a host towards one person differ in the verb alone. */
const towards = (word: 'invite' | 'kick' | 'ban' | 'unban' | 'transfer', deed: Deed, said: MessageKey): Command =>
  command({
    name: `room ${word}`,
    summary: `command.room.${word}.summary`,
    reply: 'private',
    listed: false,
    options: { user: { type: 'user', required: true, about: 'option.user.about' }, room: roomOption },
    async run(tx, { user, room }) {
      await deed(tx, await chooseRoom(tx, room), user)
      return done(message(said, { name: await nameOf(tx, user) }))
    },
  })

export const people: readonly Command[] = [
  towards('invite', invite, 'room.invited'),
  towards('kick', kick, 'room.kicked'),
  towards('ban', ban, 'room.banned'),
  towards('unban', unban, 'room.unbanned'),
  towards('transfer', transferRoom, 'room.transferred'),
]
