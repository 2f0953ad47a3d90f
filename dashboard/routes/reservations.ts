import type { FastifyInstance } from 'fastify'
import { perform } from '../../src/commands/perform.ts'
import { answerPage } from '../answers.ts'
import { callerOf } from '../callers.ts'
import type { Site } from '../site.ts'

/** The person's reservations: the same list as in chat. */
export function reservationRoutes(server: FastifyInstance, site: Site): void {
  server.get('/reservations', async (request, reply) => {
    const answer = await perform(site.app, { caller: callerOf(request), command: 'reserve list', args: {}, place: null })
    return answerPage(site, request, reply, answer, { called: 'web.reservations.title' })
  })
}
