import type { Corrected } from '../domain/sessions/correction.queries.ts'
import type { Text } from '../locales/text.ts'
import { rangeText } from './records.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Screen } from './screen.ts'

const wordsOf = ({ place, source, from, to, day, before, after }: Corrected) => ({
  what: place ?? message(`record.source.${source}`),
  day: { day, as: 'day' } as const,
  range: rangeText(from, to),
  before: { duration: before },
  after: { duration: after },
})

const look = (day: string) => buttons(button('record.why', { command: 'focus why', args: { day } }))

/** A moderator changed how much of a record counts, and why. */
export function correctionTold(corrected: Corrected): Screen {
  const words = { ...wordsOf(corrected), name: corrected.by }
  return {
    tone: 'warning',
    title: message('correction.told.title'),
    blocks: [
      lines(
        message(corrected.after === 0 ? 'correction.told.removed' : 'correction.told', words),
        ...(corrected.reason === null ? [] : [message('correction.told.reason', { reason: corrected.reason })]),
      ),
      look(corrected.day),
    ],
  }
}

/** A moderator took a correction back: what counted before counts again. */
export const correctionUndone = (corrected: Corrected, name: Text): Screen => ({
  tone: 'calm',
  title: message('correction.undone.title'),
  blocks: [
    lines(message('correction.undone', { ...wordsOf(corrected), name, length: { duration: corrected.before } })),
    look(corrected.day),
  ],
})

/** To a moderator: somebody asks that their day be looked at. */
export const dayShown = (name: Text, day: string, event: string): Screen => ({
  tone: 'calm',
  title: message('dispute.asked', { name, day: { day, as: 'day' } }),
  blocks: [buttons(button('dispute.look', { command: 'focus review', args: { shown: event } }, 'primary'))],
})
