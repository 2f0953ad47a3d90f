import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { App } from '../src/kernel/context.ts'
import { startPulse } from '../src/pulse.ts'
import { createOpenPages } from './open-pages.ts'
import { createServer, type ServerOptions } from './server.ts'

export type Dashboard = {
  readonly server: FastifyInstance
  /** Listens on the host and port of the settings. Throws EADDRINUSE where the port is taken. */
  start(): Promise<void>
  /** Ends live streams, lets running answers finish, closes the port. */
  stop(): Promise<void>
  /** The origin under which the pages are reachable from this machine; throws before `start`. */
  readonly address: string
}

export async function createDashboard(app: App, options: ServerOptions = {}): Promise<Dashboard> {
  const openPages = createOpenPages(app)
  const server = await createServer(app, { ...options, openPages })
  const ending = new AbortController()
  let pulse: ReturnType<typeof startPulse> | null = null
  return {
    server,
    start: async () => {
      await server.listen({ host: app.config.host, port: app.config.port })
      const { source, again, look } = openPages
      pulse = startPulse(app, { source, healthy: () => true, look: look(ending.signal), again })
    },
    stop: async () => {
      openPages.close()
      ending.abort()
      await pulse?.stop()
      await server.close()
    },
    get address() {
      return originOf(server.server.address())
    },
  }
}

function originOf(bound: AddressInfo | string | null): string {
  if (bound === null || typeof bound === 'string') throw new Error('the dashboard does not listen yet')
  const everywhere = bound.address === '0.0.0.0' || bound.address === '::'
  const host = everywhere ? 'localhost' : bound.family === 'IPv6' ? `[${bound.address}]` : bound.address
  return `http://${host}:${bound.port}`
}
