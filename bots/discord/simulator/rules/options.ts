/** Names, descriptions and options of commands. */

import { Locale } from 'discord.js'
import { z } from 'zod'
import { fault, text } from './fields.ts'

const locales: ReadonlySet<string> = new Set(Object.values(Locale))
const slashName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u
const wellNamed = (name: string): boolean => slashName.test(name) && name === name.toLowerCase()

const badLocales = (byLocale: Readonly<Record<string, string>> | null | undefined): string[] =>
  Object.keys(byLocale ?? {}).filter((locale) => !locales.has(locale))

type Issues = { addIssue: (issue: ReturnType<typeof fault>) => void }
type Named = {
  name: string
  name_localizations?: Record<string, string> | null | undefined
  description_localizations?: Record<string, string> | null | undefined
}

export const checkNames = (named: Named, { addIssue }: Issues): void => {
  if (!wellNamed(named.name)) addIssue(fault(['name'], 'APPLICATION_COMMAND_INVALID_NAME', `Command name is invalid: ${named.name}`))
  for (const [locale, name] of Object.entries(named.name_localizations ?? {}))
    if (!wellNamed(name))
      addIssue(fault(['name_localizations', locale], 'APPLICATION_COMMAND_INVALID_NAME', `Command name is invalid: ${name}`))
}

export const checkLocales = (named: Named, { addIssue }: Issues): void => {
  for (const field of ['name_localizations', 'description_localizations'] as const)
    for (const locale of badLocales(named[field])) addIssue(fault([field, locale], 'ENUM_TYPE_COERCE', `${locale} is no locale of Discord`))
}

export const names = z.record(z.string(), text(1, 32)).nullish()
export const descriptions = z.record(z.string(), text(1, 100)).nullish()
const described = { name: text(1, 32), name_localizations: names, description: text(1, 100), description_localizations: descriptions }
const choice = z.object({
  name: text(1, 100),
  name_localizations: z.record(z.string(), text(1, 100)).nullish(),
  value: z.union([text(0, 100), z.number()]),
})

export const value = z
  .object({
    type: z.union([
      z.literal(3),
      z.literal(4),
      z.literal(5),
      z.literal(6),
      z.literal(7),
      z.literal(8),
      z.literal(9),
      z.literal(10),
      z.literal(11),
    ]),
    ...described,
    required: z.boolean().nullish(),
    autocomplete: z.boolean().nullish(),
    choices: z.array(choice).max(25).nullish(),
    channel_types: z.array(z.number().int()).nullish(),
    min_value: z.number().nullish(),
    max_value: z.number().nullish(),
    min_length: z.number().int().min(0).max(6000).nullish(),
    max_length: z.number().int().min(1).max(6000).nullish(),
  })
  .superRefine((option, context) => {
    checkNames(option, context)
    checkLocales(option, context)
    const { addIssue } = context
    const free = [3, 4, 10].includes(option.type)
    if (option.autocomplete && option.choices?.length)
      addIssue(
        fault(['autocomplete'], 'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_WITH_CHOICES', 'Autocomplete and choices exclude each other'),
      )
    if (!free && (option.autocomplete || option.choices?.length))
      addIssue(fault(['type'], 'APPLICATION_COMMAND_OPTION_TYPE_INVALID', 'Only strings and numbers have choices or autocomplete'))
    for (const [at, made] of (option.choices ?? []).entries())
      if ((typeof made.value === 'string') !== (option.type === 3))
        addIssue(
          fault(['choices', at, 'value'], 'APPLICATION_COMMAND_OPTION_CHOICE_VALUE_TYPE', 'The value is not of the type of its option'),
        )
    const chosen = option.choices ?? []
    if (new Set(chosen.map((made) => made.name)).size < chosen.length)
      addIssue(fault(['choices'], 'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATE', 'Choice names must be unique'))
  })

export const orderly = (options: readonly { name: string; required?: boolean | null | undefined }[], { addIssue }: Issues): void => {
  if (new Set(options.map((option) => option.name)).size < options.length)
    addIssue(fault(['options'], 'APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE', 'Option names must be unique'))
  const firstFree = options.findIndex((option) => !option.required)
  const late = options.findIndex((option, at) => option.required && firstFree >= 0 && at > firstFree)
  if (late >= 0)
    addIssue(
      fault(
        ['options', late],
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      ),
    )
}

export const subcommand = z
  .object({ type: z.literal(1), ...described, options: z.array(value).max(25).nullish() })
  .superRefine((made, context) => {
    checkNames(made, context)
    checkLocales(made, context)
    orderly(made.options ?? [], context)
  })
export const group = z
  .object({ type: z.literal(2), ...described, options: z.array(subcommand).max(25).nullish() })
  .superRefine((made, context) => {
    checkNames(made, context)
    checkLocales(made, context)
    orderly(made.options ?? [], context)
  })

export type ValueOption = z.infer<typeof value>

type Sized = {
  name: string
  description?: string | null | undefined
  name_localizations?: Record<string, string> | null | undefined
  description_localizations?: Record<string, string> | null | undefined
  value?: string | number | undefined
  options?: readonly Sized[] | null | undefined
  choices?: readonly Sized[] | null | undefined
}
const longest = (plain: string, byLocale: Record<string, string> | null | undefined): number =>
  Math.max(plain.length, ...Object.values(byLocale ?? {}).map((words) => words.length))

/** Names, descriptions and values together; of the translations of a field only the longest counts. */
export const sizeOf = (part: Sized): number =>
  longest(part.name, part.name_localizations) +
  longest(part.description ?? '', part.description_localizations) +
  String(part.value ?? '').length +
  [...(part.options ?? []), ...(part.choices ?? [])].reduce((sum, inner) => sum + sizeOf(inner), 0)
