/** Starts an interaction and sends INTERACTION_CREATE to the shard that hears of its place. */

import type { Interaction, Interactions, InteractionType } from '../interactions.ts'
import { isLoading, type Message } from '../messages.ts'
import { channelPayload, memberWithUser, userPayload } from '../payloads/guild.ts'
import { messagePayload } from '../payloads/message.ts'
import { may, permissionsIn } from '../permissions.ts'
import { type Channel, channelById, type Guild, guildOfChannel, type User, type World } from '../world.ts'
import { type Answer, answerOf } from './answers.ts'

/** A person in front of a channel. */
export type Person = { readonly world: World; readonly interactions: Interactions; readonly user: User }

const contexts = { guild: 0, directWithBot: 1 } as const

const placeFields = ({ world, user }: Person, guild: Guild | null, channel: Channel): object => {
  const member = guild?.members.get(user.id)
  if (!guild || !member)
    return {
      user: userPayload(user),
      context: contexts.directWithBot,
      authorizing_integration_owners: { 0: '0', ...(user.hasApp ? { 1: user.id } : {}) },
      channel: channelPayload(world, channel),
    }
  const permissions = permissionsIn(world, channel, user.id).toString()
  return {
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.locale, features: [] },
    guild_locale: guild.locale,
    member: { ...memberWithUser(world, member), permissions },
    context: contexts.guild,
    authorizing_integration_owners: { ...(guild.members.has(world.bot.id) ? { 0: guild.id } : {}), ...(user.hasApp ? { 1: user.id } : {}) },
    channel: { ...channelPayload(world, channel), permissions },
  }
}

export type Start = { readonly type: InteractionType; readonly data: object; readonly name?: string; readonly source?: Message | null }

const checkPlace = ({ world, user }: Person, channel: Channel): void => {
  channelById(world, channel.id)
  const guild = guildOfChannel(world, channel)
  if (!may(world, channel, user.id, 'ViewChannel')) throw new Error(`${user.name} cannot see #${channel.name}`)
  if (guild && !guild.members.has(world.bot.id) && !user.hasApp)
    throw new Error(`The bot is not in ${guild.name}, and ${user.name} has not installed it`)
}

/** Resolves with the first answer. Rejects when the person could not do this here, and when nobody answers in three seconds. */
export const interact = (person: Person, channel: Channel, { type, data, name, source = null }: Start): Promise<Answer> => {
  const { world, interactions, user } = person
  checkPlace(person, channel)
  const guild = guildOfChannel(world, channel)
  const interaction: Interaction = interactions.open({
    type,
    userId: user.id,
    channelId: channel.id,
    guildId: guild?.id ?? null,
    name: name ?? null,
    source,
  })
  const answer = answerOf(interaction)
  world.tell({
    t: 'INTERACTION_CREATE',
    d: {
      id: interaction.id,
      application_id: world.bot.id,
      token: interaction.token,
      type,
      version: 1,
      locale: user.locale,
      entitlements: [],
      entitlement_sku_ids: [],
      attachment_size_limit: 10 * 1024 * 1024,
      app_permissions: permissionsIn(world, channel, world.bot.id).toString(),
      channel_id: channel.id,
      data,
      ...placeFields(person, guild, channel),
      ...(source ? { message: messagePayload(world, source, 'rest') } : {}),
    },
    guildId: guild?.id ?? null,
  })
  return answer
}

/** The message as it is now, if the person still sees it. */
export const seenMessage = ({ world, user }: Person, message: Message): Channel => {
  const channel = channelById(world, message.channelId)
  const hidden = message.onlyFor !== null && message.onlyFor !== user.id
  if (channel.messages?.get(message.id) !== message || hidden) throw new Error(`${user.name} sees no such message (any more)`)
  if (isLoading(message)) throw new Error('The message is still loading')
  return channel
}
