import { nameOf } from '../../domain/people/person.queries.ts'
import { assertHost, ban, invite, kick, transferRoom, unban } from '../../domain/rooms/host.actions.ts'
import { bannedFrom, othersPresent } from '../../domain/rooms/people.queries.ts'
import { freshView } from '../../domain/rooms/room.actions.ts'
import { chooseRoom, type RoomView } from '../../domain/rooms/room.queries.ts'
import { canHost } from '../../domain/rooms/room.ts'
import type { Ctx, Tx } from '../../kernel/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import type { MessageKey, Text } from '../../locales/text.ts'
import { done } from '../../screens/answers.ts'
import { roomPeople } from '../../screens/hosting.ts'
import { message } from '../../screens/room.ts'
import type { Screen } from '../../screens/screen.ts'
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
      const view = await chooseRoom(tx, room)
      await deed(tx, view, user)
      const told = message(said, { name: await nameOf(tx, user) })
      // Chosen from the people of the room it says so above them; the room is not theirs any more once they have handed it over.
      if (room === undefined || word === 'invite') return done(told)
      const now = await freshView(tx, view.room.id)
      return canHost(now.standing) ? peopleOf(tx, now, told) : done(told)
    },
  })

const peopleOf = async (ctx: Ctx, view: RoomView, ...said: readonly Text[]): Promise<Screen> =>
  roomPeople(view, await othersPresent(ctx, view), await bannedFrom(ctx, view.room.id), ...said)

/** Who is here and who may not come back, and what a host may do with them. */
const list = command({
  name: 'room people',
  summary: 'command.room.people.summary',
  reply: 'private',
  listed: false,
  options: { room: roomOption },
  async look(ctx, { room }) {
    const view = await chooseRoom(ctx, room)
    assertHost(view)
    return peopleOf(ctx, view)
  },
})

export const people: readonly Command[] = [
  list,
  towards('invite', invite, 'room.invited'),
  towards('kick', kick, 'room.kicked'),
  towards('ban', ban, 'room.banned'),
  towards('unban', unban, 'room.unbanned'),
  towards('transfer', transferRoom, 'room.transferred'),
]
