import { Refusal } from '../kernel/refusal.ts'
import { commandNamed, spokenCommand } from '../locales/names.ts'
import { helpOverview, helpPage } from '../screens/help.ts'
import { message } from '../screens/room.ts'
import type { Screen } from '../screens/screen.ts'
import { type Command, command, type Suggest } from './command.ts'
import { choiceLabel, labelOf, listed } from './labels.ts'

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
    async look(_ctx, args) {
      if (args.command === undefined) return helpOverview(shown())
      const asked = args.command.trim().replace(/^\//, '')
      const one = commands().find((candidate) => isCalled(candidate, asked))
      if (one === undefined) throw new Refusal('missing', 'commands.parse.unknown', { typed: asked, help: { command: 'help' } })
      return page(one)
    },
  })
}

const isCalled = (one: Command, asked: string): boolean =>
  commandNamed(asked, [one.name]) !== null || spokenCommand(one.name, 'ko') === asked || one.name === asked.toLowerCase()

function page(one: Command): Screen {
  const options = Object.entries(one.options).filter(([, option]) => option.hidden !== true)
  return helpPage(
    one,
    options.map(([name, option]) => ({
      label: labelOf(name),
      value:
        option.type === 'choice'
          ? message('commands.list', {
              head: message(option.about),
              tail: listed(option.choices.map((choice) => choiceLabel(name, choice))),
            })
          : message(option.about),
    })),
  )
}
