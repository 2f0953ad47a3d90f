import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  type LocalizationMap,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js'
import type { Command, Option } from '../../src/commands/command.ts'
import { choiceName, koreanChoice, koreanCommand, koreanMenu, koreanOption } from '../../src/locales/names.ts'
import type { MessageKey } from '../../src/locales/text.ts'
import { say } from '../../src/locales/write.ts'
import { limits } from './limits.ts'
import { cut } from './markdown.ts'

/** An entry in the menu of a person: a command whose `option` is the person. */
export type Menu = { readonly name: string; readonly command: string; readonly option: string }
export const userMenus: readonly Menu[] = [
  { name: 'Profile', command: 'stats', option: 'user' },
  { name: 'Invite to room', command: 'room invite', option: 'user' },
]

/** More would not be found by anybody, and Discord takes 25 in a group. */
const mostSubcommands = 80

/** Commands work in servers and in private, whether the app was added to the server or to the person. */
const everywhere = {
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
}

/** What is registered with Discord: the listed commands, in English and Korean, and the menus. */
export function commandList(commands: readonly Command[]): RESTPutAPIApplicationCommandsJSONBody {
  const listed = commands.filter((command) => command.listed !== false)
  if (listed.length > mostSubcommands) throw new Error(`${listed.length} commands are listed on Discord; ${mostSubcommands} are the most`)
  const groups = Map.groupBy(listed, (command) => command.name.split(' ')[0] ?? command.name)
  const menus = userMenus.filter((menu) => commands.some((command) => command.name === menu.command))
  return [
    ...[...groups].map(([name, members]) => group(name, members)),
    ...menus.map(({ name }) => ({
      type: ApplicationCommandType.User as const,
      name,
      name_localizations: { ko: koreanMenu(name) },
      contexts: [InteractionContextType.Guild],
      integration_types: [ApplicationIntegrationType.GuildInstall],
    })),
  ]
}

function group(name: string, commands: readonly Command[]): RESTPutAPIApplicationCommandsJSONBody[number] {
  const [only] = commands
  const named = { type: ApplicationCommandType.ChatInput as const, name, name_localizations: { ko: koreanCommand(name) }, ...everywhere }
  if (only?.name === name) return { ...named, ...described(only.summary), options: options(only) }
  const summaries = (locale: 'en' | 'ko') => cut(commands.map((command) => say(command.summary, locale)).join(' · '), limits.about)
  return {
    ...named,
    description: summaries('en'),
    description_localizations: { ko: summaries('ko') },
    options: commands.map(subcommand),
  }
}

const subcommand = (command: Command): APIApplicationCommandSubcommandOption => ({
  type: ApplicationCommandOptionType.Subcommand,
  name: command.name.split(' ')[1] ?? command.name,
  name_localizations: { ko: koreanCommand(command.name) },
  ...described(command.summary),
  options: options(command),
})

const described = (about: MessageKey): { description: string; description_localizations: LocalizationMap } => ({
  description: cut(say(about, 'en'), limits.about),
  description_localizations: { ko: cut(say(about, 'ko'), limits.about) },
})

/** Required ones go first, as Discord wants it. */
const options = (command: Command): APIApplicationCommandBasicOption[] =>
  Object.entries(command.options)
    .filter(([, option]) => option.hidden !== true)
    .toSorted(([, a], [, b]) => Number(b.required ?? false) - Number(a.required ?? false))
    .map(([name, option]) => typed(command.name, name, option))

function typed(command: string, name: string, option: Option): APIApplicationCommandBasicOption {
  const named = {
    name,
    name_localizations: { ko: koreanOption(command, name) },
    ...described(option.about),
    required: option.required === true,
  }
  switch (option.type) {
    case 'string':
      return {
        ...named,
        type: ApplicationCommandOptionType.String,
        max_length: option.max,
        ...(option.suggest ? { autocomplete: true } : {}),
      }
    case 'integer':
      return { ...named, type: ApplicationCommandOptionType.Integer, min_value: option.min, max_value: option.max }
    case 'boolean':
      return { ...named, type: ApplicationCommandOptionType.Boolean }
    case 'user':
      return { ...named, type: ApplicationCommandOptionType.User }
    case 'users':
    case 'channels':
    case 'roles':
      return { ...named, type: ApplicationCommandOptionType.String, max_length: 1000 }
    case 'time':
      return { ...named, type: ApplicationCommandOptionType.String, max_length: 100 }
    case 'channel':
      return { ...named, type: ApplicationCommandOptionType.Channel, channel_types: [ChannelType.GuildVoice, ChannelType.GuildStageVoice] }
    case 'choice':
      return {
        ...named,
        type: ApplicationCommandOptionType.String,
        choices: option.choices.slice(0, limits.choices).map((choice) => ({
          name: cut(choiceName(name, choice, 'en'), limits.choice),
          name_localizations: { ko: cut(koreanChoice(name, choice), limits.choice) },
          value: choice,
        })),
      }
  }
  return option satisfies never
}
