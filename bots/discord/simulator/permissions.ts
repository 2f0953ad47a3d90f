/** Who may do what where: the algorithm of Discord's documentation (roles, then overwrites, then what is implied). */

import { PermissionFlagsBits, type PermissionsString } from 'discord.js'
import { refusal } from './errors.ts'
import { type Channel, type Guild, guildOfChannel, isHeardIn, type World } from './world.ts'

export type Permission = PermissionsString

export const bitsOf = (names: readonly Permission[]): bigint => names.reduce((sum, name) => sum | PermissionFlagsBits[name], 0n)

const everything = Object.values(PermissionFlagsBits).reduce((sum, bit) => sum | bit, 0n)
const impliedBySending = bitsOf(['MentionEveryone', 'SendTTSMessages', 'AttachFiles', 'EmbedLinks'])
const impliedByConnecting = bitsOf([
  'ManageChannels',
  'ManageRoles',
  'Speak',
  'Stream',
  'UseVAD',
  'MoveMembers',
  'MuteMembers',
  'DeafenMembers',
])

/** In a direct message both sides may do what the channel can. */
export const directPermissions = bitsOf([
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'AddReactions',
  'UseExternalEmojis',
])

/** What a new server lets everybody do. */
export const ordinaryPermissions = bitsOf([
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'AddReactions',
  'UseExternalEmojis',
  'UseApplicationCommands',
  'Connect',
  'Speak',
  'Stream',
  'UseVAD',
  'ChangeNickname',
  'CreateInstantInvite',
])

/** What somebody may do in the server as a whole. */
export const permissionsOf = (guild: Guild, userId: string): bigint => {
  if (guild.ownerId === userId) return everything
  const member = guild.members.get(userId)
  if (!member) return 0n
  let bits = guild.roles.get(guild.id)?.permissions ?? 0n
  for (const role of member.roles) bits |= guild.roles.get(role)?.permissions ?? 0n
  return bits & PermissionFlagsBits.Administrator ? everything : bits
}

const overwritten = (guild: Guild, channel: Channel, userId: string, base: bigint): bigint => {
  const roles = guild.members.get(userId)?.roles ?? []
  let bits = base
  let allow = 0n
  let deny = 0n
  for (const overwrite of channel.overwrites) {
    if (overwrite.id === guild.id) bits = (bits & ~overwrite.deny) | overwrite.allow
    else if (overwrite.type === 'role' && roles.includes(overwrite.id)) {
      allow |= overwrite.allow
      deny |= overwrite.deny
    }
  }
  bits = (bits & ~deny) | allow
  const own = channel.overwrites.find((overwrite) => overwrite.type === 'member' && overwrite.id === userId)
  return own ? (bits & ~own.deny) | own.allow : bits
}

const implied = (channel: Channel, bits: bigint): bigint => {
  if (!(bits & PermissionFlagsBits.ViewChannel)) return 0n
  let left = bits
  if (!(left & PermissionFlagsBits.SendMessages)) left &= ~impliedBySending
  if (isHeardIn(channel) && !(left & PermissionFlagsBits.Connect)) left &= ~impliedByConnecting
  return left
}

export const permissionsIn = (world: World, channel: Channel, userId: string): bigint => {
  const guild = guildOfChannel(world, channel)
  if (!guild) return channel.recipientId === userId || world.bot.id === userId ? directPermissions : 0n
  const base = permissionsOf(guild, userId)
  if (base === everything) return everything
  return implied(channel, overwritten(guild, channel, userId, base))
}

export const may = (world: World, channel: Channel, userId: string, permission: Permission): boolean =>
  (permissionsIn(world, channel, userId) & PermissionFlagsBits[permission]) !== 0n

/** The bot must see the channel (50001 else) and hold the permissions there (50013 else). */
export const demand = (world: World, channel: Channel, ...permissions: readonly Permission[]): void => {
  const held = permissionsIn(world, channel, world.bot.id)
  if (!(held & PermissionFlagsBits.ViewChannel)) throw refusal('missingAccess')
  const needed = bitsOf(permissions)
  if ((held & needed) !== needed) throw refusal('missingPermissions')
}
