/** Application commands, with the limits of Discord's reference. */

import { z } from 'zod'
import { invalidField } from '../errors.ts'
import { fault, text } from './fields.ts'
import { checkLocales, checkNames, descriptions, group, names, orderly, sizeOf, subcommand, value } from './options.ts'

const command = z
  .object({
    type: z
      .union([z.literal(1), z.literal(2), z.literal(3)])
      .nullish()
      .transform((type) => type ?? 1),
    name: text(1, 32),
    name_localizations: names,
    description: text(0, 100).nullish(),
    description_localizations: descriptions,
    options: z
      .array(z.discriminatedUnion('type', [group, subcommand, value]))
      .max(25)
      .nullish(),
    default_member_permissions: z.union([z.string().regex(/^\d+$/), z.number()]).nullish(),
    contexts: z.array(z.number().int().min(0).max(2)).nullish(),
    integration_types: z.array(z.number().int().min(0).max(1)).nullish(),
    dm_permission: z.boolean().nullish(),
    nsfw: z.boolean().nullish(),
  })
  .superRefine((made, context) => {
    checkLocales(made, context)
    const { addIssue } = context
    const options = made.options ?? []
    if (made.type !== 1) {
      if (made.description)
        addIssue(fault(['description'], 'APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED', 'Menu commands have no description'))
      if (options.length) addIssue(fault(['options'], 'APPLICATION_COMMAND_OPTIONS_NOT_ALLOWED', 'Menu commands have no options'))
      return
    }
    checkNames(made, context)
    if (!made.description) addIssue(fault(['description'], 'BASE_TYPE_REQUIRED', 'This field is required'))
    const branches = options.filter((option) => option.type <= 2).length
    if (branches && branches < options.length)
      addIssue(
        fault(['options'], 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Subcommands and other options cannot stand beside each other'),
      )
    orderly(
      options.map((option) => ({ name: option.name, required: 'required' in option ? option.required : false })),
      context,
    )
    const size = sizeOf(made)
    if (size > 8000) addIssue(fault([], 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (8000): ${size}`))
  })

export const commandList = z.array(command).max(130)
export type CommandBody = z.infer<typeof command>
export type Command = CommandBody & { readonly id: string; readonly version: string; readonly guildId: string | null }

const most = { 1: 100, 2: 15, 3: 15 } as const

/** What holds for the list as a whole: how many of each type, and no name twice. */
export const checkCommandList = (list: readonly CommandBody[]): void => {
  for (const type of [1, 2, 3] as const) {
    const ofType = list.filter((made) => made.type === type)
    if (ofType.length > most[type])
      throw invalidField(
        [],
        'APPLICATION_COMMANDS_MAX_REACHED',
        `Maximum number of application commands of type ${type} reached (${most[type]}).`,
      )
    const names = new Set<string>()
    for (const { name } of ofType) {
      if (names.has(name))
        throw invalidField([], 'APPLICATION_COMMANDS_DUPLICATE_NAME', `Application command names must be unique: ${name}`)
      names.add(name)
    }
  }
}
