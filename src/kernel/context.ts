import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { Bus } from '../bus/bus.ts'
import type { Database } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import type { Queue } from '../deliveries/queue.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { PersonId, WorkspaceId } from './ids.ts'

export type Platform = 'discord' | 'slack' | 'web'

/** Who acts, and on which surface where that is known. It comes from the platform or the signed cookie, never from input; the clock acts when time has passed. */
export type Actor = { readonly person: PersonId; readonly workspace: WorkspaceId; readonly platform?: Platform } | 'clock'

/** What the bot needs in a channel, in the words of no platform. */
export const permissions = ['see', 'send', 'thread', 'history', 'attach', 'voice-status', 'connect', 'speak'] as const
export type Permission = (typeof permissions)[number]
export type Lacking = { readonly channel: string; readonly lacks: readonly Permission[] }

/**
 * Where it was said: null in App Home, on pages and in direct messages. `voice` is the voice channel the person sits in, and
 * `company` the chat accounts of the other people there; `roles` are the person's own on this server, by id; `lacks` names what the
 * bot may not do in this channel, `elsewhere` the same of other channels, where it was asked for. All are absent where the platform did
 * not say.
 */
export type Place = {
  readonly platform: Platform
  readonly channel: string
  readonly voice?: string
  readonly roles?: readonly string[]
  readonly lacks?: readonly Permission[]
  readonly elsewhere?: readonly Lacking[]
  readonly company?: readonly { readonly externalId: string; readonly displayName: string }[]
}

/**
 * What a read needs. `now` stands still for the whole action. `web` is the address of the pages without a slash at its end,
 * null while they are reachable from this machine only.
 */
export type Ctx = {
  readonly db: Kysely<DB>
  readonly now: Date
  readonly actor: Actor
  readonly place: Place | null
  readonly web: string | null
}

/** What a write needs: it can't be called outside a transaction. Jobs that it adds start when it commits. */
export type Tx = Ctx & { readonly db: Transaction<DB>; readonly queue: Pick<Queue, 'insert'> }

/** Who reads and where: a person, or the clock for what is said to everyone. */
export type Looking = { readonly actor: Actor; readonly place?: Place | null }

/** Everything wired once, and the only two ways to the database for those at the edge. */
export type App = {
  readonly config: Config
  readonly clock: Clock
  readonly log: Logger
  readonly database: Database
  readonly db: Kysely<DB>
  readonly queue: Queue
  readonly bus: Bus
  read<T>(look: (ctx: Ctx) => Promise<T>, who?: Looking): Promise<T>
  /** One transaction: all of it happens, or nothing. `act` runs again where PostgreSQL rolled it back to end a deadlock. */
  write<T>(actor: Actor, place: Place | null, act: (tx: Tx) => Promise<T>): Promise<T>
}
