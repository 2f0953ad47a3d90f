/** Messages as Discord writes them down. */

import type { Attachment } from '../attachments.ts'
import type { Message } from '../messages.ts'
import type { Component } from '../rules/components.ts'
import { messageIn, type World } from '../world.ts'
import { memberPayload, userPayload } from './guild.ts'

const attachmentPayload = ({ id, filename, size, type, url, description }: Attachment) => ({
  id,
  filename,
  size,
  content_type: type,
  url,
  proxy_url: url,
  ...(description ? { description } : {}),
})

/** Addresses of uploaded files take the place of `attachment://name`. */
const resolved = (message: Message, url: string): string => {
  if (!url.startsWith('attachment://')) return url
  return message.attachments.find((attachment) => attachment.filename === url.slice('attachment://'.length))?.url ?? url
}

const withAddresses = <T>(message: Message, value: T): T =>
  message.attachments.length === 0
    ? value
    : (JSON.parse(JSON.stringify(value), (key, inner) =>
        key === 'url' && typeof inner === 'string' ? resolved(message, inner) : inner,
      ) as T)

const interactionMetadata = (world: World, message: Message) => {
  const { interaction } = message
  const user = interaction && world.users.get(interaction.userId)
  if (!interaction || !user) return {}
  return {
    interaction_metadata: {
      id: interaction.id,
      type: interaction.type,
      user: userPayload(user),
      ...(interaction.name ? { name: interaction.name } : {}),
      authorizing_integration_owners: message.guildId ? { 0: message.guildId } : { 1: user.id },
    },
    webhook_id: world.bot.id,
    application_id: world.bot.id,
  }
}

const guildFields = (world: World, message: Message) => {
  const guild = message.guildId ? world.guilds.get(message.guildId) : undefined
  const author = guild?.members.get(message.authorId)
  return guild ? { guild_id: guild.id, ...(author ? { member: memberPayload(author) } : {}) } : {}
}

const reference = (world: World, message: Message): object => {
  const channel = world.channels.get(message.channelId)
  if (!message.repliesTo || !channel?.messages?.has(message.repliesTo)) return {}
  return {
    message_reference: { message_id: message.repliesTo, channel_id: message.channelId },
    referenced_message: messagePayload(world, { ...messageIn(channel, message.repliesTo), repliesTo: null }, 'rest'),
  }
}

/** `gateway` adds the guild and the author's membership, as the events do. */
export const messagePayload = (world: World, message: Message, seenBy: 'rest' | 'gateway') => {
  const author = world.users.get(message.authorId) ?? world.bot
  return {
    id: message.id,
    channel_id: message.channelId,
    type: message.interaction?.type === 2 ? 20 : message.repliesTo ? 19 : 0,
    author: userPayload(author),
    content: message.content,
    embeds: withAddresses(
      message,
      message.embeds.map((embed) => ({ type: 'rich', ...embed })),
    ),
    components: withAddresses<readonly Component[]>(message, message.components),
    attachments: message.attachments.map(attachmentPayload),
    mentions: message.pings.users.flatMap((id) => {
      const user = world.users.get(id)
      return user ? [userPayload(user)] : []
    }),
    mention_roles: message.pings.roles,
    mention_everyone: message.pings.everyone,
    timestamp: new Date(message.createdAt).toISOString(),
    edited_timestamp: message.editedAt === null ? null : new Date(message.editedAt).toISOString(),
    flags: message.flags,
    pinned: message.pinned,
    tts: false,
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...interactionMetadata(world, message),
    ...reference(world, message),
    ...(seenBy === 'gateway' ? guildFields(world, message) : {}),
  }
}
