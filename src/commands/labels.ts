import { isMessageKey } from '../locales/catalogue.ts'
import type { MessageKey, Text } from '../locales/text.ts'
import type { Command } from './command.ts'

/** What an option is called in a sentence or on a form. */
export const labelOf = (option: string): Text => named(`option.${option}`, option)

/** What the value of a choice is called. */
export const choiceLabel = (option: string, choice: string): Text => named(`choice.${option}.${choice}`, choice)

/** What the form of a command is called: what one does with it, in a few words. */
export const formTitle = ({ name, summary }: Command): Text => named(`form.${name.replace(' ', '.')}`, { key: summary })

/** What the commands of a group are about. */
export const groupSummary = (group: string): Text => named(`command.${group}.summary`, group)

/** The command with the arguments of its example, as one types it. */
export const exampleOf = (command: Command): Text => ({ command: command.name, example: true })

/** What stands in an empty field for a time. */
export const timeExample = ({ past, day }: { readonly past?: true; readonly day?: true }): MessageKey =>
  day ? 'commands.example.day' : past ? 'commands.example.time-past' : 'commands.example.time'

/** The texts with commas between them. */
export const listed = ([first = '', ...rest]: readonly Text[]): Text =>
  rest.reduce<Text>((head, tail) => ({ key: 'commands.list', words: { head, tail } }), first)

/** A typed text short enough to be quoted in a sentence. */
export function quoted(typed: string): string {
  const letters = [...typed.toWellFormed()]
  return letters.length > longestQuote ? `${letters.slice(0, longestQuote).join('')}…` : letters.join('')
}
const longestQuote = 40

const named = (key: string, otherwise: Text): Text => (isMessageKey(key) ? { key } : otherwise)
