import type { MessageKey, Text } from '../locales/text.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Block, Screen } from './screen.ts'

/** A command as help speaks of it. */
type Summed = { readonly name: string; readonly summary: MessageKey }

/** All commands, a line each. */
export const helpOverview = (commands: readonly Summed[]): Screen => ({
  tone: 'calm',
  title: message('help.title'),
  blocks: [
    lines(message('help.first')),
    {
      kind: 'table',
      columns: [{ label: message('help.column.command') }, { label: message('help.column.does') }],
      rows: commands.map((one): readonly Text[] => [{ command: one.name }, message(one.summary)]),
      empty: message('help.first'),
    },
    lines(message('help.threads')),
    buttons(
      button('door.start', { command: 'focus start', args: { minutes: '25' } }, 'primary'),
      button('room.show-list', { command: 'room list', args: {} }),
    ),
  ],
})

/** One command: what it does, an example, and what each of its options is for. */
export function helpPage({ name, summary }: Summed, options: readonly { readonly label: Text; readonly value: Text }[]): Screen {
  const facts: readonly Block[] = options.length === 0 ? [] : [{ kind: 'facts', facts: options }]
  const example = message('help.example', { example: { command: name, example: true } })
  return { tone: 'calm', title: { command: name }, blocks: [lines(message(summary), example), ...facts] }
}
