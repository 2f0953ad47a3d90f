import { Refusal, type WayOut } from '../kernel/refusal.ts'
import { commandNamed, koreanCommand, spokenCommand } from '../locales/names.ts'
import type { Raw } from './arguments.ts'
import type { Command } from './command.ts'
import { exampleOf, listed, quoted } from './labels.ts'
import { nearest } from './nearest.ts'
import { argumentsIn } from './parse-arguments.ts'
import { type Token, tokensOf } from './tokens.ts'
import { decoded } from './values.ts'

/** Its commands may leave out their first word: `/focus start` on Slack has the text `start`. */
const frontGroup = 'focus'

const toHelp: WayOut = { label: 'commands.way.help', press: { command: 'help', args: {} } }

/**
 * What a line of text asks for: the words of a command, required options by position, all others as `name:value`, in English
 * and Korean in any mix. The values are still to be read by `readArgs`. Refuses (`invalid`) with the nearest right word and an example.
 */
export function parse(line: string, commands: readonly Command[]): { command: Command; raw: Raw } {
  const tokens = tokensOf(line.replace(/^\s*\//u, ''))
  const [first, second] = tokens
  if (!first) throw new Refusal('invalid', 'commands.parse.empty', { help: { command: 'help' } }, toHelp)
  const group = commandNamed(first.text, groupsOf(commands))
  const alone = commandCalled(group, commands) ?? (group ? null : secondWord(first, commandsOf(frontGroup, commands)))
  if (alone) return { command: alone, raw: argumentsIn(alone, tokens.slice(1)) }
  if (!group) throw unknown(first, second, commands)
  const siblings = commandsOf(group, commands)
  const command = second ? secondWord(second, siblings) : null
  if (!command) throw second ? unknownIn(second, siblings) : chooseOf(siblings)
  return { command, raw: argumentsIn(command, tokens.slice(2)) }
}

const groupOf = (command: Command): string => command.name.split(' ', 1)[0] ?? command.name
const groupsOf = (commands: readonly Command[]): ReadonlySet<string> => new Set(commands.map(groupOf))
const commandsOf = (group: string, commands: readonly Command[]): readonly Command[] =>
  commands.filter((one) => one.name.startsWith(`${group} `))

const commandCalled = (name: string | null, commands: readonly Command[]): Command | null =>
  commands.find((command) => command.name === name) ?? null

const secondWord = (token: Token, siblings: readonly Command[]): Command | null =>
  commandCalled(
    commandNamed(
      token.text,
      siblings.map((command) => command.name),
    ),
    siblings,
  )

/** Everything the two words of a command can look like, and its second word alone. */
function spellingsOf({ name }: Command): string[] {
  const [group = name, word] = name.split(' ')
  if (word === undefined) return [name, koreanCommand(name)]
  const korean = koreanCommand(name)
  return [name, spokenCommand(name, 'ko'), `${group} ${korean}`, `${koreanCommand(group)} ${word}`, word, korean]
}

function unknown(first: Token, second: Token | undefined, commands: readonly Command[]): Refusal {
  const typed = quoted(decoded(second ? `${first.text} ${second.text}` : first.text))
  const near = (second && nearest(typed, commands, spellingsOf)) ?? nearest(first.text, commands, spellingsOf)
  if (near) return new Refusal('invalid', 'commands.parse.near', { typed, guess: exampleOf(near) })
  const group = nearest(first.text, groupsOf(commands), (name) => [name, koreanCommand(name)])
  if (group) return new Refusal('invalid', 'commands.parse.near', { typed, guess: { command: group } })
  return new Refusal('invalid', 'commands.parse.unknown', { typed, help: { command: 'help' } }, toHelp)
}

function unknownIn(second: Token, siblings: readonly Command[]): Refusal {
  const near = nearest(second.text, siblings, spellingsOf)
  return near
    ? new Refusal('invalid', 'commands.parse.near', { typed: quoted(decoded(second.text)), guess: exampleOf(near) })
    : chooseOf(siblings)
}

/** A group by itself does nothing: these are its commands. */
function chooseOf(siblings: readonly Command[]): Refusal {
  const shown = siblings.filter((command) => command.listed !== false)
  const [first] = shown
  const commands = listed(shown.map((command) => ({ command: command.name })))
  return new Refusal('invalid', 'commands.parse.group', { commands, example: first ? exampleOf(first) : { command: 'help' } })
}
