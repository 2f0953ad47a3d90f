import { messagePart } from '../payloads.ts'
import { addMessage, type Channel, directChannel, type Message, newTs, removeMessage, replaceMessage } from '../world.ts'
import { composeMessage } from './compose.ts'
import { ApiError, type BotCall, type BotMethod, findChannel, findUser, stringArg } from './method.ts'

const write = { token: 'bot', scopes: ['chat:write'] } as const

/** A channel to write in; a user id means the direct conversation with that person. */
function writableChannel(call: BotCall): Channel {
  const id = stringArg(call.args, 'channel')
  const bot = call.installation.bot.id
  if (id?.startsWith('U')) return directChannel(call.team, findUser(call, id).id, bot)
  const channel = findChannel(call, id)
  if (channel.archived) throw new ApiError('is_archived')
  if (!channel.members.has(bot) && !call.installation.scopes.has('chat:write.public')) throw new ApiError('not_in_channel')
  return channel
}

function ownMessage(call: BotCall, notMine: string): { readonly channel: Channel; readonly message: Message } {
  const channel = findChannel(call, stringArg(call.args, 'channel'))
  const ts = stringArg(call.args, 'ts')
  const message = channel.messages.findLast((one) => one.ts === ts && one.onlyFor === null)
  if (!message) throw new ApiError('message_not_found')
  if (message.author !== call.installation.bot.id) throw new ApiError(notMine)
  return { channel, message }
}

function holdRate(call: BotCall, channel: Channel): void {
  const wait = call.sim.limits.waitForChannel(channel.id)
  if (wait > 0) throw new ApiError('ratelimited', {}, wait)
}

function announce(call: BotCall, what: 'posted' | 'updated' | 'deleted', message: Message): void {
  call.sim.deeds.announce({ what, team: call.team.id, channel: message.channel, user: message.onlyFor, message, view: null, via: null })
}

export const chat: Readonly<Record<string, BotMethod>> = {
  'chat.postMessage': {
    ...write,
    tier: 'special',
    run: (call) => {
      const channel = writableChannel(call)
      const content = composeMessage(call, call.args, channel.id)
      const threadTs = stringArg(call.args, 'thread_ts')
      if (threadTs !== null && !channel.messages.some((one) => one.ts === threadTs)) throw new ApiError('thread_not_found')
      holdRate(call, channel)
      const message: Message = {
        ...content,
        ts: newTs(call.sim.world, call.sim.now()),
        channel: channel.id,
        author: call.installation.bot.id,
        threadTs,
        onlyFor: null,
        edited: false,
      }
      addMessage(channel, message)
      announce(call, 'posted', message)
      return { channel: channel.id, ts: message.ts, message: messagePart(call.sim, call.team, message) }
    },
  },
  'chat.postEphemeral': {
    ...write,
    tier: 4,
    run: (call) => {
      const channel = writableChannel(call)
      const user = findUser(call, stringArg(call.args, 'user'))
      if (!channel.members.has(user.id)) throw new ApiError('user_not_in_channel')
      const ts = newTs(call.sim.world, call.sim.now())
      const message: Message = {
        ...composeMessage(call, call.args, null),
        ts,
        channel: channel.id,
        author: call.installation.bot.id,
        threadTs: stringArg(call.args, 'thread_ts'),
        onlyFor: user.id,
        edited: false,
      }
      addMessage(channel, message)
      announce(call, 'posted', message)
      return { message_ts: ts }
    },
  },
  'chat.update': {
    ...write,
    tier: 3,
    run: (call) => {
      const { channel, message } = ownMessage(call, 'cant_update_message')
      const next: Message = { ...message, ...composeMessage(call, call.args, channel.id), edited: true }
      replaceMessage(channel, next)
      announce(call, 'updated', next)
      return { channel: channel.id, ts: next.ts, text: next.text, message: messagePart(call.sim, call.team, next) }
    },
  },
  'chat.delete': {
    ...write,
    tier: 3,
    run: (call) => {
      const { channel, message } = ownMessage(call, 'cant_delete_message')
      removeMessage(channel, message.ts)
      announce(call, 'deleted', message)
      return { channel: channel.id, ts: message.ts }
    },
  },
}
