/** Everything that this Discord knows: guilds, channels, people, messages, registered commands. */

import { Buffer } from 'node:buffer'
import { randomBytes } from 'node:crypto'
import { refusal } from './errors.ts'
import type { Message } from './messages.ts'
import type { Command } from './rules/commands.ts'
import { guildIds, snowflakes } from './snowflake.ts'

export type User = {
  readonly id: string
  name: string
  readonly bot: boolean
  /** As Discord writes it: `en-US`, `ko`. */
  locale: string
  acceptsDirectMessages: boolean
  /** The application is installed to the user, beside or instead of a server. */
  hasApp: boolean
}
export type Role = { readonly id: string; name: string; permissions: bigint; position: number; mentionable: boolean; managed: boolean }
export type Overwrite = { readonly id: string; readonly type: 'role' | 'member'; allow: bigint; deny: bigint }
export type ChannelType = 'text' | 'direct' | 'voice' | 'stage' | 'category'
/** Where people sit and are heard. */
export const isHeardIn = ({ type }: { readonly type: ChannelType }): boolean => type === 'voice' || type === 'stage'
export type Channel = {
  readonly id: string
  readonly type: ChannelType
  readonly guildId: string | null
  /** The person at the other end of a direct message. */
  readonly recipientId: string | null
  name: string
  topic: string | null
  /** The line under a voice channel's name. */
  status: string | null
  parentId: string | null
  position: number
  userLimit: number
  overwrites: Overwrite[]
  messages: Map<string, Message> | null
  lastMessageId: string | null
}
export type Member = {
  readonly userId: string
  nick: string | null
  roles: string[]
  readonly joinedAt: number
  /** Muted and deafened by the server, which stays while they come and go. */
  mute: boolean
  deaf: boolean
}
export type VoiceState = {
  readonly userId: string
  channelId: string
  readonly sessionId: string
  selfMute: boolean
  selfDeaf: boolean
  selfVideo: boolean
  /** Shares the screen. */
  selfStream: boolean
  /** Listens on a stage, and may not speak. */
  suppress: boolean
}
/** `body` as it was told, `status` 1 for planned, 2 for going on. */
export type ScheduledEvent = {
  readonly id: string
  readonly creatorId: string
  status: number
  body: { readonly name: string; readonly channel_id?: string | null | undefined; readonly scheduled_start_time: string } & object
}
export type Guild = {
  readonly id: string
  name: string
  readonly ownerId: string
  readonly locale: string
  readonly roles: Map<string, Role>
  readonly channels: Map<string, Channel>
  readonly members: Map<string, Member>
  readonly voiceStates: Map<string, VoiceState>
  readonly scheduledEvents: Map<string, ScheduledEvent>
  /** Where those are sent who do nothing. */
  afkChannelId: string | null
}

/** Something that the gateway tells. `guildId` chooses the shard. */
export type Happening = { readonly t: string; readonly d: object; readonly guildId: string | null; readonly direct?: boolean }

export type World = {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly nextId: () => string
  readonly nextGuildId: () => string
  readonly token: string
  readonly bot: User
  readonly users: Map<string, User>
  readonly guilds: Map<string, Guild>
  readonly channels: Map<string, Channel>
  /** Direct message channels by the person's id. */
  readonly directChannels: Map<string, Channel>
  /** Registered commands: `global`, or by guild id. */
  readonly commands: Map<string, readonly Command[]>
  /** Uploaded files by their path below `/attachments/`. */
  readonly files: Map<string, { readonly type: string; readonly bytes: Uint8Array }>
  readonly watchers: Set<(message: Message, what: 'created' | 'edited' | 'deleted') => void>
  /** Where the REST server listens, for the addresses of files. */
  origin: string
  tell: (happening: Happening) => void
  /** Tells the bot, which sits in this channel now, where its sound goes. */
  invite: (guild: Guild, channel: Channel, sessionId: string) => void
}

export const createWorld = (now: () => number): World => {
  const nextId = snowflakes(now)
  const bot: User = { id: nextId(), name: 'Bot', bot: true, locale: 'en-US', acceptsDirectMessages: false, hasApp: false }
  const token = `${Buffer.from(bot.id).toString('base64url')}.${randomBytes(4).toString('base64url')}.${randomBytes(20).toString('base64url')}`
  return {
    now,
    nextId,
    nextGuildId: guildIds(),
    token,
    bot,
    users: new Map([[bot.id, bot]]),
    guilds: new Map(),
    channels: new Map(),
    directChannels: new Map(),
    commands: new Map(),
    files: new Map(),
    watchers: new Set(),
    origin: '',
    tell: () => {},
    invite: () => {},
  }
}

/** The guild, as far as the bot is in it: 10004 else. */
export const guildOfBot = (world: World, id: string): Guild => {
  const guild = world.guilds.get(id)
  if (!guild?.members.has(world.bot.id)) throw refusal('unknownGuild')
  return guild
}

export const channelById = (world: World, id: string): Channel => {
  const channel = world.channels.get(id)
  if (!channel) throw refusal('unknownChannel')
  return channel
}

export const userById = (world: World, id: string): User => {
  const user = world.users.get(id)
  if (!user) throw refusal('unknownUser')
  return user
}

export const guildOfChannel = (world: World, channel: Channel): Guild | null =>
  channel.guildId === null ? null : (world.guilds.get(channel.guildId) ?? null)

export const messageIn = (channel: Channel, id: string): Message => {
  const message = channel.messages?.get(id)
  if (!message) throw refusal('unknownMessage')
  return message
}

/** The direct message channel between the bot and a person, opened when it is not there yet. */
export const openDirectChannel = (world: World, user: User): Channel => {
  const known = world.directChannels.get(user.id)
  if (known) return known
  const channel: Channel = {
    id: world.nextId(),
    type: 'direct',
    guildId: null,
    recipientId: user.id,
    name: user.name,
    topic: null,
    status: null,
    parentId: null,
    position: 0,
    userLimit: 0,
    overwrites: [],
    messages: null,
    lastMessageId: null,
  }
  world.directChannels.set(user.id, channel)
  world.channels.set(channel.id, channel)
  return channel
}
