import { type Interaction, PermissionFlagsBits, type PermissionsBitField, type PermissionsString } from 'discord.js'
import type { Lacking, Permission } from '../../src/kernel/context.ts'
import type { MessageKey } from '../../src/locales/text.ts'

/** What a live panel and its phase lines need in their channel: no more is ever asked for. */
const neededForPanel = ['ViewChannel', 'SendMessages'] as const satisfies readonly PermissionsString[]

export type Needed = (typeof neededForPanel)[number]

/** The permissions that a panel lacks here. Discord tells with every interaction what we may do in its channel. */
export const missingForPanel = (held: Readonly<PermissionsBitField>): readonly Needed[] =>
  neededForPanel.filter((name) => !held.has(PermissionFlagsBits[name]))

/** Named as Discord names it in its settings. */
export const permissionName = (permission: Needed): MessageKey => `discord.permission.${permission}`

const inChannel = {
  see: 'ViewChannel',
  send: 'SendMessages',
  thread: 'SendMessagesInThreads',
  history: 'ReadMessageHistory',
  attach: 'AttachFiles',
} as const satisfies Partial<Record<Permission, PermissionsString>>

const inVoice = {
  'voice-status': 'SetVoiceChannelStatus',
  connect: 'Connect',
  speak: 'Speak',
} as const satisfies Partial<Record<Permission, PermissionsString>>

/**
 * What we may not do in the channel of the interaction, as Discord tells with it, and in the voice channel where the person sits; where
 * they sit in none, on the whole server.
 */
export function lacking({ appPermissions, guild, user }: Interaction): readonly Permission[] {
  const me = guild?.members.me ?? null
  const voice = guild?.voiceStates.cache.get(user.id)?.channel
  const heard = me && (voice ? voice.permissionsFor(me) : me.permissions)
  return [...without(appPermissions, inChannel), ...(heard ? without(heard, inVoice) : [])]
}

/** The other channels of the server in which something is missing: text channels by what a panel needs, voice channels by what a chime does. */
export function lackingElsewhere({ channelId, guild }: Interaction): readonly Lacking[] {
  const me = guild?.members.me ?? null
  if (guild === null || me === null) return []
  return guild.channels.cache
    .filter((channel) => channel.id !== channelId && (channel.isTextBased() || channel.isVoiceBased()))
    .map((channel) => {
      const held = channel.permissionsFor(me)
      return { channel: channel.id, lacks: [...without(held, inChannel), ...(channel.isVoiceBased() ? without(held, inVoice) : [])] }
    })
    .filter(({ lacks }) => lacks.length > 0)
}

const without = (held: Readonly<PermissionsBitField>, wanted: Readonly<Partial<Record<Permission, PermissionsString>>>): Permission[] =>
  (Object.entries(wanted) as [Permission, PermissionsString][])
    .filter(([, name]) => !held.has(PermissionFlagsBits[name]))
    .map(([name]) => name)
