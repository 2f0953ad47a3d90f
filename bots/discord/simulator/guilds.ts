/** Servers being made and changed: channels, roles, members, the bot's coming and going. */

import { deleteChannel, leaveGuild, type NewChannel, type NewOverwrite, newChannel, putChannel } from './channels.ts'
import { channelPayload, guildCreatePayload, guildPayload, memberWithUser, rolePayload } from './payloads/guild.ts'
import { bitsOf, ordinaryPermissions, type Permission } from './permissions.ts'
import { joinVoice, leaveVoice, type Switches, silence, switchVoice } from './voice.ts'
import type { Channel, Guild, Member, Overwrite, Role, User, World } from './world.ts'

export type NewRole = { readonly name: string; readonly permissions?: readonly Permission[]; readonly mentionable?: boolean }
export type NewGuild = {
  readonly name: string
  readonly owner?: User
  /** As Discord writes it; `en-US` when absent. */
  readonly locale?: string
  readonly roles?: readonly NewRole[]
  /** What @everyone may do; the ordinary things when absent. */
  readonly everyone?: readonly Permission[]
  /** What the invitation gave the bot, beside what everyone may do. Absent: nothing. `false`: the bot is not in this server. */
  readonly bot?: readonly Permission[] | false
}
/** A server with the verbs that tests and the playground need. */
export type GuildHandle = {
  readonly id: string
  readonly name: string
  /** The state behind it. */
  readonly state: Guild
  role(name: string): Role
  addRole(role: NewRole): Role
  addChannel(channel: NewChannel): Channel
  overwrite(channel: Channel, overwrites: readonly NewOverwrite[]): void
  deleteChannel(channel: Channel): void
  addMember(user: User, more?: { roles?: readonly Role[]; nick?: string }): void
  removeMember(user: User): void
  setRoles(user: User, roles: readonly Role[]): void
  /** What the bot holds from its own role from now on. */
  setBotPermissions(permissions: readonly Permission[]): void
  readonly voice: {
    join(user: User, channel: Channel, switches?: Partial<Switches>): void
    move(user: User, channel: Channel): void
    leave(user: User): void
    /** The person's own microphone, ears, camera and screen. */
    switch(user: User, switches: Partial<Switches>): void
    /** A moderator mutes or deafens somebody, or takes it back. */
    silence(user: User, change: { readonly mute?: boolean; readonly deaf?: boolean }): void
  }
  /** Where those are sent who do nothing. */
  setAfkChannel(channel: Channel): void
  /** The bot is thrown out, or asked back in. */
  removeBot(): void
  addBot(): void
}

const overwriteOf = (guild: Guild, made: NewOverwrite): Overwrite => {
  const allow = bitsOf(made.allow ?? [])
  const deny = bitsOf(made.deny ?? [])
  if (made.for === 'everyone') return { id: guild.id, type: 'role', allow, deny }
  return { id: made.for.id, type: guild.roles.has(made.for.id) ? 'role' : 'member', allow, deny }
}

const newRole = (id: string, { name, permissions = [], mentionable = false }: NewRole, position: number, managed = false): Role => ({
  id,
  name,
  permissions: bitsOf(permissions),
  position,
  mentionable,
  managed,
})

const found = (guild: Guild, name: string): Role => {
  const role = [...guild.roles.values()].find((candidate) => candidate.name === name)
  if (!role) throw new Error(`${guild.name} has no role named ${name}`)
  return role
}

const memberOf = (guild: Guild, user: User): Member => {
  const member = guild.members.get(user.id)
  if (!member) throw new Error(`${user.name} is no member of ${guild.name}`)
  return member
}

export const addGuild = (world: World, made: NewGuild): GuildHandle => {
  const id = world.nextGuildId()
  const guild: Guild = {
    id,
    name: made.name,
    ownerId: made.owner?.id ?? world.nextId(),
    locale: made.locale ?? 'en-US',
    roles: new Map([
      [id, { ...newRole(id, { name: '@everyone' }, 0), permissions: made.everyone ? bitsOf(made.everyone) : ordinaryPermissions }],
    ]),
    channels: new Map(),
    members: new Map(),
    voiceStates: new Map(),
    scheduledEvents: new Map(),
    afkChannelId: null,
  }
  const botRole = newRole(world.nextId(), { name: world.bot.name, permissions: made.bot || [] }, 1, true)
  const enter = (user: User, roles: readonly Role[], nick: string | null = null): void => {
    guild.members.set(user.id, {
      userId: user.id,
      nick,
      roles: roles.map((role) => role.id),
      joinedAt: world.now(),
      mute: false,
      deaf: false,
    })
  }
  const addRole = (role: NewRole): Role => {
    const added = newRole(world.nextId(), role, guild.roles.size)
    guild.roles.set(added.id, added)
    world.tell({ t: 'GUILD_ROLE_CREATE', d: { guild_id: id, role: rolePayload(added) }, guildId: id })
    return added
  }
  const addBot = (): void => {
    guild.roles.set(botRole.id, botRole)
    enter(world.bot, [botRole])
    world.tell({ t: 'GUILD_CREATE', d: guildCreatePayload(world, guild, false), guildId: id })
  }
  const join = (user: User, channel: Channel, switches: Partial<Switches> = {}): void => {
    memberOf(guild, user)
    joinVoice(world, guild, user.id, channel, switches)
  }
  world.guilds.set(id, guild)
  if (made.owner) enter(made.owner, [])
  if (made.bot !== false) addBot()
  for (const role of made.roles ?? []) addRole(role)

  return {
    id,
    name: made.name,
    state: guild,
    role: (name) => found(guild, name),
    addRole,
    addChannel: (channel) => {
      const added = newChannel(world, guild, channel)
      added.overwrites.push(...(channel.overwrites ?? []).map((overwrite) => overwriteOf(guild, overwrite)))
      putChannel(world, guild, added)
      return added
    },
    overwrite: (channel, overwrites) => {
      channel.overwrites = overwrites.map((overwrite) => overwriteOf(guild, overwrite))
      world.tell({ t: 'CHANNEL_UPDATE', d: channelPayload(world, channel), guildId: id })
    },
    deleteChannel: (channel) => deleteChannel(world, channel),
    addMember: (user, { roles = [], nick } = {}) => {
      enter(user, roles, nick ?? null)
      world.tell({ t: 'GUILD_MEMBER_ADD', d: { ...memberWithUser(world, memberOf(guild, user)), guild_id: id }, guildId: id })
    },
    removeMember: (user) => {
      leaveVoice(world, guild, user.id)
      guild.members.delete(user.id)
      world.tell({ t: 'GUILD_MEMBER_REMOVE', d: { guild_id: id, user: { id: user.id } }, guildId: id })
    },
    setRoles: (user, roles) => {
      memberOf(guild, user).roles = roles.map((role) => role.id)
      world.tell({ t: 'GUILD_MEMBER_UPDATE', d: { ...memberWithUser(world, memberOf(guild, user)), guild_id: id }, guildId: id })
    },
    setBotPermissions: (permissions) => {
      botRole.permissions = bitsOf(permissions)
      world.tell({ t: 'GUILD_ROLE_UPDATE', d: { guild_id: id, role: rolePayload(botRole) }, guildId: id })
    },
    voice: {
      join,
      move: (user, channel) => join(user, channel),
      leave: (user) => leaveVoice(world, guild, user.id),
      switch: (user, switches) => switchVoice(world, guild, user.id, switches),
      silence: (user, change) => silence(world, guild, memberOf(guild, user), change),
    },
    setAfkChannel: (channel) => {
      guild.afkChannelId = channel.id
      world.tell({ t: 'GUILD_UPDATE', d: guildPayload(guild), guildId: id })
    },
    removeBot: () => leaveGuild(world, guild),
    addBot,
  }
}
