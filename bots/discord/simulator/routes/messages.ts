/** /channels/{channel}/messages: what the bot writes, edits, deletes, pins. */

import { z } from 'zod'
import { refusal } from '../errors.ts'
import { createMessage, deleteMessage, editMessage, type Message } from '../messages.ts'
import { messagePayload } from '../payloads/message.ts'
import { demand, type Permission } from '../permissions.ts'
import { checked } from '../rules/fields.ts'
import { messageBody } from '../rules/messages.ts'
import { type Channel, channelById, messageIn, type World } from '../world.ts'
import { type Call, type Route, route } from './route.ts'

const fivePer5s = { limit: 5, ms: 5000 }

const channelOf = ({ world, param }: Call): Channel => channelById(world, param('channel'))

/** Voice channels are written into by those who may connect. */
const demandHere = (world: World, channel: Channel, ...permissions: readonly Permission[]): void =>
  demand(world, channel, ...permissions, ...(channel.type === 'voice' ? (['Connect'] as const) : []))

const existing = (call: Call, channel: Channel): Message => {
  const message = messageIn(channel, call.param('message'))
  // Bots reach ephemeral messages through the interaction's token only.
  if (message.onlyFor !== null) throw refusal('unknownMessage')
  return message
}

const reachable = (world: World, channel: Channel): void => {
  if (channel.recipientId === null) return
  const recipient = world.users.get(channel.recipientId)
  const mutual = [...world.guilds.values()].some((guild) => guild.members.has(world.bot.id) && guild.members.has(channel.recipientId ?? ''))
  if (!mutual && !recipient?.hasApp) throw refusal('noMutualGuilds')
  if (!recipient?.acceptsDirectMessages) throw refusal('closedDirectMessages')
}

const write = (call: Call): object => {
  const { world, uploads } = call
  const channel = channelOf(call)
  if (channel.type === 'category') throw refusal('notForThisChannelType')
  demandHere(world, channel, 'SendMessages', ...(uploads.length ? (['AttachFiles'] as const) : []))
  reachable(world, channel)
  const body = checked(messageBody, call.body)
  if (body.message_reference) demandHere(world, channel, 'ReadMessageHistory')
  return messagePayload(world, createMessage(world, channel, { authorId: world.bot.id }, body, uploads), 'rest')
}

const edit = (call: Call): object => {
  const { world } = call
  const channel = channelOf(call)
  demandHere(world, channel)
  const message = existing(call, channel)
  if (message.authorId !== world.bot.id) throw refusal('foreignMessage')
  return messagePayload(world, editMessage(world, channel, message, checked(messageBody, call.body), call.uploads), 'rest')
}

const remove = (call: Call): undefined => {
  const { world } = call
  const channel = channelOf(call)
  demandHere(world, channel)
  const message = existing(call, channel)
  if (message.authorId !== world.bot.id) demandHere(world, channel, 'ManageMessages')
  deleteMessage(world, channel, message)
}

const read = (call: Call): object => {
  const channel = channelOf(call)
  demandHere(call.world, channel, 'ReadMessageHistory')
  return messagePayload(call.world, existing(call, channel), 'rest')
}

const list = (call: Call): object => {
  const { world, query } = call
  const channel = channelOf(call)
  demandHere(world, channel)
  const limit = checked(z.coerce.number().int().min(1).max(100), query.get('limit') ?? 50)
  const before = BigInt(query.get('before') ?? '18446744073709551615')
  const after = BigInt(query.get('after') ?? 0)
  const inside = [...(channel.messages?.values() ?? [])].filter(
    (message) => message.onlyFor === null && BigInt(message.id) < before && BigInt(message.id) > after,
  )
  const page = query.has('after') ? inside.slice(0, limit) : inside.slice(-limit)
  return page.reverse().map((message) => messagePayload(world, message, 'rest'))
}

const pin =
  (pinned: boolean) =>
  (call: Call): undefined => {
    const { world } = call
    const channel = channelOf(call)
    demandHere(world, channel, 'PinMessages')
    const message = existing(call, channel)
    message.pinned = pinned
    world.tell({
      t: 'CHANNEL_PINS_UPDATE',
      d: { channel_id: channel.id, guild_id: channel.guildId ?? undefined },
      guildId: channel.guildId,
    })
  }

export const messageRoutes: readonly Route[] = [
  route('POST', '/channels/{channel}/messages', write, { window: fivePer5s }),
  route('PATCH', '/channels/{channel}/messages/{message}', edit, { window: fivePer5s }),
  route('DELETE', '/channels/{channel}/messages/{message}', remove, { window: { limit: 5, ms: 1000 } }),
  route('GET', '/channels/{channel}/messages/{message}', read),
  route('GET', '/channels/{channel}/messages', list),
  route('PUT', '/channels/{channel}/messages/pins/{message}', pin(true)),
  route('DELETE', '/channels/{channel}/messages/pins/{message}', pin(false)),
  route('PUT', '/channels/{channel}/pins/{message}', pin(true)),
  route('DELETE', '/channels/{channel}/pins/{message}', pin(false)),
  route('POST', '/channels/{channel}/typing', (call) => demandHere(call.world, channelOf(call), 'SendMessages') as undefined, {
    window: fivePer5s,
  }),
]
