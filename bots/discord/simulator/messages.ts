/** Messages: written, edited, deleted, and told to those who listen. */

import { MessageFlags } from 'discord.js'
import { type Attachment, dropFiles, keptAttachments, store, type Upload } from './attachments.ts'
import { invalidField } from './errors.ts'
import { pingsOf, wordsOf } from './mentions.ts'
import { messagePayload } from './payloads/message.ts'
import { allComponents, type Component, type TopLevel } from './rules/components.ts'
import { checkDraft, checkMentions, type Embed, type MessageBody } from './rules/messages.ts'
import { type Channel, guildOfChannel, type World } from './world.ts'

export type AllComponents = readonly Component[]
export type Pings = { readonly users: readonly string[]; readonly roles: readonly string[]; readonly everyone: boolean }
export type Message = {
  readonly id: string
  readonly channelId: string
  readonly guildId: string | null
  readonly authorId: string
  /** The only person who sees it, when it is ephemeral. */
  readonly onlyFor: string | null
  readonly createdAt: number
  readonly nonce: string | number | null
  readonly repliesTo: string | null
  /** Set on what answers an interaction. */
  readonly interaction: { readonly id: string; readonly type: number; readonly userId: string; readonly name: string | null } | null
  content: string
  embeds: readonly Embed[]
  components: readonly TopLevel[]
  attachments: readonly Attachment[]
  flags: number
  editedAt: number | null
  pinned: boolean
  /** Who was notified when it appeared. Edits notify nobody. */
  pings: Pings
}

/** How many messages a channel keeps: enough for any test, and a bench can't fill the memory. */
const kept = 1000
/** How long a nonce makes a second request the same message: "the past few minutes". */
const nonceWindow = 3 * 60_000
const settable = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2
const nobody: Pings = { users: [], roles: [], everyone: false }

/** Gives every component the number that Discord gives when the sender did not. */
const numbered = (components: readonly TopLevel[]): readonly TopLevel[] => {
  const parts = allComponents(components)
  const taken = new Set(parts.map((part) => part.id))
  let next = 1
  for (const part of parts) {
    if (part.id) continue
    while (taken.has(next)) next += 1
    part.id = next
    next += 1
  }
  return components
}

const withNonce = (world: World, channel: Channel, body: MessageBody): Message | undefined => {
  if (body.nonce == null || !body.enforce_nonce) return undefined
  return [...(channel.messages?.values() ?? [])].findLast(
    (message) =>
      message.authorId === world.bot.id && String(message.nonce) === String(body.nonce) && world.now() - message.createdAt < nonceWindow,
  )
}

export type Origin = {
  readonly authorId: string
  readonly onlyFor?: string | null
  readonly interaction?: Message['interaction']
  readonly loading?: boolean
}

const announce = (world: World, t: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE', message: Message): void => {
  const channel = world.channels.get(message.channelId)
  if (message.onlyFor === null && channel)
    world.tell({ t, d: messagePayload(world, message, 'gateway'), guildId: message.guildId, direct: message.guildId === null })
  for (const watch of world.watchers) watch(message, t === 'MESSAGE_CREATE' ? 'created' : 'edited')
}

/** Writes a message into a channel. The same enforced nonce gives the message that is already there. */
export const createMessage = (
  world: World,
  channel: Channel,
  origin: Origin,
  body: MessageBody,
  uploads: readonly Upload[] = [],
): Message => {
  const known = withNonce(world, channel, body)
  if (known) return known
  const flags = (body.flags ?? 0) & settable
  const content = body.content ?? ''
  const components = body.components ?? []
  if (!origin.loading) {
    checkMentions(body.allowed_mentions)
    checkDraft({ content, embeds: body.embeds ?? [], components, flags, fileNames: uploads.map((upload) => upload.name) })
  }
  const onlyFor = origin.onlyFor ?? null
  const replied = body.message_reference?.message_id ?? null
  if (replied && body.message_reference?.fail_if_not_exists !== false && !channel.messages?.has(replied))
    throw invalidField(['message_reference'], 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', 'Unknown message')
  const id = world.nextId()
  const message: Message = {
    id,
    channelId: channel.id,
    guildId: guildOfChannel(world, channel)?.id ?? null,
    authorId: origin.authorId,
    onlyFor,
    createdAt: world.now(),
    nonce: body.nonce ?? null,
    repliesTo: replied,
    interaction: origin.interaction ?? null,
    content,
    embeds: body.embeds ?? [],
    components: numbered(components),
    attachments: store(world, channel, id, uploads, body),
    flags: flags | (onlyFor ? MessageFlags.Ephemeral : 0) | (origin.loading ? MessageFlags.Loading : 0),
    editedAt: null,
    pinned: false,
    pings: onlyFor ? nobody : pingsOf(world, channel, origin.authorId, wordsOf(content, allComponents(components)), body.allowed_mentions),
  }
  channel.messages ??= new Map()
  channel.messages.set(id, message)
  if (onlyFor === null) channel.lastMessageId = id
  if (channel.messages.size > kept) forget(world, channel)
  announce(world, 'MESSAGE_CREATE', message)
  return message
}

const forget = (world: World, channel: Channel): void => {
  for (const oldest of channel.messages?.values() ?? []) {
    channel.messages?.delete(oldest.id)
    dropFiles(world, oldest, oldest.attachments)
    return
  }
}

/** Edits: an absent field stays. Components V2, once chosen, can't be left. */
export const editMessage = (
  world: World,
  channel: Channel,
  message: Message,
  body: MessageBody,
  uploads: readonly Upload[] = [],
): Message => {
  checkMentions(body.allowed_mentions)
  const remaining = keptAttachments(message, body)
  const draft = {
    content: body.content === undefined ? message.content : (body.content ?? ''),
    embeds: body.embeds === undefined ? message.embeds : (body.embeds ?? []),
    components: body.components === undefined ? message.components : (body.components ?? []),
    flags: ((body.flags ?? 0) & settable) | (message.flags & ~MessageFlags.Loading),
    fileNames: [...remaining.map((attachment) => attachment.filename), ...uploads.map((upload) => upload.name)],
  }
  checkDraft(draft)
  dropFiles(
    world,
    message,
    message.attachments.filter((attachment) => !remaining.includes(attachment)),
  )
  message.content = draft.content
  message.embeds = draft.embeds
  message.components = numbered(draft.components)
  message.flags = draft.flags
  message.attachments = [...remaining, ...store(world, channel, message.id, uploads, body)]
  message.editedAt = world.now()
  announce(world, 'MESSAGE_UPDATE', message)
  return message
}

export const deleteMessage = (world: World, channel: Channel, message: Message): void => {
  channel.messages?.delete(message.id)
  dropFiles(world, message, message.attachments)
  const { guildId } = message
  if (message.onlyFor === null)
    world.tell({
      t: 'MESSAGE_DELETE',
      d: { id: message.id, channel_id: channel.id, ...(guildId ? { guild_id: guildId } : {}) },
      guildId,
      direct: guildId === null,
    })
  for (const watch of world.watchers) watch(message, 'deleted')
}

export const isLoading = (message: Message): boolean => (message.flags & MessageFlags.Loading) !== 0
