import type { Command, Option, Suggestion } from '../src/commands/command.ts'
import { choiceLabel, labelOf } from '../src/commands/labels.ts'
import { type Token, tokensOf } from '../src/commands/tokens.ts'
import { choiceName, commandNamed, folded, koreanCommand, koreanOption, optionNamed, spokenCommand } from '../src/locales/names.ts'
import type { Locale } from '../src/locales/text.ts'
import { plainPen, type Reader, say, write } from '../src/locales/write.ts'

/** One line under the console's prompt: what it shows, and the whole line it stands for. */
export type Completion = { readonly label: string; readonly value: string; readonly about?: string }

/** Values of an option that takes free text, as the commands suggest them. */
export type Values = (command: Command, option: string, typed: string) => Promise<readonly Suggestion[]>

const most = 12

/** The console knows no channels and roles of a chat. */
const ofChat: ReadonlySet<Option['type']> = new Set(['channel', 'channels', 'roles'])

/** How the line may go on: a command's words, then its options, then their values. In the language in which the line was begun. */
export async function completionsOf(
  line: string,
  commands: readonly Command[],
  reader: Reader,
  values: Values,
): Promise<readonly Completion[]> {
  const tokens = tokensOf(line.replace(/^\s*\//u, ''))
  const open = line === '' || /\s$/u.test(line) ? null : (tokens.at(-1) ?? null)
  const before = open ? line.slice(0, line.length - open.text.length) : line
  const locale: Locale = /\p{Script=Hangul}/u.test(line) ? 'ko' : /\p{Script=Latin}/u.test(line) ? 'en' : reader.locale
  const closed = open ? tokens.slice(0, -1) : tokens
  const command = commandOf(closed, commands)
  const found = command ? await restOf(command, closed, open, { locale, reader, values }) : wordsOf(line, commands, locale, reader)
  return found.slice(0, most).map((one) => (command ? { ...one, value: before + one.value } : one))
}

function commandOf([first, second]: readonly Token[], commands: readonly Command[]): Command | null {
  if (!first) return null
  const group = commandNamed(first.text, new Set(commands.map(({ name }) => name.split(' ')[0] ?? name)))
  const siblings = commands.filter(({ name }) => name.startsWith(`${group} `)).map(({ name }) => name)
  const name = siblings.length > 0 && second ? commandNamed(second.text, siblings) : group
  return commands.find((command) => command.name === name) ?? null
}

function wordsOf(line: string, commands: readonly Command[], locale: Locale, reader: Reader): Completion[] {
  const typed = folded(line.trimStart().replace(/^\//u, '').replace(/\s+/gu, ' '))
  return commands
    .filter((command) => command.listed !== false && spellings(command.name).some((spelling) => folded(spelling).startsWith(typed)))
    .map((command) => ({
      label: spokenCommand(command.name, locale),
      value: `${spokenCommand(command.name, locale)}${Object.keys(command.options).length > 0 ? ' ' : ''}`,
      about: say(command.summary, reader.locale),
    }))
}

/** A command is typed in English, in Korean or with one word of each. */
function spellings(name: string): string[] {
  const [group = name, word] = name.split(' ')
  if (word === undefined) return [name, koreanCommand(name)]
  return [name, spokenCommand(name, 'ko'), `${group} ${koreanCommand(name)}`, `${koreanCommand(group)} ${word}`, word, koreanCommand(name)]
}

type Desk = { readonly locale: Locale; readonly reader: Reader; readonly values: Values }

async function restOf(command: Command, closed: readonly Token[], open: Token | null, desk: Desk): Promise<Completion[]> {
  const shown = Object.entries(command.options).filter(([, option]) => !option.hidden && !ofChat.has(option.type))
  const names = shown.map(([name]) => name)
  const meant = open?.name ? optionNamed(command.name, open.name, names) : null
  const option = meant === null ? undefined : command.options[meant]
  if (open && meant !== null && option) {
    const start = open.text.slice(0, open.text.search(/[:：]/u) + 1)
    return (await valuesOf(command, meant, option, open.value, desk)).map((one) => ({ ...one, value: start + one.value }))
  }
  const given = new Set(closed.flatMap((token) => (token.name ? [optionNamed(command.name, token.name, names)] : [])))
  const places = closed.slice(command.name.split(' ').length).filter((token) => token.name === null).length
  const [first] = shown.filter(([, { required }]) => required).slice(places)
  const placed = first ? await valuesOf(command, first[0], first[1], open?.value ?? '', desk) : []
  return [
    ...placed,
    ...optionsOf(
      command,
      shown.filter(([name]) => !given.has(name)),
      open?.text ?? '',
      desk,
    ),
  ]
}

function optionsOf(
  command: Command,
  options: readonly (readonly [string, Option])[],
  typed: string,
  { locale, reader }: Desk,
): Completion[] {
  return options
    .filter(([name]) => [name, koreanOption(command.name, name)].some((spelling) => folded(spelling).startsWith(folded(typed))))
    .map(([name, option]) => {
      const value = `${locale === 'ko' ? koreanOption(command.name, name) : name}:`
      return { label: value, value, about: `${write(labelOf(name), reader, plainPen)} · ${say(option.about, reader.locale)}` }
    })
}

async function valuesOf(
  command: Command,
  name: string,
  option: Option,
  typed: string,
  { locale, reader, values }: Desk,
): Promise<Completion[]> {
  const start = folded(typed)
  if (option.type === 'boolean') {
    return (['yes', 'no'] as const)
      .map((answer) => say(`web.form.${answer}`, locale))
      .filter((word) => folded(word).startsWith(start))
      .map((word) => ({ label: word, value: `${word.toLowerCase()} ` }))
  }
  if (option.type === 'choice') {
    return option.choices
      .map((choice) => ({
        value: locale === 'ko' ? choiceName(name, choice, 'ko').replace(/\s/gu, '') : choice,
        label: write(choiceLabel(name, choice), reader, plainPen),
      }))
      .filter((one) => folded(one.value).startsWith(start) || folded(one.label).startsWith(start))
      .map((one) => ({ label: one.value, value: `${one.value} `, about: one.label }))
  }
  const found = await values(command, name, typed)
  return found.map((one) => ({ label: one.label, value: `${quotedIfNeeded(one.value)} ` }))
}

const quotedIfNeeded = (value: string): string => (/[\s"“”:]/u.test(value) ? `"${value.replaceAll('"', '”')}"` : value)
