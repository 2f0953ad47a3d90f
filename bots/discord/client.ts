import { Client, type ClientOptions, GatewayIntentBits, Options } from 'discord.js'
import type { Config } from '../../src/kernel/config.ts'
import { keepLean } from './lean.ts'

/** A rate limit longer than this is not waited for inside a request, in milliseconds: whoever asked decides. */
const longestRateLimit = 5000

/** At a start, servers that don't arrive for this long are taken as unavailable and no longer waited for, in milliseconds. */
const longestWaitForServers = 2000

/**
 * A client that hears of servers and of who sits in which voice channel, and keeps little: servers, channels and roles as
 * discord.js needs them, voice states, and its own membership for the question what it may do. No intent is privileged.
 */
export function createClient({ discord }: Pick<Config, 'discord'>): Client {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildVoiceStates],
    ...shardsOf(discord),
    waitGuildTimeout: longestWaitForServers,
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits({
      ApplicationCommandManager: 0,
      ApplicationEmojiManager: 0,
      AutoModerationRuleManager: 0,
      BaseGuildEmojiManager: 0,
      DMMessageManager: 0,
      EntitlementManager: 0,
      GuildBanManager: 0,
      GuildEmojiManager: 0,
      GuildForumThreadManager: 0,
      GuildInviteManager: 0,
      GuildMemberManager: { maxSize: 0, keepOverLimit: (member) => member.id === member.client.user.id },
      GuildMessageManager: 0,
      GuildScheduledEventManager: 0,
      GuildStickerManager: 0,
      GuildTextThreadManager: 0,
      MessageManager: 0,
      PresenceManager: 0,
      ReactionManager: 0,
      ReactionUserManager: 0,
      StageInstanceManager: 0,
      ThreadManager: 0,
      ThreadMemberManager: 0,
      UserManager: { maxSize: 100, keepOverLimit: (user) => user.id === user.client.user.id },
    }),
    // A person who left voice is told as a state without a channel, which discord.js would keep for ever.
    sweepers: { voiceStates: { interval: 300, filter: () => (state) => state.channelId === null } },
    rest: { api: discord.apiUrl, cdn: discord.cdnUrl, rejectOnRateLimit: ({ retryAfter }) => retryAfter > longestRateLimit },
  })
  keepLean(client)
  return client
}

/** A number of shards alone means that this process holds them all. */
function shardsOf({ shards, shardCount }: Config['discord']): Pick<ClientOptions, 'shards' | 'shardCount'> {
  if (shardCount === null) return { shards: shards === 'auto' ? shards : [...shards] }
  return { shards: shards === 'auto' ? Array.from({ length: shardCount }, (_, shard) => shard) : [...shards], shardCount }
}
