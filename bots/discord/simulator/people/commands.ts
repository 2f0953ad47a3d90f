/** Slash commands and menus, as far as they are registered and shown to this person. */

import { PermissionFlagsBits } from 'discord.js'
import { interactionTypes } from '../interactions.ts'
import type { Message } from '../messages.ts'
import { permissionsIn } from '../permissions.ts'
import type { Command } from '../rules/commands.ts'
import type { ValueOption } from '../rules/options.ts'
import { type Channel, guildOfChannel, type User } from '../world.ts'
import type { Answer } from './answers.ts'
import { interact, type Person } from './interact.ts'
import { accepted, entitiesOf, type OptionValues } from './options.ts'
import { resolved } from './resolved.ts'

type Nameable = { readonly name: string; readonly name_localizations?: Readonly<Record<string, string>> | null | undefined }
type Chosen = {
  readonly command: Command
  readonly path: readonly { readonly type: 1 | 2; readonly name: string }[]
  readonly options: readonly ValueOption[]
}

const registered = ({ world, user }: Person, channel: Channel): Command[] => {
  const guild = guildOfChannel(world, channel)
  const context = guild ? 0 : 1
  const held = permissionsIn(world, channel, user.id)
  if (guild && !(held & PermissionFlagsBits.UseApplicationCommands)) return []
  const all = [...(world.commands.get('global') ?? []), ...(world.commands.get(guild?.id ?? '') ?? [])]
  return all.filter((command) => {
    if (!(command.contexts ?? (command.dm_permission === false ? [0] : [0, 1, 2])).includes(context)) return false
    const owned = guild?.members.has(world.bot.id) ? (command.integration_types ?? [0, 1]).includes(0) : false
    const carried = user.hasApp && (command.integration_types ?? [0, 1]).includes(1)
    if (guild && !owned && !carried) return false
    const needed = BigInt(command.default_member_permissions ?? 0)
    const nobody = command.default_member_permissions != null && needed === 0n
    const admin = (held & PermissionFlagsBits.Administrator) !== 0n
    return admin || !guild || ((held & needed) === needed && !nobody)
  })
}

const named = <T extends Nameable>(list: readonly T[], word: string, locale: string): T | undefined =>
  list.find((entry) => entry.name === word || entry.name_localizations?.[locale] === word)

/** `/room create` → the command, the way down to its options. Names in the person's language work too. */
const find = (person: Person, channel: Channel, words: string): Chosen => {
  const { locale, name } = person.user
  const [first = '', ...rest] = words.replace(/^\//, '').trim().split(/\s+/)
  const command = named(
    registered(person, channel).filter((made) => made.type === 1),
    first,
    locale,
  )
  if (!command) throw new Error(`${name} finds no command /${first} in #${channel.name}`)
  const path: { type: 1 | 2; name: string }[] = []
  let options = command.options ?? []
  for (const word of rest) {
    const branch = named(options, word, locale)
    if (!branch || branch.type > 2) throw new Error(`/${first} has no subcommand ${word}`)
    path.push({ type: branch.type === 2 ? 2 : 1, name: branch.name })
    options = ('options' in branch ? branch.options : null) ?? []
  }
  const values = options.filter((option): option is ValueOption => option.type > 2)
  if (values.length < options.length) throw new Error(`${words} needs a subcommand: ${options.map((option) => option.name).join(', ')}`)
  return { command, path, options: values }
}

const nested = (path: Chosen['path'], values: readonly object[]): readonly object[] =>
  path.reduceRight<readonly object[]>((inner, { type, name }) => [{ type, name, options: inner }], values)

const dataOf = (
  person: Person,
  channel: Channel,
  words: string,
  values: OptionValues,
  focused?: string,
): { data: object; name: string } => {
  const { world, user } = person
  const { command, path, options } = find(person, channel, words)
  const given = Object.entries(values).map(([word, value]) => {
    const option = named(options, word, user.locale)
    if (!option) throw new Error(`${words} has no option ${word}`)
    // What is being typed is sent as it stands, complete or not.
    const typing = word === focused
    if (typing && !option.autocomplete) throw new Error(`${word} has no autocomplete`)
    return { option, typing, value: typing && typeof value !== 'object' ? value : accepted(option, value) }
  })
  const missing = options.find((option) => option.required && !given.some((one) => one.option === option))
  if (missing && focused === undefined) throw new Error(`${words} needs ${missing.name}`)
  const written = given.map(({ option, value, typing }) => ({
    name: option.name,
    type: option.type,
    value,
    ...(typing ? { focused: true } : {}),
  }))
  const entities = resolved(world, channel, entitiesOf(given, world.users))
  return {
    name: [command.name, ...path.map((step) => step.name)].join(' '),
    data: {
      id: command.id,
      name: command.name,
      type: 1,
      options: nested(path, written),
      ...(Object.keys(entities).length ? { resolved: entities } : {}),
      ...(command.guildId ? { guild_id: command.guildId } : {}),
    },
  }
}

export const slash = (person: Person, channel: Channel, words: string, values: OptionValues = {}): Promise<Answer> =>
  interact(person, channel, { type: interactionTypes.command, ...dataOf(person, channel, words, values) })

/** The suggestions while `focused` (the last of the values when absent) is being typed. */
export const autocomplete = (
  person: Person,
  channel: Channel,
  words: string,
  values: OptionValues,
  focused = Object.keys(values).at(-1),
): Promise<Answer> => interact(person, channel, { type: interactionTypes.autocomplete, ...dataOf(person, channel, words, values, focused) })

const menu = (person: Person, channel: Channel, type: 2 | 3, name: string): Command => {
  const command = named(
    registered(person, channel).filter((made) => made.type === type),
    name,
    person.user.locale,
  )
  if (!command) throw new Error(`${person.user.name} finds no menu entry ${name}`)
  return command
}

export const userMenu = (person: Person, channel: Channel, name: string, target: User): Promise<Answer> => {
  const command = menu(person, channel, 2, name)
  const data = {
    id: command.id,
    name: command.name,
    type: 2,
    target_id: target.id,
    resolved: resolved(person.world, channel, { users: [target.id] }),
  }
  return interact(person, channel, { type: interactionTypes.command, name: command.name, data })
}

export const messageMenu = (person: Person, channel: Channel, name: string, message: Message): Promise<Answer> => {
  const command = menu(person, channel, 3, name)
  const named = { messages: [message], users: [message.authorId] }
  const data = { id: command.id, name: command.name, type: 3, target_id: message.id, resolved: resolved(person.world, channel, named) }
  return interact(person, channel, { type: interactionTypes.command, name: command.name, data })
}
