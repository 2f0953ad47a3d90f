/** Slash commands as people type them: `/room create name:Deep work focus:50`. */

import type { Command } from '../discord/simulator/rules/commands.ts'
import type { ValueOption } from '../discord/simulator/rules/options.ts'

type Nameable = { readonly name: string; readonly name_localizations?: Readonly<Record<string, string>> | null | undefined }

/** What was typed, as far as it makes sense. `options` are those of the command; null while its name is not complete. */
export type Typed = {
  readonly words: string
  readonly options: readonly ValueOption[] | null
  readonly given: readonly { readonly option: ValueOption; readonly text: string }[]
  /** Words before the first option, which belong to none. */
  readonly stray: string
}

/** A thing's name in the language of the client. */
export const nameIn = (locale: string, { name, name_localizations }: Nameable): string => name_localizations?.[locale] ?? name

const called = <T extends Nameable>(all: readonly T[], word: string, locale: string): T | undefined =>
  all.find((one) => one.name === word || nameIn(locale, one) === word)

export function readTyped(text: string, commands: readonly Command[], locale: string): Typed {
  const [first = '', ...more] = text.replace(/^\//, '').split(/(?<=\s)(?=\S)/)
  const command = called(
    commands.filter((one) => one.type === 1),
    first.trim(),
    locale,
  )
  let options = command?.options ?? []
  let depth = 1
  for (const word of command ? more : []) {
    const branch = called(options, word.trim(), locale)
    if (!branch || branch.type > 2) break
    options = ('options' in branch ? branch.options : null) ?? []
    depth += 1
  }
  const words = [first, ...more.slice(0, depth - 1)].map((word) => word.trim()).join(' ')
  const complete = command !== undefined && options.every((option) => option.type > 2)
  if (!complete) return { words, options: null, given: [], stray: '' }
  const values = options.filter((option): option is ValueOption => option.type > 2)
  return { words, options: values, ...split(more.slice(depth - 1).join(''), values, locale) }
}

/** Cuts `name:Deep work focus:50` where the name of an option and a colon stand. */
function split(rest: string, options: readonly ValueOption[], locale: string): Pick<Typed, 'given' | 'stray'> {
  const marks = [...rest.matchAll(/(?<=^|\s)([\p{L}\p{N}_-]+):/gu)].flatMap((mark) => {
    const option = called(options, mark[1] ?? '', locale)
    return option ? [{ option, from: mark.index, to: mark.index + mark[0].length }] : []
  })
  return {
    stray: rest.slice(0, marks[0]?.from).trim(),
    given: marks.map(({ option, to }, at) => ({ option, text: rest.slice(to, marks[at + 1]?.from).trim() })),
  }
}
