import { isUuid } from '../kernel/ids.ts'
import { exampleCommand } from '../locales/names.ts'
import type { Locale } from '../locales/text.ts'
import type { Command, Field, Filled, Form } from './command.ts'
import { formTitle, labelOf } from './labels.ts'

/** The form of a command, showing `filled` and without what is `omitted`. What has no field goes along unseen, and so do ids, which nobody can read. */
export function formOf(command: Command, filled: Filled, omitted: readonly string[] = []): Form {
  const carried = Object.entries(filled).filter(([name, value]) => !omitted.includes(name) && (isUuid(value) || !isShown(command, name)))
  const unseen = new Set(carried.map(([name]) => name))
  const fields = Object.entries(command.options)
    .filter(([name]) => isShown(command, name) && !unseen.has(name) && !omitted.includes(name))
    .map(([name, option]): Field => ({ name, option, label: labelOf(name), value: filled[name] ?? '' }))
  return { command: command.name, title: formTitle(command), fields, carried: Object.fromEntries(carried) }
}

const isShown = (command: Command, name: string): boolean => Object.hasOwn(command.options, name) && !command.options[name]?.hidden

/** The command with example arguments, as one types it in this language: `room create "Deep work" focus:50`. */
export const usage = (command: Command, locale: Locale): string => exampleCommand(command.name, locale)
