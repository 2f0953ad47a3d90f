import { Refusal } from '../kernel/refusal.ts'
import { commandNamed, spokenCommand } from '../locales/names.ts'
import type { Text } from '../locales/text.ts'
import { button, buttons, lines, message } from '../screens/room.ts'
import type { Block } from '../screens/screen.ts'
import { type Command, command, type Suggest } from './command.ts'
import { choiceLabel, exampleOf, labelOf, listed } from './labels.ts'

/** Help speaks of the list that it belongs to. */
export function help(commands: () => readonly Command[]): Command {
  const shown = (): readonly Command[] => commands().filter((one) => one.listed !== false)
  const suggest: Suggest = async (_ctx, typed) =>
    shown()
      .filter((one) => [one.name, spokenCommand(one.name, 'ko')].some((name) => name.includes(typed.toLowerCase())))
      .slice(0, 25)
      .map((one) => ({ label: `${one.name} · ${spokenCommand(one.name, 'ko')}`, value: one.name }))
  return command({
    name: 'help',
    summary: 'command.help.summary',
    reply: 'private',
    options: { command: { type: 'string', max: 60, suggest, about: 'option.command.about' } },
    async run(_tx, args) {
      if (args.command === undefined) return overview(shown())
      const asked = args.command.trim().replace(/^\//, '')
      const one = commands().find((candidate) => isCalled(candidate, asked))
      if (one === undefined) throw new Refusal('missing', 'commands.parse.unknown', { typed: asked, help: { command: 'help' } })
      return page(one)
    },
  })
}

const isCalled = (one: Command, asked: string): boolean =>
  commandNamed(asked, [one.name]) !== null || spokenCommand(one.name, 'ko') === asked || one.name === asked.toLowerCase()

const overview = (commands: readonly Command[]) =>
  ({
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
  }) as const

function page(one: Command) {
  const options = Object.entries(one.options).filter(([, option]) => option.hidden !== true)
  const facts: Block = {
    kind: 'facts',
    facts: options.map(([name, option]) => ({
      label: labelOf(name),
      value:
        option.type === 'choice'
          ? message('commands.list', {
              head: message(option.about),
              tail: listed(option.choices.map((choice) => choiceLabel(name, choice))),
            })
          : message(option.about),
    })),
  }
  return {
    tone: 'calm',
    title: { command: one.name },
    blocks: [lines(message(one.summary), message('help.example', { example: exampleOf(one) })), ...(options.length === 0 ? [] : [facts])],
  } as const
}
