import type { Result } from '../db/schema.ts'
import type { Counted, Debrief } from '../domain/debriefs/debrief.ts'
import { type Todo, written } from '../domain/todos/todo.ts'
import type { PresenceId, RoomId } from '../kernel/ids.ts'
import type { Message, Text } from '../locales/text.ts'
import { done } from './answers.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Block, Screen } from './screen.ts'

/** What was counted, never more than that. */
function countedText(counted: Counted): Message {
  if (counted === 'nothing') return message('debrief.nothing')
  if (counted === 'undecided') return message('debrief.undecided')
  return message('debrief.counted', { time: { duration: counted.seconds } })
}

/** The private answer to the question of a break: what was counted, what was noted, and the next aim in one tap. */
export function debriefAnswer(room: RoomId, { counted, aim }: Debrief, result: Result, open: readonly Todo[]): Screen {
  const noted = message('debrief.noted', { result: message(`choice.result.${result}`) })
  const kept: readonly Text[] = typeof counted === 'object' ? [noted] : []
  const ticked: readonly Text[] = result === 'done' && aim !== null ? [message('debrief.completed', { aim })] : []
  return {
    tone: 'calm',
    title: countedText(counted),
    blocks: [...(kept.length + ticked.length === 0 ? [] : [lines(...kept, ...ticked)]), ...aimChoice(room, open, null)],
  }
}

/**
 * A menu of one's open lines: one tap says what the time in the room is for. Without open lines there is none. Under More the answer
 * is More again.
 */
export const aimChoice = (room: RoomId, open: readonly Todo[], chosen: string | null, under?: 'more'): readonly Block[] =>
  open.length === 0
    ? []
    : [
        {
          kind: 'select',
          label: message('debrief.choose-aim'),
          press: { command: 'focus aim', args: { room, ...(under === undefined ? {} : { more: 'yes' }) } },
          option: 'aim',
          choices: open.map((line) => ({ label: written(line), value: line.id, ...(line.id === chosen ? { chosen: true } : {}) })),
        },
      ]

/** What a person is told whose silence ended their presence: until when they were taken to be there, and how to say that they still were. */
export const lapsedNotice = (room: string, presence: PresenceId, until: Date): Screen => ({
  tone: 'calm',
  title: room,
  blocks: [
    lines(message('here.lapsed', { clock: { time: until, as: 'clock' } }), message('here.offer')),
    buttons(button('here.press', { command: 'focus here', args: { presence } }, 'primary')),
  ],
})

/** What "I was here" counted, in seconds. */
export const hereCounted = (seconds: number): Screen => done(message('here.counted', { time: { duration: seconds } }))
