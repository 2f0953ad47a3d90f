/** Guilds, channels, roles, people and voice states as Discord writes them down. */

import type { Channel, Guild, Member, Role, User, VoiceState, World } from '../world.ts'

export const channelTypes = { text: 0, direct: 1, voice: 2, category: 4, stage: 13 } as const

export const userPayload = (user: User) => ({
  id: user.id,
  username: user.name.toLowerCase().replaceAll(' ', '_'),
  global_name: user.name,
  discriminator: '0',
  avatar: null,
  bot: user.bot,
  public_flags: 0,
})

export const memberPayload = (member: Member) => ({
  nick: member.nick,
  roles: member.roles,
  joined_at: new Date(member.joinedAt).toISOString(),
  avatar: null,
  banner: null,
  premium_since: null,
  communication_disabled_until: null,
  deaf: member.deaf,
  mute: member.mute,
  pending: false,
  flags: 0,
})

export const memberWithUser = (world: World, member: Member) => ({
  ...memberPayload(member),
  user: userPayload(world.users.get(member.userId) ?? world.bot),
})

export const rolePayload = (role: Role) => ({
  id: role.id,
  name: role.name,
  permissions: role.permissions.toString(),
  position: role.position,
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  icon: null,
  unicode_emoji: null,
  managed: role.managed,
  mentionable: role.mentionable,
  flags: 0,
})

const overwritesOf = (channel: Channel) =>
  channel.overwrites.map(({ id, type, allow, deny }) => ({
    id,
    type: type === 'role' ? 0 : 1,
    allow: allow.toString(),
    deny: deny.toString(),
  }))

export const channelPayload = (world: World, channel: Channel) => {
  const shared = { id: channel.id, type: channelTypes[channel.type], flags: 0 }
  if (channel.type === 'direct') {
    const recipient = channel.recipientId ? world.users.get(channel.recipientId) : undefined
    return { ...shared, last_message_id: channel.lastMessageId, recipients: recipient ? [userPayload(recipient)] : [] }
  }
  const placed = {
    ...shared,
    guild_id: channel.guildId,
    name: channel.name,
    parent_id: channel.parentId,
    position: channel.position,
    permission_overwrites: overwritesOf(channel),
  }
  if (channel.type === 'category') return placed
  const chat = { ...placed, nsfw: false, rate_limit_per_user: 0, last_message_id: channel.lastMessageId }
  if (channel.type === 'text') return { ...chat, topic: channel.topic }
  return { ...chat, bitrate: 64_000, user_limit: channel.userLimit, rtc_region: null, status: channel.status }
}

export const voiceStatePayload = (world: World, guild: Guild, state: VoiceState, channelId: string | null = state.channelId) => {
  const member = guild.members.get(state.userId)
  return {
    guild_id: guild.id,
    channel_id: channelId,
    user_id: state.userId,
    ...(member ? { member: memberWithUser(world, member) } : {}),
    session_id: state.sessionId,
    deaf: member?.deaf ?? false,
    mute: member?.mute ?? false,
    self_deaf: state.selfDeaf,
    self_mute: state.selfMute,
    self_video: state.selfVideo,
    // Discord leaves it out where nothing is shared.
    ...(state.selfStream ? { self_stream: true } : {}),
    suppress: state.suppress,
    request_to_speak_timestamp: null,
  }
}

export const guildPayload = (guild: Guild) => ({
  id: guild.id,
  name: guild.name,
  icon: null,
  splash: null,
  discovery_splash: null,
  owner_id: guild.ownerId,
  afk_channel_id: guild.afkChannelId,
  afk_timeout: 300,
  verification_level: 1,
  default_message_notifications: 1,
  explicit_content_filter: 0,
  roles: [...guild.roles.values()].map(rolePayload),
  emojis: [],
  stickers: [],
  features: [],
  mfa_level: 0,
  application_id: null,
  system_channel_id: null,
  system_channel_flags: 0,
  rules_channel_id: null,
  max_members: 500_000,
  vanity_url_code: null,
  description: null,
  banner: null,
  premium_tier: 0,
  premium_subscription_count: 0,
  preferred_locale: guild.locale,
  public_updates_channel_id: null,
  nsfw_level: 0,
  premium_progress_bar_enabled: false,
  safety_alerts_channel_id: null,
})

/** GUILD_CREATE. Without the privileged intents its members are the bot and whoever sits in a voice channel. */
export const guildCreatePayload = (world: World, guild: Guild, allMembers: boolean) => {
  const near = [...guild.members.values()].filter(({ userId }) => allMembers || userId === world.bot.id || guild.voiceStates.has(userId))
  return {
    ...guildPayload(guild),
    joined_at: new Date(guild.members.get(world.bot.id)?.joinedAt ?? 0).toISOString(),
    large: guild.members.size > 50,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [...guild.voiceStates.values()].map((state) => voiceStatePayload(world, guild, state)),
    members: near.map((member) => memberWithUser(world, member)),
    channels: [...guild.channels.values()].map((channel) => channelPayload(world, channel)),
    threads: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  }
}
