import type { Text } from '../locales/text.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Block, Screen } from './screen.ts'

/** A command, or a group of them, as help speaks of it. */
type Summed = { readonly name: string; readonly summary: Text }

const threads: Block = lines(message('help.threads'))

const tableOf = (rows: readonly (readonly Text[])[]): Block => ({
  kind: 'table',
  columns: [{ label: message('help.column.command') }, { label: message('help.column.does') }],
  rows,
  empty: message('help.first'),
})

/** What there is, a line for each group with the words of its commands. Slack alone takes no commands in threads. */
export const helpOverview = (groups: readonly (Summed & { readonly words: Text | null })[], onSlack: boolean): Screen => ({
  tone: 'calm',
  title: message('help.title'),
  blocks: [
    lines(message('help.first')),
    tableOf(
      groups.map(({ name, summary, words }) => [
        { command: name },
        words === null ? summary : message('help.group', { summary, commands: words }),
      ]),
    ),
    {
      kind: 'select',
      label: message('help.choose'),
      press: { command: 'help', args: {} },
      option: 'command',
      choices: groups.map(({ name, summary }) => ({ label: { command: name }, value: name, about: summary })),
    },
    ...(onSlack ? [threads] : []),
    buttons(
      button('door.start', { command: 'focus start', args: { minutes: '25' } }, 'primary'),
      button('room.show-list', { command: 'room list', args: {} }),
    ),
  ],
})

/** The commands of one group, a line each. */
export const helpGroup = ({ name, summary }: Summed, commands: readonly Summed[]): Screen => ({
  tone: 'calm',
  title: { command: name },
  blocks: [lines(summary), tableOf(commands.map((one): readonly Text[] => [{ command: one.name }, one.summary]))],
})

/** An option as one types it in either language, what it is called in a sentence, and what it is for. */
type Optional = { readonly keys: string; readonly label: Text; readonly value: Text }

/** One command: what it does, an example, and what each of its options is for. */
export function helpPage({ name, summary }: Summed, options: readonly Optional[]): Screen {
  const table: Block = {
    kind: 'table',
    columns: [{ label: message('help.column.typed') }, { label: message('help.column.option') }, { label: message('help.column.is') }],
    rows: options.map(({ keys, label, value }) => [keys, label, value]),
    empty: message('help.first'),
  }
  const example = message('help.example', { example: { command: name, example: true } })
  return { tone: 'calm', title: { command: name }, blocks: [lines(summary, example), ...(options.length === 0 ? [] : [table])] }
}
