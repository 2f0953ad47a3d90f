import type { Deeds } from './deeds.ts'
import type { Faults } from './faults.ts'
import type { Limits } from './limits.ts'
import type { RequestLog } from './request-log.ts'
import type { Sockets } from './socket.ts'
import type { Tickets } from './tickets.ts'
import type { Wire } from './wire.ts'
import type { World } from './world.ts'

/** The app as its owner sees it on its settings page. */
export type AppSettings = {
  readonly id: string
  readonly appToken: string
  readonly signingSecret: string
  readonly clientId: string
  readonly clientSecret: string
  /** The slash command it registered, with should_escape. */
  readonly command: string
}

/** How long Slack and people wait, in milliseconds. */
export type Deadlines = {
  /** For the acknowledgement of a command, interaction or event (3000). */
  readonly ackMs: number
  /** Between the tries of an event that was not acknowledged (at once, 1 minute, 5 minutes). */
  readonly eventRetryMs: readonly number[]
  /** How long a person looks for an answer after an acknowledgement that shows nothing (2000). */
  readonly patienceMs: number
}

/** Everything the parts of the simulator share. */
export type Simulation = {
  readonly now: () => number
  readonly baseUrl: string
  readonly app: AppSettings
  readonly deadlines: Deadlines
  readonly world: World
  /** Until Slack has looked at a file that was handed over, in milliseconds of the real clock. */
  fileMilliseconds: number
  readonly tickets: Tickets
  readonly limits: Limits
  readonly faults: Faults
  readonly deeds: Deeds
  readonly log: RequestLog
  readonly sockets: Sockets
  readonly wire: Wire
  /** Codes of the authorize page that were not yet exchanged. */
  readonly codes: Map<string, AuthorizeCode>
}

type AuthorizeCode = {
  readonly team: string
  readonly user: string
  readonly scopes: readonly string[]
  readonly userScopes: readonly string[]
  readonly redirectUri: string | null
  readonly at: number
}
