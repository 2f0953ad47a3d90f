import type { Json } from '../json.ts'
import type { Tier } from '../limits.ts'
import type { Simulation } from '../simulation.ts'
import type { Channel, Installation, Team, User, UserToken } from '../world.ts'

/** An answer of `ok: false`, with Slack's error code. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly extra: Json
  readonly retryAfter: number | null
  constructor(code: string, extra: Json = {}, retryAfter: number | null = null) {
    super(code)
    this.extra = extra
    this.retryAfter = retryAfter
  }
}

export type BotCall = { readonly sim: Simulation; readonly args: Json; readonly team: Team; readonly installation: Installation }
/** A call with a person's own token. `held` is that token. */
export type UserCall = { readonly sim: Simulation; readonly args: Json; readonly held: string } & Pick<UserToken, 'team' | 'user'>
type OpenCall = { readonly sim: Simulation; readonly args: Json }

/** `scopes`: any one of these is enough; none asked when empty. */
export type BotMethod = { readonly token: 'bot'; readonly tier: Tier; readonly scopes: readonly string[]; run(call: BotCall): Json }
export type UserMethod = { readonly token: 'user'; readonly tier: Tier; readonly scopes: readonly string[]; run(call: UserCall): Json }
type OpenMethod = { readonly token: 'app' | 'none'; readonly tier: Tier; run(call: OpenCall): Json }
export type Method = BotMethod | OpenMethod

export const stringArg = (args: Json, name: string): string | null => {
  const value = args[name]
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null
}

export const flagArg = (args: Json, name: string, absent = false): boolean => {
  const value = args[name]
  return value === undefined ? absent : value === true || value === 'true' || value === '1' || value === 1
}

/** An argument that may come as JSON text (in a form) or as it is (in a JSON body). */
export function structureArg(args: Json, name: string): unknown {
  const value = args[name]
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

export function needScope(installation: Pick<Installation, 'scopes'>, ...anyOf: string[]): void {
  if (anyOf.length === 0 || anyOf.some((scope) => installation.scopes.has(scope))) return
  throw new ApiError('missing_scope', { needed: anyOf.join(','), provided: [...installation.scopes].join(',') })
}

/** A channel the bot may know of: private ones and direct messages only when it is in them. */
export function findChannel(call: BotCall, id: string | null): Channel {
  const channel = id === null ? undefined : call.team.channels.get(id)
  if (!channel || (channel.kind !== 'public' && !channel.members.has(call.installation.bot.id))) throw new ApiError('channel_not_found')
  return channel
}

export function findUser(call: BotCall, id: string | null): User {
  const user = id === null ? undefined : call.team.users.get(id)
  if (!user) throw new ApiError('user_not_found')
  return user
}

/** A page of a list, with the cursor of the next one ('' when it is the last). */
export function page<T>(all: readonly T[], args: Json, usual: number): { readonly items: readonly T[]; readonly next: Json } {
  const from = Number(stringArg(args, 'cursor') ?? 0)
  const limit = Math.min(1000, Math.max(1, Number(stringArg(args, 'limit') ?? usual)))
  if (!Number.isInteger(from) || !Number.isInteger(limit)) throw new ApiError('invalid_cursor')
  const end = from + limit
  return { items: all.slice(from, end), next: { response_metadata: { next_cursor: end < all.length ? String(end) : '' } } }
}
