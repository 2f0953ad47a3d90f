import type { FastifyInstance, FastifyRequest } from 'fastify'
import { feedEvents, feedOwner } from '../../src/domain/reservations/feed.queries.ts'
import { minutes } from '../../src/kernel/clock.ts'
import { Refusal } from '../../src/kernel/refusal.ts'
import { calendarFile } from '../calendar.ts'
import type { Site } from '../site.ts'

/** Requests a minute of one address: calendar apps look a few times an hour, guesses would need many more. */
const mostPerMinute = 30

/** A person's reservations for their calendar app, which shows no cookie: whoever has the secret address may read them. */
export function calendarRoutes(server: FastifyInstance, site: Site): void {
  const strict = { rateLimit: { max: mostPerMinute, timeWindow: minutes(1), keyGenerator: (request: FastifyRequest) => request.ip } }

  server.get<{ Params: { file: string } }>('/calendar/:file', { config: strict }, async (request, reply) => {
    const [, secret] = /^([\w-]{43})\.ics$/.exec(request.params.file) ?? []
    const file = await site.app.read(async (ctx) => {
      const owner = secret === undefined ? null : await feedOwner(ctx, secret)
      return owner && calendarFile(await feedEvents(ctx, owner.person), owner.locale, ctx.now)
    })
    if (file === null) throw new Refusal('missing', 'web.error.missing')
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', 'inline; filename="focus-mate.ics"')
      .type('text/calendar; charset=utf-8')
      .send(file)
  })
}
