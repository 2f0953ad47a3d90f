import type { FastifyInstance } from 'fastify'
import { perform } from '../../src/commands/perform.ts'
import { answerPage } from '../answers.ts'
import { callerOf } from '../callers.ts'
import type { Site } from '../site.ts'

/** The person's to-do list: the same as in chat. */
export function todoRoutes(server: FastifyInstance, site: Site): void {
  server.get('/todos', async (request, reply) => {
    const answer = await perform(site.app, { caller: callerOf(request), command: 'todo list', args: {}, place: null })
    return answerPage(site, request, reply, answer, { called: 'web.todos.title' })
  })
}
