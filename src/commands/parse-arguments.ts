import { Refusal } from '../kernel/refusal.ts'
import { koreanOption, optionNamed } from '../locales/names.ts'
import type { Raw } from './arguments.ts'
import type { Command, Option } from './command.ts'
import { exampleOf, labelOf, quoted } from './labels.ts'
import { nearest } from './nearest.ts'
import type { Token } from './tokens.ts'
import { unescaped } from './values.ts'

/**
 * The arguments of `command` in what follows its words. By position come the required options; where there are none, the only string,
 * or without strings the first option. A string that is last takes all words that are left. Refuses (`invalid`) what has no place.
 */
export function argumentsIn(command: Command, tokens: readonly Token[]): Raw {
  const example = exampleOf(command)
  if (tokens.some((token) => token.quotes === 'open')) throw new Refusal('invalid', 'commands.parse.quote', { example })
  const raw = new Map<string, string>()
  const placed: string[] = []
  let time: string | null = null
  for (const { name, value, text, quotes } of tokens) {
    const option = name === null ? null : optionMeant(command, name)
    if (option === null && time !== null) raw.set(time, `${raw.get(time)} ${text}`)
    else if (option === null) placed.push(name === null ? value : text)
    else if (raw.has(option)) throw new Refusal('invalid', 'commands.parse.twice', { option: labelOf(option), example })
    else raw.set(option, value)
    // A time has spaces, so the words behind it belong to it: at:tomorrow 9am.
    if (option !== null) time = command.options[option]?.type === 'time' && quotes === 'none' ? option : null
  }
  for (const [option, value] of inSlots(command, raw, placed)) raw.set(option, value)
  return Object.fromEntries([...raw].map(([option, value]) => [option, asTyped(command, option, value)]))
}

/** Null where the word before the colon is near to no option: then the colon belongs to the text, as in `re:zero`. */
function optionMeant(command: Command, typed: string): string | null {
  const options = Object.keys(command.options)
  const option = optionNamed(command.name, typed, options)
  if (option !== null) return option
  const spellings = options.flatMap((name) => [name, koreanOption(command.name, name)])
  const guess = nearest(typed, spellings, (spelling) => [spelling])
  if (guess === null) return null
  const words = { command: { command: command.name }, typed: quoted(typed), guess, example: exampleOf(command) }
  throw new Refusal('invalid', 'commands.parse.option', words)
}

function inSlots(command: Command, named: ReadonlyMap<string, string>, placed: readonly string[]): [string, string][] {
  const slots = slotsOf(command).filter((option) => !named.has(option))
  const last = slots.at(-1)
  const type = last === undefined ? null : command.options[last]?.type
  const greedy = type === 'string' || type === 'users' || type === 'time'
  const extra = placed[slots.length]
  if (extra !== undefined && !greedy)
    throw new Refusal('invalid', 'commands.parse.extra', { typed: quoted(extra), example: exampleOf(command) })
  return slots.slice(0, placed.length).map((option, i) => [option, option === last ? placed.slice(i).join(' ') : (placed[i] ?? '')])
}

function slotsOf(command: Command): string[] {
  const options = Object.entries(command.options).filter(([, option]) => !option.hidden)
  const required = options.filter(([, option]) => option.required)
  const strings = options.filter(([, option]) => option.type === 'string')
  const first = strings.length === 0 ? options.slice(0, 1) : strings.length === 1 ? strings : []
  return (required.length > 0 ? required : first).map(([name]) => name)
}

/** Types that take a mention as the platform writes it. */
const namesThings: ReadonlySet<Option['type']> = new Set(['user', 'users', 'channel', 'channels', 'roles'])

/** Slack sends mentions, links and `&` in a code of its own. Options that name a person or a channel read it; in a text it is what was typed. */
function asTyped(command: Command, option: string, value: string): string {
  const type = command.options[option]?.type
  if (type !== undefined && namesThings.has(type)) return value
  return unescaped(
    value
      .replace(/<([@#!])(?:[^<>|]*\|)?[@#]?([^<>|]*)>/gu, (_, kind: string, name: string) => (kind === '#' ? '#' : '@') + name)
      .replace(/<((?:https?|mailto|tel):[^<>|]*)(?:\|([^<>]*))?>/gu, (_, address: string, shown?: string) => shown ?? address),
  )
}
