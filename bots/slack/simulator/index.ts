import { randomBytes } from 'node:crypto'
import { createDeeds, type Deeds } from './deeds.ts'
import { createFaults, type Faults } from './faults.ts'
import { createHttpPush } from './http-push.ts'
import { createLimits } from './limits.ts'
import { createParameterCheck } from './openapi.ts'
import { createRequestLog, type Request } from './request-log.ts'
import { listen, serve } from './server.ts'
import type { AppSettings, Deadlines, Simulation } from './simulation.ts'
import { createSockets, type DisconnectReason } from './socket.ts'
import { createTickets } from './tickets.ts'
import { createWire } from './wire.ts'
import { addWorkspace, type Workspace } from './workspace.ts'
import { createWorld, newId } from './world.ts'

export type { Answer } from './people/answer.ts'
export type { Person } from './people/person.ts'
export { textOf } from './text.ts'
export type { ChannelHandle, Workspace } from './workspace.ts'
export type { Message, View } from './world.ts'

export type SlackOptions = {
  /** 0 takes a free one. */
  readonly port?: number
  /** The time of the world in ms, for timestamps, triggers, response URLs and rates. Acknowledgements are timed by the real clock. */
  readonly now?: () => number
  /** False lifts the rate limits, as benches need. */
  readonly limits?: boolean
  /** The slash command of the app (/focus). */
  readonly command?: string
  readonly deadlines?: Partial<Deadlines>
}

/** A Slack of its own on 127.0.0.1. */
export type LocalSlack = AppSettings & {
  /** What SLACK_API_URL and SLACK_AUTHORIZE_URL are set to. */
  readonly apiUrl: string
  readonly authorizeUrl: string
  readonly requests: readonly Request[]
  readonly faults: Faults
  readonly until: Deeds['until']
  clearRequests(): void
  addTeam(team: { readonly name: string }): Workspace
  /** Switches the rate limits on or off. */
  enforceLimits(on: boolean): void
  /** Reaches the app by signed HTTP from now on, after it answered url_verification. */
  useHttp(requestUrl: string): Promise<void>
  /** Reaches the app by Socket Mode, as at the start. */
  useSockets(): void
  /** Signs with another secret, as somebody who is not Slack would; null means the right one again. */
  forgeWith(secret: string | null): void
  /** How long Slack takes to look at a file before a message may show it. */
  lookAtFilesAfter(milliseconds: number): void
  openSockets(): number
  disconnectSockets(reason: DisconnectReason, which?: 'oldest' | 'all'): void
  cutSockets(which?: 'oldest' | 'all'): void
  close(): Promise<void>
}

const DEADLINES: Deadlines = { ackMs: 3_000, eventRetryMs: [0, 60_000, 300_000], patienceMs: 2_000 }

const newSettings = (command: string): AppSettings => ({
  id: newId('A'),
  appToken: `xapp-1-${randomBytes(16).toString('hex')}`,
  signingSecret: randomBytes(16).toString('hex'),
  clientId: `${Number.parseInt(randomBytes(4).toString('hex'), 16)}.${Number.parseInt(randomBytes(5).toString('hex'), 16)}`,
  clientSecret: randomBytes(16).toString('hex'),
  command,
})

/** Starts it. Requests are also checked against the OpenAPI description that SLACK_OPENAPI names, if it does. */
export async function startSlack(options: SlackOptions = {}): Promise<LocalSlack> {
  const now = options.now ?? Date.now
  const deadlines = { ...DEADLINES, ...options.deadlines }
  const check = createParameterCheck(process.env.SLACK_OPENAPI)
  const app = newSettings(options.command ?? '/focus')
  const { server, baseUrl } = await listen(options.port ?? 0)
  const sockets = createSockets(
    app.id,
    (ticket) => `${baseUrl.replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${app.id}`,
    deadlines.ackMs,
  )
  const push = createHttpPush(app.signingSecret, deadlines.ackMs, Date.now)
  const sim: Simulation = {
    now,
    baseUrl,
    app,
    deadlines,
    world: createWorld(),
    fileMilliseconds: 0,
    tickets: createTickets(now),
    limits: createLimits(now, options.limits ?? true),
    faults: createFaults(),
    deeds: createDeeds(),
    log: createRequestLog(),
    sockets,
    wire: createWire(sockets, push),
    codes: new Map(),
  }
  serve(server, sim, check)
  return {
    ...app,
    apiUrl: `${baseUrl}/api/`,
    authorizeUrl: `${baseUrl}/oauth/v2/authorize`,
    requests: sim.log.all,
    faults: sim.faults,
    until: sim.deeds.until,
    clearRequests: sim.log.clear,
    addTeam: ({ name }) => addWorkspace(sim, name),
    enforceLimits: sim.limits.enforce,
    useHttp: async (requestUrl) => {
      await push.verify(requestUrl)
      sim.wire.route(requestUrl)
    },
    useSockets: () => sim.wire.route(null),
    forgeWith: push.forgeWith,
    lookAtFilesAfter: (milliseconds) => {
      sim.fileMilliseconds = milliseconds
    },
    openSockets: sockets.count,
    disconnectSockets: (reason, which = 'oldest') => sockets.disconnect(reason, which),
    cutSockets: (which = 'oldest') => sockets.cut(which),
    close: () =>
      new Promise((resolve) => {
        sim.wire.close()
        sockets.close()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
