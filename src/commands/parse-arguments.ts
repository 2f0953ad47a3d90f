import { Refusal } from '../kernel/refusal.ts'
import { choiceCalled, folded, koreanOption, optionNamed } from '../locales/names.ts'
import type { Raw } from './arguments.ts'
import type { Command } from './command.ts'
import { exampleOf, labelOf, listed, quoted } from './labels.ts'
import { nearest } from './nearest.ts'
import type { Token } from './tokens.ts'
import { decoded, namesThings } from './values.ts'

/**
 * The arguments of `command` in what follows its words. By position come the required options; where there are none, the only string,
 * or without strings the option of which they are a choice, else the first. A string that is last takes all words that are left, a
 * quoted one ends with its quotes; a time ends before quotes. Refuses (`invalid`) what has no place.
 */
export function argumentsIn(command: Command, tokens: readonly Token[]): Raw {
  const example = exampleOf(command)
  if (tokens.some((token) => token.quotes === 'open')) throw new Refusal('invalid', 'commands.parse.quote', { example })
  const raw = new Map<string, string>()
  const placed: Placed[] = []
  let time: string | null = null
  let before: string | null = null
  for (const token of tokens) {
    const { name, value, text, quotes } = token
    const option = name === null ? null : optionMeant(command, token, name, before)
    const isQuoted = name === null && quotes === 'closed'
    if (option === null && time !== null && !isQuoted) raw.set(time, `${raw.get(time)} ${text}`)
    else if (option === null) placed.push({ text: name === null ? value : text, isQuoted })
    else if (raw.has(option)) throw new Refusal('invalid', 'commands.parse.twice', { option: labelOf(option), example })
    else raw.set(option, value)
    // A time has spaces, so the words behind it belong to it: at:tomorrow 9am.
    if (option !== null) time = command.options[option]?.type === 'time' && quotes === 'none' ? option : null
    before = name === null && quotes === 'none' ? text : null
  }
  for (const [option, value] of inSlots(command, raw, placed)) raw.set(option, value)
  return Object.fromEntries([...raw].map(([option, value]) => [option, asTyped(command, option, value)]))
}

/** A word that stands by itself. */
type Placed = { readonly text: string; readonly isQuoted: boolean }

const shownOptions = (command: Command): readonly string[] => Object.keys(command.options).filter((name) => !command.options[name]?.hidden)

/**
 * The option before the colon; with the word before it where only both together name one, as in `long break:20`, it is refused. Null
 * where the colon belongs to the text: in an address, before a space, or where nothing but a text is taken and no option is near.
 */
function optionMeant(command: Command, token: Token, typed: string, before: string | null): string | null {
  const options = Object.keys(command.options)
  const both = before === null ? null : optionNamed(command.name, `${before}_${typed}`, options)
  const joined = both ?? (before === null ? null : optionNamed(command.name, before + typed, options))
  if (joined !== null) throw noOption(command, `${before} ${typed}`, spelled(command, joined, typed))
  const option = optionNamed(command.name, typed, options)
  if (option !== null) return option
  if (token.value === '' || token.value.startsWith('//') || /[:：]\s/u.test(token.text)) return null
  if (shownOptions(command).length < 2 && misspelled(command, typed) === null) return null
  throw noOption(command, typed, guessOf(command, typed))
}

const spellingsOf = (command: Command): readonly string[] =>
  shownOptions(command).flatMap((name) => [name, koreanOption(command.name, name)])

/** The spelling of an option that is near to what was typed. */
const misspelled = (command: Command, typed: string): string | null => nearest(typed, spellingsOf(command), (spelling) => [spelling])

/** The same, or one that is a part of what was typed, or the other way round. */
function guessOf(command: Command, typed: string): string | null {
  const spellings = spellingsOf(command)
  const letters = folded(typed)
  const whole = spellings.filter((spelling) => spelling.split('_').includes(letters)).toSorted((a, b) => a.length - b.length)[0]
  const part = spellings.filter((spelling) => letters.includes(spelling)).toSorted((a, b) => b.length - a.length)[0]
  return misspelled(command, typed) ?? whole ?? part ?? null
}

/** An option in the language in which its name was begun. */
const spelled = (command: Command, option: string, typed: string): string =>
  /\p{Script=Hangul}/u.test(typed) ? koreanOption(command.name, option) : option

function noOption(command: Command, typed: string, guess: string | null): Refusal {
  const words = { command: { command: command.name }, typed: quoted(typed), example: exampleOf(command) }
  if (guess !== null) return new Refusal('invalid', 'commands.parse.option', { ...words, guess })
  return new Refusal('invalid', 'commands.parse.no-option', {
    ...words,
    options: listed(shownOptions(command).map((option) => spelled(command, option, typed))),
  })
}

function inSlots(command: Command, named: ReadonlyMap<string, string>, placed: readonly Placed[]): [string, string][] {
  const choice = choiceMeant(command, named, placed)
  if (choice !== null) return [[choice, textOf(placed)]]
  const slots = slotsOf(command).filter((option) => !named.has(option))
  const last = slots.at(-1)
  const type = last === undefined ? null : command.options[last]?.type
  const isWhole = placed[slots.length - 1]?.isQuoted === true && shownOptions(command).length > 1
  const greedy = (type === 'string' && !isWhole) || type === 'users'
  const extra = greedy ? undefined : placed.slice(slots.length).find(({ isQuoted }) => isQuoted || type !== 'time')
  if (extra !== undefined) throw stray(command, extra, new Set([...named.keys(), ...slots]))
  return slots.slice(0, placed.length).map((option, i) => [option, textOf(option === last ? placed.slice(i) : placed.slice(i, i + 1))])
}

/** The option of which all that is typed is a choice, where no other word is waited for: `stats week` asks for no person of that name. */
function choiceMeant(command: Command, named: ReadonlyMap<string, string>, placed: readonly Placed[]): string | null {
  const options = Object.entries(command.options).filter(([name, { hidden }]) => !hidden && !named.has(name))
  if (placed.some(({ isQuoted }) => isQuoted) || options.some(([, { required, type }]) => required || type === 'string')) return null
  const meant = options.find(([name, option]) => option.type === 'choice' && choiceCalled(name, textOf(placed), option.choices) !== null)
  return meant?.[0] ?? null
}

const textOf = (words: readonly Placed[]): string => words.map(({ text }) => text).join(' ')

/** A word without a place. One in quotes is meant as the text of an option, mostly the first that is not `taken`. */
function stray(command: Command, { text: typed, isQuoted }: Placed, taken: ReadonlySet<string>): Refusal {
  const free = shownOptions(command).find((name) => command.options[name]?.type === 'string' && !taken.has(name))
  if (isQuoted && free !== undefined) {
    const shown = quoted(decoded(typed))
    return new Refusal('invalid', 'commands.parse.unnamed', { typed: shown, guess: `${spelled(command, free, typed)}:"${shown}"` })
  }
  const words = { typed: quoted(decoded(typed)), example: exampleOf(command) }
  if (optionNamed(command.name, typed, shownOptions(command)) !== null) return new Refusal('invalid', 'commands.parse.bare', words)
  const guess = guessOf(command, typed)
  return guess === null
    ? new Refusal('invalid', 'commands.parse.extra', words)
    : new Refusal('invalid', 'commands.parse.stray', { ...words, guess })
}

function slotsOf(command: Command): string[] {
  const options = Object.entries(command.options).filter(([, option]) => !option.hidden)
  const required = options.filter(([, option]) => option.required)
  const strings = options.filter(([, option]) => option.type === 'string')
  const first = strings.length === 0 ? options.slice(0, 1) : strings.length === 1 ? strings : []
  return (required.length > 0 ? required : first).map(([name]) => name)
}

/** Options that name a person or a channel read the platform's own code; in a text it is what was typed. */
function asTyped(command: Command, option: string, value: string): string {
  const type = command.options[option]?.type
  if (type !== undefined && namesThings.has(type)) return value
  return decoded(value)
}
