/** What is typed into the options of a slash command. */

import type { ValueOption } from '../rules/options.ts'
import type { User } from '../world.ts'
import type { Named } from './resolved.ts'

/** What a person types or picks for an option; people, channels and roles are given themselves. */
export type OptionValue = string | number | boolean | { readonly id: string }
export type OptionValues = Readonly<Record<string, OptionValue>>

const kinds: Record<ValueOption['type'], string> = {
  3: 'string',
  4: 'integer',
  5: 'boolean',
  6: 'user',
  7: 'channel',
  8: 'role',
  9: 'mentionable',
  10: 'number',
  11: 'attachment',
}

const wrong = (option: ValueOption, value: OptionValue): Error =>
  new Error(`${option.name} takes a ${kinds[option.type]}, not ${JSON.stringify(value)}`)

/** The value as Discord's own form would let it through. */
export const accepted = (option: ValueOption, value: OptionValue): string | number | boolean => {
  const within = (size: number, least?: number | null, most?: number | null): void => {
    if (size < (least ?? size) || size > (most ?? size))
      throw new Error(`${option.name} must be between ${least ?? '-'} and ${most ?? '-'}`)
  }
  const among = (given: string | number): string | number => {
    if (option.choices?.length && !option.choices.some((choice) => choice.value === given))
      throw new Error(`${given} is no choice of ${option.name}`)
    return given
  }
  if (typeof value === 'object') {
    if (![6, 7, 8, 9].includes(option.type)) throw wrong(option, value)
    return value.id
  }
  switch (option.type) {
    case 3:
      if (typeof value !== 'string') throw wrong(option, value)
      within(value.length, option.min_length, option.max_length)
      return among(value)
    case 4:
    case 10:
      if (typeof value !== 'number' || (option.type === 4 && !Number.isInteger(value))) throw wrong(option, value)
      within(value, option.min_value, option.max_value)
      return among(value)
    case 5:
      if (typeof value !== 'boolean') throw wrong(option, value)
      return value
    default:
      throw wrong(option, value)
  }
}

/** The people, channels and roles among the values. */
export const entitiesOf = (
  given: readonly { readonly option: ValueOption; readonly value: string | number | boolean }[],
  users: ReadonlyMap<string, User>,
): Named => {
  const ids = (...types: number[]): string[] => given.filter(({ option }) => types.includes(option.type)).map(({ value }) => String(value))
  const mentionable = ids(9)
  return {
    users: [...ids(6), ...mentionable.filter((id) => users.has(id))],
    channels: ids(7),
    roles: [...ids(8), ...mentionable.filter((id) => !users.has(id))],
  }
}
