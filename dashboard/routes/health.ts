import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import type { App } from '../../src/app.ts'

/** Something that must be up before people are sent here; `problem` is a word for the operator, null where all is well. */
export type Part = { readonly name: string; problem(): Promise<string | null> }

/** For operators and load balancers: `/health` says that the process lives, `/ready` that it can serve. */
export function healthRoutes(server: FastifyInstance, app: App, parts: readonly Part[]): void {
  const quiet = { config: { rateLimit: false as const } }
  server.get('/health', quiet, async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'live' }))
  server.get('/ready', quiet, async (request, reply) => {
    const checks = await Promise.all([database(app), ...parts].map((part) => look(part)))
    for (const { error, name } of checks) if (error) request.log.warn({ err: error, part: name }, 'a part is not ready')
    const ready = checks.every(({ problem }) => problem === null)
    return reply
      .header('cache-control', 'no-store')
      .code(ready ? 200 : 503)
      .send({
        status: ready ? 'ready' : 'waiting',
        parts: Object.fromEntries(checks.map(({ name, problem }) => [name, problem ?? 'ready'])),
      })
  })
}

type Look = { readonly name: string; readonly problem: string | null; readonly error?: unknown }

/** A check that throws is a part that is down: its reason is for the log, not for whoever asks. */
async function look(part: Part): Promise<Look> {
  try {
    return { name: part.name, problem: await part.problem() }
  } catch (error) {
    return { name: part.name, problem: 'down', error }
  }
}

const database = (app: App): Part => ({
  name: 'database',
  problem: async () => {
    await sql`select 1`.execute(app.db)
    return null
  },
})
