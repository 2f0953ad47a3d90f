import type { FastifyInstance } from 'fastify'
import { actingPerson } from '../../src/domain/people/person.queries.ts'
import { ownStats } from '../../src/domain/stats/own.queries.ts'
import { periods } from '../../src/domain/stats/period.ts'
import { say } from '../../src/locales/write.ts'
import { standingOf } from '../../src/screens/standing.ts'
import { isPeriod, statsPage } from '../../src/screens/stats.ts'
import { actorOf } from '../callers.ts'
import { showPage, tokenFor } from '../plugins/pages.ts'
import { readerOfScreen } from '../readers.ts'
import { drawScreen } from '../render.ts'
import type { Site } from '../site.ts'

/** The person's own time: every picture with its numbers, of the period that the address names. */
export function statsRoutes(server: FastifyInstance, site: Site): void {
  server.get<{ Querystring: { period?: string | string[] } }>('/stats', async (request, reply) => {
    const asked = [request.query.period].flat().at(-1)
    const period = isPeriod(asked) ? asked : 'week'
    const screens = await site.app.read(
      async (ctx) => {
        const person = actingPerson(ctx)
        return statsPage(await ownStats(ctx, person, period), await standingOf(ctx, person))
      },
      { actor: actorOf(request), place: null },
    )
    const csrf = tokenFor(request, reply)
    const draw = async (screen: (typeof screens)[number], n: number) =>
      drawScreen(screen, await readerOfScreen(site.app, request, screen), { csrf, id: `stats-${n}`, spot: 'page' })
    const { locale } = site.readerOf(request)
    return showPage(site, request, reply, {
      view: 'stats',
      title: say('web.stats.title', locale),
      words: {
        parts: await Promise.all(screens.map(draw)),
        tabs: periods.map((one) => ({ path: `/stats?period=${one}`, label: say(`stats.show.${one}`, locale), here: one === period })),
      },
    })
  })
}
