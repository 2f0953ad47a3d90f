import { ComponentType, type ModalData } from 'discord.js'
import type { Command, Option } from '../../src/commands/command.ts'
import { personOf, type RawValue } from './options.ts'

/** What was typed and chosen in a modal. Fields that are no options of the command are left out. */
export const rawFromFields = (command: Command, fields: Iterable<ModalData>): Record<string, RawValue> =>
  Object.fromEntries(
    [...fields].flatMap((field) => {
      const option = 'customId' in field ? command.options[field.customId] : undefined
      return option === undefined ? [] : [[field.customId, valueOf(field, option)]]
    }),
  )

function valueOf(field: ModalData, option: Option): RawValue {
  if ('value' in field) return field.value
  if (!('values' in field)) return null
  if (field.type !== ComponentType.UserSelect) return field.values[0] ?? null
  const people = field.values.map((id) => {
    const user = field.users?.get(id)
    return user ? personOf(user) : { external: id }
  })
  return option.type === 'users' ? people : (people[0] ?? null)
}
