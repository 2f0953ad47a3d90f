/** What Discord's client offers while a slash command is typed. */

import type { Command } from '../discord/simulator/rules/commands.ts'
import type { ValueOption } from '../discord/simulator/rules/options.ts'
import type { Offer } from './seat.ts'
import { nameIn, type Typed } from './typed.ts'

const most = 12

type Line = { readonly label: string; readonly about: string }

/** Every command by its whole name, as `/room create`. */
function commandLines(commands: readonly Command[], locale: string): Line[] {
  type Branch = NonNullable<Command['options']>[number]
  const about = (one: Command | Branch): string => one.description_localizations?.[locale] ?? one.description ?? ''
  const lines = (before: string, one: Command | Branch): Line[] => {
    const label = `${before}${nameIn(locale, one)}`
    const branches: readonly Branch[] = ('options' in one ? (one.options ?? []) : []).filter((option) => option.type <= 2)
    return branches.length === 0 ? [{ label, about: about(one) }] : branches.flatMap((branch) => lines(`${label} `, branch))
  }
  return commands.filter((command) => command.type === 1).flatMap((command) => lines('/', command))
}

export const offerCommands = (text: string, commands: readonly Command[], locale: string): Offer[] =>
  commandLines(commands, locale)
    .filter(({ label }) => label.startsWith(text.trimEnd()))
    .slice(0, most)
    .map((line) => ({ ...line, text: `${line.label} ` }))

/** The options that are not given yet. */
export const offerOptions = (text: string, typed: Typed, locale: string): Offer[] =>
  (typed.options ?? [])
    .filter((option) => !typed.given.some((one) => one.option === option))
    .slice(0, most)
    .map((option) => {
      const label = `${nameIn(locale, option)}:`
      const about = option.description_localizations?.[locale] ?? option.description
      return { label, about: option.required ? `${about} *` : about, text: `${text.trimEnd()} ${label}` }
    })

/** Values for the option whose text stands last. */
export const offerValues = (text: string, typed: string, labels: readonly string[]): Offer[] =>
  labels
    .filter((label) => label !== typed)
    .slice(0, most)
    .map((label) => ({ label, about: '', text: `${text.slice(0, text.length - typed.length).trimEnd()}${label} ` }))

export const choicesOf = (option: ValueOption, typed: string, locale: string): string[] =>
  (option.choices ?? []).map((choice) => nameIn(locale, choice)).filter((name) => name.toLowerCase().includes(typed.toLowerCase()))
