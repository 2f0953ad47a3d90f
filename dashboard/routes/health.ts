import type { FastifyInstance } from 'fastify'
import type { App } from '../../src/kernel/context.ts'
import { alive, type Part, readiness } from '../../src/readiness.ts'

/** For operators and load balancers: `/health` says that the process lives, `/ready` that it can serve. */
export function healthRoutes(server: FastifyInstance, app: App, parts: readonly Part[]): void {
  const quiet = { config: { rateLimit: false as const } }
  server.get('/health', quiet, async (_request, reply) => reply.header('cache-control', 'no-store').send(alive))
  server.get('/ready', quiet, async (_request, reply) => {
    const { code, answer } = await readiness(app, parts)
    return reply.header('cache-control', 'no-store').code(code).send(answer)
  })
}
