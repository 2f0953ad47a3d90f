/** Guilds, their channels, members and roles. */

import { z } from 'zod'
import { deleteChannel, leaveGuild, newChannel, putChannel } from '../channels.ts'
import { refusal } from '../errors.ts'
import {
  channelPayload,
  channelTypes,
  guildPayload,
  memberWithUser,
  rolePayload,
  userPayload,
  voiceStatePayload,
} from '../payloads/guild.ts'
import { demand, may } from '../permissions.ts'
import { checked, snowflake, text } from '../rules/fields.ts'
import { joinVoice, leaveVoice, silence } from '../voice.ts'
import { type Channel, type ChannelType, channelById, type Guild, guildOfBot, openDirectChannel, userById } from '../world.ts'
import { type Call, type Route, route } from './route.ts'

const guildOf = ({ world, param }: Call): Guild => guildOfBot(world, param('guild'))
const channelOf = ({ world, param }: Call): Channel => channelById(world, param('channel'))

const overwrites = z
  .array(
    z.object({
      id: snowflake,
      type: z.number().int().min(0).max(1),
      allow: z.coerce.bigint().default(0n),
      deny: z.coerce.bigint().default(0n),
    }),
  )
  .nullish()
const changes = {
  topic: text(0, 1024).nullish(),
  parent_id: snowflake.nullish(),
  position: z.number().int().nullish(),
  user_limit: z.number().int().min(0).max(99).nullish(),
  permission_overwrites: overwrites,
}
const channelChanges = z.object({ name: text(1, 100).optional(), ...changes })
const channelBody = z.object({ name: text(1, 100), type: z.number().int().nullish(), ...changes })

const apply = (channel: Channel, body: z.infer<typeof channelChanges>): void => {
  if (body.name !== undefined) channel.name = body.name
  if (body.topic !== undefined) channel.topic = body.topic
  if (body.parent_id !== undefined) channel.parentId = body.parent_id
  if (body.position != null) channel.position = body.position
  if (body.user_limit != null) channel.userLimit = body.user_limit
  if (body.permission_overwrites)
    channel.overwrites = body.permission_overwrites.map(({ id, type, allow, deny }) => ({
      id,
      type: type === 0 ? 'role' : 'member',
      allow,
      deny,
    }))
}

const isMade = (type: string): type is Exclude<ChannelType, 'direct'> => type !== 'direct' && Object.hasOwn(channelTypes, type)

const addChannel = (call: Call): object => {
  const { world } = call
  const guild = guildOf(call)
  const body = checked(channelBody, call.body)
  const type = Object.entries(channelTypes).find(([, number]) => number === (body.type ?? 0))?.[0]
  if (type === undefined || !isMade(type)) throw refusal('notForThisChannelType')
  const channel = newChannel(world, guild, { name: body.name, type })
  apply(channel, body)
  demand(world, channel, 'ManageChannels')
  putChannel(world, guild, channel)
  return channelPayload(world, channel)
}

const changeChannel = (call: Call): object => {
  const { world } = call
  const channel = channelOf(call)
  demand(world, channel, 'ManageChannels')
  apply(channel, checked(channelChanges, call.body))
  const payload = channelPayload(world, channel)
  world.tell({ t: 'CHANNEL_UPDATE', d: payload, guildId: channel.guildId })
  return payload
}

const removeChannel = (call: Call): object => {
  const { world } = call
  const channel = channelOf(call)
  demand(world, channel, 'ManageChannels')
  const payload = channelPayload(world, channel)
  deleteChannel(world, channel)
  return payload
}

/** Discord counts new names and topics apart: two in ten minutes. */
const renaming = (body: unknown) =>
  typeof body === 'object' && body !== null && ('name' in body || 'topic' in body) ? { limit: 2, ms: 10 * 60_000 } : null

const setVoiceStatus = (call: Call): undefined => {
  const { world } = call
  const channel = channelOf(call)
  if (channel.type !== 'voice') throw refusal('notForThisChannelType')
  const connected = world.guilds.get(channel.guildId ?? '')?.voiceStates.get(world.bot.id)?.channelId === channel.id
  demand(world, channel, 'SetVoiceChannelStatus', ...(connected ? [] : (['ManageChannels'] as const)))
  channel.status = checked(z.object({ status: text(0, 500).nullish() }), call.body).status || null
  world.tell({
    t: 'VOICE_CHANNEL_STATUS_UPDATE',
    d: { id: channel.id, guild_id: channel.guildId, status: channel.status },
    guildId: channel.guildId,
  })
}

const readChannel = (call: Call): object => {
  const channel = channelOf(call)
  if (!may(call.world, channel, call.world.bot.id, 'ViewChannel')) throw refusal('missingAccess')
  return channelPayload(call.world, channel)
}

const member = (call: Call): object => {
  const found = guildOf(call).members.get(call.param('user'))
  if (!found) throw refusal('unknownMember')
  return memberWithUser(call.world, found)
}

const memberChanges = z.object({
  mute: z.boolean().nullish(),
  deaf: z.boolean().nullish(),
  channel_id: snowflake.nullish(),
})

/** Mutes, deafens, moves or throws out of voice: only whoever sits there, and each with a permission of its own in that channel. */
const changeMember = (call: Call): object => {
  const { world } = call
  const guild = guildOf(call)
  const found = guild.members.get(call.param('user'))
  if (!found) throw refusal('unknownMember')
  const { mute, deaf, channel_id: to } = checked(memberChanges, call.body)
  const state = guild.voiceStates.get(found.userId)
  if (!state) throw refusal('noVoiceConnection')
  const channel = channelById(world, state.channelId)
  const needed = [...(mute == null ? [] : ['MuteMembers' as const]), ...(deaf == null ? [] : ['DeafenMembers' as const])]
  demand(world, channel, ...needed, ...(to === undefined ? [] : (['MoveMembers'] as const)))
  silence(world, guild, found, { ...(mute == null ? {} : { mute }), ...(deaf == null ? {} : { deaf }) })
  if (to === null) leaveVoice(world, guild, found.userId)
  else if (to !== undefined) joinVoice(world, guild, found.userId, channelById(world, to))
  return memberWithUser(world, found)
}

const role = (call: Call): object => {
  const found = guildOf(call).roles.get(call.param('role'))
  if (!found) throw refusal('unknownRole')
  return rolePayload(found)
}

const voiceState = (call: Call): object => {
  const guild = guildOf(call)
  const user = call.param('user')
  const state = guild.voiceStates.get(user === '@me' ? call.world.bot.id : user)
  if (!state) throw refusal('noVoiceConnection')
  return voiceStatePayload(call.world, guild, state)
}

const openDirect = (call: Call): object => {
  const { world } = call
  const { recipient_id: recipient } = checked(z.object({ recipient_id: snowflake }), call.body)
  return channelPayload(world, openDirectChannel(world, userById(world, recipient)))
}

export const guildRoutes: readonly Route[] = [
  route('GET', '/users/@me', ({ world }) => userPayload(world.bot)),
  route('POST', '/users/@me/channels', openDirect),
  route('GET', '/users/@me/guilds', ({ world }) =>
    [...world.guilds.values()]
      .filter((guild) => guild.members.has(world.bot.id))
      .map(({ id, name }) => ({ id, name, icon: null, owner: false, features: [] })),
  ),
  route('DELETE', '/users/@me/guilds/{guild}', (call) => leaveGuild(call.world, guildOf(call)) as undefined),
  route('GET', '/users/{user}', ({ world, param }) => userPayload(userById(world, param('user')))),
  route('GET', '/channels/{channel}', readChannel),
  route('PATCH', '/channels/{channel}', changeChannel, { sublimit: renaming }),
  route('DELETE', '/channels/{channel}', removeChannel),
  route('PUT', '/channels/{channel}/voice-status', setVoiceStatus),
  route('GET', '/guilds/{guild}', (call) => ({ ...guildPayload(guildOf(call)), approximate_member_count: guildOf(call).members.size })),
  route('GET', '/guilds/{guild}/channels', (call) =>
    [...guildOf(call).channels.values()].map((channel) => channelPayload(call.world, channel)),
  ),
  route('POST', '/guilds/{guild}/channels', addChannel),
  route('GET', '/guilds/{guild}/roles', (call) => [...guildOf(call).roles.values()].map(rolePayload)),
  route('GET', '/guilds/{guild}/roles/{role}', role),
  route('GET', '/guilds/{guild}/members/{user}', member),
  route('PATCH', '/guilds/{guild}/members/{user}', changeMember),
  route('GET', '/guilds/{guild}/voice-states/{user}', voiceState),
]
