import type { FastifyInstance } from 'fastify'
import { perform } from '../../src/commands/perform.ts'
import { answerPage } from '../answers.ts'
import { callerOf } from '../callers.ts'
import type { Site } from '../site.ts'

/** What the admins of the workspace decided, and what may be wrong there: the same screens as in chat. */
export function setupRoutes(server: FastifyInstance, site: Site): void {
  for (const [command, called] of [
    ['setup', 'form.setup'],
    ['diagnose', 'setup.diagnose'],
  ] as const) {
    server.get(`/${command}`, async (request, reply) =>
      answerPage(site, request, reply, await perform(site.app, { caller: callerOf(request), command, args: {}, place: null }), { called }),
    )
  }
}
