import { ApplicationCommandOptionType, type AutocompleteInteraction, type ChatInputCommandInteraction } from 'discord.js'
import type { Raw } from '../../src/commands/arguments.ts'

export type Named = { readonly id: string; readonly username: string; readonly globalName?: string | null }
/** What of Discord's option is used; discord.js resolves the person of a user option. */
export type TypedOption = {
  readonly name: string
  readonly type: ApplicationCommandOptionType
  readonly value?: string | number | boolean | undefined
  readonly user?: Named | null | undefined
  readonly options?: readonly TypedOption[] | undefined
}
export type RawValue = Raw[string]

/** The name that a person shows everywhere, since a server's nickname would follow them into other servers. */
export const nameOf = (user: Named): string => user.globalName ?? user.username

export const personOf = (user: Named): { external: string; displayName: string } => ({ external: user.id, displayName: nameOf(user) })

/** The options of a slash command as the list of commands takes them, those of a subcommand among them. */
export const rawFrom = (options: readonly TypedOption[]): Raw => Object.fromEntries(options.flatMap(entries))

function entries(option: TypedOption): [string, RawValue][] {
  if (option.options !== undefined) return option.options.flatMap(entries)
  if (option.type === ApplicationCommandOptionType.User) {
    if (option.user) return [[option.name, personOf(option.user)]]
    return typeof option.value === 'string' ? [[option.name, { external: option.value }]] : []
  }
  return option.value === undefined ? [] : [[option.name, option.value]]
}

/** The command with its subcommand, as the list of commands names it. */
export const spelled = ({ commandName, options }: ChatInputCommandInteraction | AutocompleteInteraction): string =>
  [commandName, options.getSubcommand(false)].filter((word) => word !== null).join(' ')
