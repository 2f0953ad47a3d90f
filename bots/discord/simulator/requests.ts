/** What a bot asks for through the gateway: to sit in a voice channel, to see the members of a guild. */

import { z } from 'zod'
import { memberWithUser } from './payloads/guild.ts'
import { may } from './permissions.ts'
import { type Session, tellSession } from './sessions.ts'
import { joinVoice, leaveVoice } from './voice.ts'
import { type Channel, type Guild, isHeardIn, type World } from './world.ts'

const voiceState = z.object({ guild_id: z.string(), channel_id: z.string().nullable(), self_mute: z.boolean(), self_deaf: z.boolean() })

/** The bot joins, moves or leaves, as far as it may and there is room; it is told nothing where not. */
export const setOwnVoiceState = (world: World, d: unknown): void => {
  const read = voiceState.safeParse(d)
  const guild = read.success ? world.guilds.get(read.data.guild_id) : undefined
  if (!read.success || !guild?.members.has(world.bot.id)) return
  const { channel_id: channelId, self_mute: selfMute, self_deaf: selfDeaf } = read.data
  if (channelId === null) {
    leaveVoice(world, guild, world.bot.id)
    return
  }
  const channel = guild.channels.get(channelId)
  if (channel === undefined || !isHeardIn(channel) || !may(world, channel, world.bot.id, 'Connect')) return
  if (isFull(guild, channel, world.bot.id) && !may(world, channel, world.bot.id, 'MoveMembers')) return
  joinVoice(world, guild, world.bot.id, channel, { selfMute, selfDeaf })
  const sessionId = guild.voiceStates.get(world.bot.id)?.sessionId ?? ''
  world.invite(guild, channel, sessionId)
}

const isFull = (guild: Guild, channel: Channel, userId: string): boolean => {
  const others = [...guild.voiceStates.values()].filter((state) => state.channelId === channel.id && state.userId !== userId)
  return channel.userLimit > 0 && others.length >= channel.userLimit
}

const members = z.object({
  guild_id: z.string(),
  query: z.string().optional(),
  limit: z.number().int().min(0).default(0),
  user_ids: z.union([z.string(), z.array(z.string()).max(100)]).optional(),
  nonce: z.string().optional(),
})

export const requestMembers = (world: World, session: Session, d: unknown): void => {
  const read = members.safeParse(d)
  const guild = read.success ? world.guilds.get(read.data.guild_id) : undefined
  if (!read.success || !guild) return
  const { query, limit, user_ids: wanted, nonce } = read.data
  const ids = wanted === undefined ? null : [wanted].flat()
  const all = [...guild.members.values()]
  const named = all.filter(({ userId }) =>
    world.users
      .get(userId)
      ?.name.toLowerCase()
      .startsWith((query ?? '').toLowerCase()),
  )
  const found = ids ? all.filter(({ userId }) => ids.includes(userId)) : limit > 0 ? named.slice(0, Math.min(limit, 100)) : named
  const chunks = Math.max(1, Math.ceil(found.length / 1000))
  for (let index = 0; index < chunks; index += 1)
    tellSession(
      session,
      'GUILD_MEMBERS_CHUNK',
      JSON.stringify({
        guild_id: guild.id,
        members: found.slice(index * 1000, (index + 1) * 1000).map((member) => memberWithUser(world, member)),
        chunk_index: index,
        chunk_count: chunks,
        not_found: ids?.filter((id) => !guild.members.has(id)) ?? [],
        ...(nonce ? { nonce } : {}),
      }),
    )
}
