import { called } from '../domain/people/visibility.ts'
import type { Person, RoomView, Someone } from '../domain/rooms/room.queries.ts'
import type { MessageKey, Text } from '../locales/text.ts'
import { button, buttons, lines, message, toneOf } from './room.ts'
import type { Block, Screen } from './screen.ts'

/** A menu of people; the one who is chosen is whom the deed is done to. */
const choose = ({ room }: RoomView, deed: 'kick' | 'ban' | 'unban' | 'transfer', label: MessageKey, people: readonly Someone[]): Block => ({
  kind: 'select',
  label: message(label),
  press: { command: `room ${deed}`, args: { room: room.id } },
  option: 'user',
  choices: people.map(({ id, name }) => ({ label: called(name), value: id })),
})

/** What a host may do with the people of a room: those present, and those who may not come back. `said` stands above it. */
export function roomPeople(view: RoomView, present: readonly Person[], banned: readonly Someone[], ...said: readonly Text[]): Screen {
  const { room } = view
  return {
    tone: toneOf(view),
    title: message('people.title', { room: room.room_name }),
    blocks: [
      ...(said.length === 0 ? [] : [lines(...said)]),
      ...(present.length === 0
        ? [lines(message('people.nobody'))]
        : [
            choose(view, 'kick', 'people.kick', present),
            choose(view, 'ban', 'people.ban', present),
            ...(room.keep ? [] : [choose(view, 'transfer', 'people.transfer', present)]),
          ]),
      ...(banned.length === 0 ? [] : [choose(view, 'unban', 'people.unban', banned)]),
      buttons(
        button('room.invite', { command: 'room invite', args: { room: room.id }, ask: true }),
        button('room.more', { command: 'room more', args: { room: room.id } }),
      ),
    ],
  }
}
