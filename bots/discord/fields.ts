import { ComponentType } from 'discord.js'
import type { Command, Option } from '../../src/commands/command.ts'
import { none } from '../../src/commands/values.ts'
import { type Named, personOf, type RawValue } from './options.ts'

/** What of a field of a sent modal is used; discord.js resolves the people chosen in it. */
export type SentField = {
  readonly customId: string
  readonly type: ComponentType
  readonly value?: string | boolean | null
  readonly values?: readonly string[]
  readonly users?: ReadonlyMap<string, Named>
}

/** What was typed and chosen in a modal. Fields that are no options of the command are left out. */
export const rawFromFields = (command: Command, fields: Iterable<SentField>): Record<string, RawValue> =>
  Object.fromEntries(
    [...fields].flatMap((field) => {
      const option = Object.hasOwn(command.options, field.customId) ? command.options[field.customId] : undefined
      return option === undefined ? [] : [[field.customId, chosen(field, option)]]
    }),
  )

function chosen({ type, value, values = [], users }: SentField, option: Option): RawValue {
  if (value !== undefined) return value
  // An emptied list is a wish too, unlike a field that was left alone.
  if (option.type === 'channels' || option.type === 'roles')
    return values.length === 0 ? none : values.map(option.type === 'roles' ? roleMention : channelMention).join(' ')
  if (type !== ComponentType.UserSelect) return values[0] ?? null
  const people = values.map((id) => {
    const user = users?.get(id)
    return user ? personOf(user) : { external: id }
  })
  return option.type === 'users' ? people : (people[0] ?? null)
}

const channelMention = (id: string): string => `<#${id}>`
const roleMention = (id: string): string => `<@&${id}>`
