import { Refusal } from '../kernel/refusal.ts'
import { commandNamed, koreanOption, spokenCommand } from '../locales/names.ts'
import { helpGroup, helpOverview, helpPage } from '../screens/help.ts'
import { message } from '../screens/room.ts'
import type { Screen } from '../screens/screen.ts'
import { type Command, command, type Suggest } from './command.ts'
import { choiceLabel, groupSummary, labelOf, listed } from './labels.ts'

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
    async look(ctx, args) {
      const groups = groupsOf(shown())
      if (args.command === undefined) return helpOverview(groups.map(summed), ctx.place?.platform === 'slack')
      const asked = args.command.trim().replace(/^\//, '')
      const group = groups.find(({ name, commands }) => commands.length > 1 && commandNamed(asked, [name]) !== null)
      if (group !== undefined) return helpGroup(summed(group), group.commands.map(plainly))
      const one = commands().find((candidate) => isCalled(candidate, asked))
      if (one === undefined) throw new Refusal('missing', 'commands.parse.unknown', { typed: asked, help: { command: 'help' } })
      return page(one)
    },
  })
}

type Group = { readonly name: string; readonly commands: readonly Command[] }

/** Commands by their first word; one that is alone in its group stands for itself. */
const groupsOf = (commands: readonly Command[]): readonly Group[] =>
  [...Map.groupBy(commands, ({ name }) => name.split(' ', 1)[0] ?? name)].map(([word, members]) => ({
    name: members.length === 1 && members[0] ? members[0].name : word,
    commands: members,
  }))

const plainly = ({ name, summary }: Command) => ({ name, summary: message(summary) })

const summed = ({ name, commands: [first, ...others] }: Group) =>
  first !== undefined && others.length === 0
    ? { ...plainly(first), words: null }
    : {
        name,
        summary: groupSummary(name),
        words: listed([first, ...others].flatMap((one) => (one ? [{ command: one.name, word: true } as const] : []))),
      }

const isCalled = (one: Command, asked: string): boolean =>
  commandNamed(asked, [one.name]) !== null || spokenCommand(one.name, 'ko') === asked || one.name === asked.toLowerCase()

function page(one: Command): Screen {
  const options = Object.entries(one.options).filter(([, option]) => option.hidden !== true)
  return helpPage(
    plainly(one),
    options.map(([name, option]) => ({
      keys: koreanOption(one.name, name) === name ? name : `${name} · ${koreanOption(one.name, name)}`,
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
