import type { Json } from '../json.ts'
import { channelPart, messagePart } from '../payloads.ts'
import { type Channel, directChannel, type Message } from '../world.ts'
import { ApiError, type BotCall, type BotMethod, findChannel, findUser, flagArg, needScope, page, stringArg } from './method.ts'

const PREFIX = { public: 'channels', private: 'groups', im: 'im' } as const

/** The channel, once the scope of its kind is held: `channels:read`, `groups:read`, `im:read` and so on. */
function readable(call: BotCall, right: 'read' | 'history'): Channel {
  const channel = findChannel(call, stringArg(call.args, 'channel'))
  needScope(call.installation, `${PREFIX[channel.kind]}:${right}`)
  return channel
}

const seenMessage = (call: BotCall, message: Message, withMetadata: boolean): Json => ({
  ...messagePart(call.sim, call.team, message),
  ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
})

export const conversations: Readonly<Record<string, BotMethod>> = {
  'conversations.open': {
    token: 'bot',
    tier: 3,
    scopes: ['im:write', 'mpim:write'],
    run: (call) => {
      const known = stringArg(call.args, 'channel')
      const users = (stringArg(call.args, 'users') ?? '').split(',').filter((one) => one !== '')
      if (known !== null) return { channel: channelPart(call.sim, findChannel(call, known), call.installation.bot.id) }
      const [first] = users
      if (first === undefined) throw new ApiError('no_users_supplied')
      if (users.length > 1) throw new ApiError('method_not_supported_for_channel_type')
      if (findUser(call, first).isBot) throw new ApiError('cannot_dm_bot')
      const channel = directChannel(call.team, first, call.installation.bot.id)
      return { channel: flagArg(call.args, 'return_im') ? channelPart(call.sim, channel, call.installation.bot.id) : { id: channel.id } }
    },
  },
  'conversations.info': {
    token: 'bot',
    tier: 3,
    scopes: ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
    run: (call) => {
      const channel = readable(call, 'read')
      const count = flagArg(call.args, 'include_num_members') ? { num_members: channel.members.size } : {}
      return { channel: { ...channelPart(call.sim, channel, call.installation.bot.id), ...count } }
    },
  },
  'conversations.members': {
    token: 'bot',
    tier: 4,
    scopes: ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
    run: (call) => {
      const { items, next } = page([...readable(call, 'read').members], call.args, 100)
      return { members: items, ...next }
    },
  },
  'conversations.replies': {
    token: 'bot',
    tier: 3,
    scopes: ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
    run: (call) => {
      const channel = readable(call, 'history')
      if (!channel.members.has(call.installation.bot.id)) throw new ApiError('not_in_channel')
      const root = stringArg(call.args, 'ts')
      const oldest = Number(stringArg(call.args, 'oldest') ?? 0)
      const thread = channel.messages.filter((one) => one.onlyFor === null && (one.ts === root || one.threadTs === root))
      if (thread.length === 0) throw new ApiError('thread_not_found')
      const { items, next } = page(
        thread.filter((one) => one.ts === root || Number(one.ts) > oldest),
        call.args,
        1000,
      )
      const withMetadata = flagArg(call.args, 'include_all_metadata')
      return { messages: items.map((one) => seenMessage(call, one, withMetadata)), has_more: items.length < thread.length, ...next }
    },
  },
  'conversations.history': {
    token: 'bot',
    tier: 3,
    scopes: ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
    run: (call) => {
      const channel = readable(call, 'history')
      if (!channel.members.has(call.installation.bot.id)) throw new ApiError('not_in_channel')
      const oldest = Number(stringArg(call.args, 'oldest') ?? 0)
      const latest = Number(stringArg(call.args, 'latest') ?? Number.POSITIVE_INFINITY)
      const edge = flagArg(call.args, 'inclusive')
      const seen = channel.messages
        .filter((one) => one.onlyFor === null && (one.threadTs === null || one.threadTs === one.ts))
        .filter((one) => (edge ? Number(one.ts) >= oldest && Number(one.ts) <= latest : Number(one.ts) > oldest && Number(one.ts) < latest))
        .reverse()
      const { items, next } = page(seen, call.args, 100)
      const withMetadata = flagArg(call.args, 'include_all_metadata')
      const messages = items.map((one) => seenMessage(call, one, withMetadata))
      return { messages, has_more: items.length < seen.length && items.at(-1) !== seen.at(-1), ...next }
    },
  },
}
