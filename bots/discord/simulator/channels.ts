/** Channels that come and go, and guilds that the bot leaves. */

import { channelPayload } from './payloads/guild.ts'
import type { Permission } from './permissions.ts'
import { leaveVoice } from './voice.ts'
import type { Channel, ChannelType, Guild, Role, User, World } from './world.ts'

export type NewOverwrite = {
  readonly for: User | Role | 'everyone'
  readonly allow?: readonly Permission[]
  readonly deny?: readonly Permission[]
}
export type NewChannel = {
  readonly name: string
  readonly type?: Exclude<ChannelType, 'direct'>
  readonly parent?: Channel
  readonly topic?: string
  readonly overwrites?: readonly NewOverwrite[]
}

export const newChannel = (world: World, guild: Guild, { name, type = 'text', parent, topic }: NewChannel): Channel => ({
  id: world.nextId(),
  type,
  guildId: guild.id,
  recipientId: null,
  name,
  topic: topic ?? null,
  status: null,
  parentId: parent?.id ?? null,
  position: guild.channels.size,
  userLimit: 0,
  // A channel begins with the overwrites of its category.
  overwrites: parent ? parent.overwrites.map((overwrite) => ({ ...overwrite })) : [],
  messages: null,
  lastMessageId: null,
})

export const putChannel = (world: World, guild: Guild, channel: Channel): void => {
  guild.channels.set(channel.id, channel)
  world.channels.set(channel.id, channel)
  world.tell({ t: 'CHANNEL_CREATE', d: channelPayload(world, channel), guildId: guild.id })
}

export const deleteChannel = (world: World, channel: Channel): void => {
  const guild = world.guilds.get(channel.guildId ?? '')
  world.channels.delete(channel.id)
  if (!guild) return
  guild.channels.delete(channel.id)
  world.tell({ t: 'CHANNEL_DELETE', d: channelPayload(world, channel), guildId: guild.id })
  for (const state of [...guild.voiceStates.values()]) if (state.channelId === channel.id) leaveVoice(world, guild, state.userId)
}

/** The bot is no longer in the guild. */
export const leaveGuild = (world: World, guild: Guild): void => {
  guild.members.delete(world.bot.id)
  guild.voiceStates.delete(world.bot.id)
  world.commands.delete(guild.id)
  world.tell({ t: 'GUILD_DELETE', d: { id: guild.id }, guildId: guild.id })
}
