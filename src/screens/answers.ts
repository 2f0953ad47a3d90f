import type { Refusal } from '../kernel/refusal.ts'
import type { Text } from '../locales/text.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Button, Screen } from './screen.ts'

/** A short answer to one person: a sentence, and what may follow. */
export const done = (said: Text, ...next: readonly Button[]): Screen => ({
  tone: 'calm',
  title: said,
  blocks: next.length === 0 ? [] : [buttons(...next)],
})

/** An answer with what a press in it has just done above it. */
export const withSaid = (screen: Screen, ...said: readonly Text[]): Screen => ({ ...screen, blocks: [lines(...said), ...screen.blocks] })

/** A clear no, with a way out where there is one. */
export const refused = (refusal: Refusal): Screen => ({
  tone: 'warning',
  title: message('answer.refused'),
  blocks: [
    lines(message(refusal.key, refusal.words)),
    ...(refusal.wayOut === null ? [] : [buttons(button(refusal.wayOut.label, refusal.wayOut.press, 'primary'))]),
  ],
})

/** A fault of ours: the reference stands in the log. */
export const failed = (reference: string): Screen => ({
  tone: 'warning',
  title: message('answer.refused'),
  blocks: [lines(message('answer.failed', { reference }))],
})

/** `/focus` alone for somebody who is in no room: the next step, never a wall of help. */
export const frontDoor: Screen = {
  tone: 'calm',
  title: message('door.title'),
  blocks: [
    lines(message('door.hello')),
    buttons(
      button('door.start', { command: 'focus start', args: { minutes: '25' } }, 'primary'),
      button('room.show-list', { command: 'room list', args: {} }),
      button('room.more', { command: 'help', args: {} }),
    ),
  ],
}
