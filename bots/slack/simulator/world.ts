import { randomBytes } from 'node:crypto'
import type { Json } from './json.ts'
import type { Mentions } from './mrkdwn.ts'
import type { OwnState } from './own-state.ts'

/** A person or a bot of one team. Slack ids begin with U. */
export type User = {
  readonly id: string
  readonly team: string
  /** The handle after the @. */
  readonly name: string
  readonly realName: string
  readonly locale: string
  readonly tz: string
  readonly isAdmin: boolean
  readonly isOwner: boolean
  readonly isRestricted: boolean
  readonly isBot: boolean
}

/** A message as it stands. It never changes: an edit puts another in its place, so whoever held it still holds what was seen. */
export type Message = {
  readonly ts: string
  readonly channel: string
  readonly author: string
  readonly text: string
  readonly blocks: readonly Json[]
  readonly threadTs: string | null
  /** The only person who sees an ephemeral message; null for all others. */
  readonly onlyFor: string | null
  readonly edited: boolean
  readonly mentions: Mentions
  readonly metadata: Json | null
  readonly unfurlsLinks: boolean
}

export type Channel = {
  readonly id: string
  readonly team: string
  readonly name: string
  readonly kind: 'public' | 'private' | 'im'
  readonly members: Set<string>
  archived: boolean
  readonly messages: Message[]
}

/** An open modal or a published home. `spec` is what the app sent; `values` is the state the person has filled in so far. */
export type View = {
  readonly id: string
  readonly team: string
  readonly user: string
  readonly hash: string
  readonly spec: Json
  readonly rootId: string
  readonly previousId: string | null
  readonly values: ViewValues
  readonly mentions: Mentions
}

/** block_id → action_id → what the person put there. */
export type ViewValues = { readonly [block: string]: { readonly [action: string]: Json } }

export type Installation = {
  readonly token: string
  readonly bot: User
  readonly botId: string
  readonly scopes: ReadonlySet<string>
  readonly installer: string
}

export type Team = {
  readonly id: string
  readonly name: string
  readonly domain: string
  readonly users: Map<string, User>
  readonly channels: Map<string, Channel>
  installation: Installation | null
  /** The modals a person has open, the top one last. */
  readonly modals: Map<string, readonly View[]>
  readonly homes: Map<string, View>
  /** What people show of themselves, by user. */
  readonly states: Map<string, OwnState>
}

/** A person's own token, given to the app with `user_scope`. */
export type UserToken = { readonly team: Team; readonly user: User; readonly scopes: ReadonlySet<string> }

/** Why a token that once worked no longer does, in Slack's words. */
type DeadToken = 'token_revoked' | 'account_inactive'

/** A file handed over in three steps. `bytes` and `readyAt` are null until each of them is done; `channels` are those who may see it. */
export type SlackFile = {
  readonly id: string
  readonly team: string
  readonly name: string
  readonly alt: string
  readonly bytes: Uint8Array | null
  /** When Slack has looked at it, in milliseconds. */
  readonly readyAt: number | null
  readonly channels: Set<string>
}

export type World = {
  readonly files: Map<string, SlackFile>
  readonly teams: Map<string, Team>
  readonly tokens: Map<string, Team>
  readonly userTokens: Map<string, UserToken>
  readonly deadTokens: Map<string, DeadToken>
  nextTs: number
}

export const createWorld = (): World => ({
  files: new Map(),
  teams: new Map(),
  tokens: new Map(),
  userTokens: new Map(),
  deadTokens: new Map(),
  nextTs: 0,
})

/** A Slack-looking id: the letter of its kind and ten capitals or digits. */
export const newId = (kind: string): string => `${kind}${randomBytes(8).toString('hex').slice(0, 10).toUpperCase()}`

/** Seconds and microseconds of a moment, strictly rising over the whole world as Slack's do within a channel. */
export function newTs(world: World, nowMs: number): string {
  world.nextTs = Math.max(world.nextTs + 1, Math.floor(nowMs) * 1000)
  const micros = world.nextTs
  return `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`
}

/** The direct conversation of a person with the app's bot, opened when there is none. */
export function directChannel(team: Team, user: string, bot: string): Channel {
  for (const channel of team.channels.values()) {
    if (channel.kind === 'im' && channel.members.has(user) && channel.members.has(bot)) return channel
  }
  const channel: Channel = {
    id: newId('D'),
    team: team.id,
    name: 'directmessage',
    kind: 'im',
    members: new Set([user, bot]),
    archived: false,
    messages: [],
  }
  team.channels.set(channel.id, channel)
  return channel
}

/** How many messages of a channel are remembered, so that a long bench does not fill the memory. */
const REMEMBERED = 5_000

export function addMessage(channel: Channel, message: Message): void {
  channel.messages.push(message)
  if (channel.messages.length > REMEMBERED) channel.messages.splice(0, REMEMBERED / 10)
}

/** Puts a message in the place of the one with its ts; false when that one is gone. */
export function replaceMessage(channel: Channel, message: Message): boolean {
  const at = channel.messages.findLastIndex((one) => one.ts === message.ts)
  if (at < 0) return false
  channel.messages[at] = message
  return true
}

export function removeMessage(channel: Channel, ts: string): boolean {
  const at = channel.messages.findLastIndex((one) => one.ts === ts)
  if (at < 0) return false
  channel.messages.splice(at, 1)
  return true
}
