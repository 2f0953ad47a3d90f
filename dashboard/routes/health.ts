import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import type { App } from '../../src/kernel/context.ts'

/** Something that must be up before people are sent here: a bot's connection. */
export type Part = { readonly name: string; healthy(): boolean | Promise<boolean> }

/** For operators and load balancers: `/health` says that the process lives, `/ready` that it can serve. */
export function healthRoutes(server: FastifyInstance, app: App, parts: readonly Part[]): void {
  const quiet = { config: { rateLimit: false as const } }
  server.get('/health', quiet, async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'live' }))
  server.get('/ready', quiet, async (request, reply) => {
    const checks = await Promise.all([database(app), queue(app), ...parts].map((part) => look(part)))
    for (const { error, name } of checks) if (error) request.log.warn({ err: error, part: name }, 'a part is not ready')
    const ready = checks.every(({ up }) => up)
    return reply
      .header('cache-control', 'no-store')
      .code(ready ? 200 : 503)
      .send({
        status: ready ? 'ready' : 'waiting',
        parts: Object.fromEntries(checks.map(({ name, up }) => [name, up ? 'ready' : 'down'])),
      })
  })
}

type Look = { readonly name: string; readonly up: boolean; readonly error?: unknown }

/** A check that throws is a part that is down: its reason is for the log, not for whoever asks. */
async function look(part: Part): Promise<Look> {
  try {
    return { name: part.name, up: await part.healthy() }
  } catch (error) {
    return { name: part.name, up: false, error }
  }
}

const database = (app: App): Part => ({
  name: 'database',
  healthy: async () => {
    await sql`select 1`.execute(app.db)
    return true
  },
})

const queue = (app: App): Part => ({
  name: 'queue',
  healthy: async () => {
    await app.queue.failed(1)
    return true
  },
})
