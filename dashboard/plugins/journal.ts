import type { FastifyInstance } from 'fastify'

/** Writes down every answer by its route, never by its address: addresses hold the tokens of sign-in links. */
export function noteAnswers(server: FastifyInstance): void {
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    request.log.debug({ method: request.method, route, status: reply.statusCode, milliseconds: Math.round(reply.elapsedTime) }, 'answered')
  })
}
