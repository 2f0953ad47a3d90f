import type { DB } from '../db/schema.ts'
import { called } from '../domain/people/visibility.ts'
import type { RoomView } from '../domain/rooms/room.queries.ts'
import { canHost } from '../domain/rooms/room.ts'
import { stateOf } from '../domain/timers/course.ts'
import { inRun } from '../domain/timers/timer.ts'
import type { Todo } from '../domain/todos/todo.ts'
import type { TodoId } from '../kernel/ids.ts'
import type { Text } from '../locales/text.ts'
import { aimChoice } from './debrief.ts'
import { button, buttons, lines, message, toneOf } from './room.ts'
import type { Block, Button, Choice, Screen } from './screen.ts'

type Ping = DB['user_settings']['ping']['__select__']

const pings = ['never', 'break', 'focus', 'both'] as const

/** The open lines of somebody who is in the room, and which of them it is for. */
type Mine = { readonly open: readonly Todo[]; readonly chosen: TodoId | null }

const aimBlocks = ({ room }: RoomView, { open, chosen }: Mine): readonly Block[] => [
  ...aimChoice(room.id, open, chosen, 'more'),
  buttons(button('debrief.type-aim', { command: 'focus aim', args: { room: room.id, more: 'yes' }, ask: true })),
]

/** Everything about a room that is not on its panel, for one person: what it is, and what they may do with it. `said` stands above it. */
export function roomMore(view: RoomView, ping: Ping, mine: Mine | null = null, ...said: readonly Text[]): Screen {
  const { room, timer, host, actingHost, standing, count } = view
  const room_ = { room: room.id }
  const owner = host === null ? (actingHost?.name ?? view.workspaceName) : called(host.name)
  const facts: Block = {
    kind: 'facts',
    facts: [
      { label: message('more.host'), value: owner },
      { label: message('more.control'), value: message(room.control === 'vote' ? 'more.control.vote' : `choice.control.${room.control}`) },
      { label: message('more.seats'), value: message('rooms.people', { count, max: room.max_participants }) },
      { label: message('more.privacy'), value: message('more.private', { private: room.is_private ? 'yes' : 'no' }) },
      { label: message('more.rounds'), value: message('more.rounds.value', { rounds: room.rounds ?? 0 }) },
    ],
  }
  const stop = inRun(stateOf(timer))
    ? [
        button(
          'room.stop',
          { command: 'timer stop', args: { ...room_, ...(timer.phase_id === null ? {} : { phase: timer.phase_id }) } },
          'danger',
        ),
      ]
    : []
  const invite = button('room.invite', { command: 'room invite', args: room_, ask: true })
  const hosting: readonly Button[] = canHost(standing)
    ? [
        button('room.settings', { command: 'room edit', args: room_, ask: true }),
        button('room.people', { command: 'room people', args: room_ }),
        button('room.share', { command: 'room share', args: room_ }),
        button('room.close', { command: 'room close', args: room_ }, 'danger'),
      ]
    : []
  const choices = pings.map((value): Choice => ({ label: message(`ping.${value}`), value, ...(value === ping ? { chosen: true } : {}) }))
  return {
    tone: toneOf(view),
    title: message('more.title', { room: room.room_name }),
    blocks: [
      ...(said.length === 0 ? [] : [lines(...said)]),
      facts,
      buttons(...stop, invite, ...hosting),
      ...(mine === null ? [] : aimBlocks(view, mine)),
      { kind: 'select', label: message('more.ping'), press: { command: 'settings ping', args: room_ }, option: 'ping', choices },
    ],
  }
}
