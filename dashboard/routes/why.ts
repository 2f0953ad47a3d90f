import type { FastifyInstance } from 'fastify'
import { whyDay } from '../../src/commands/focus/why.ts'
import { plainPen, say, write } from '../../src/locales/write.ts'
import { whyPage } from '../../src/screens/why.ts'
import { actorOf } from '../callers.ts'
import { showPage, tokenFor } from '../plugins/pages.ts'
import { readerOfScreen } from '../readers.ts'
import { drawScreen } from '../render.ts'
import type { Site } from '../site.ts'

/** How an own day came about, with its picture: today's, or the one that the address names. */
export function whyRoutes(server: FastifyInstance, site: Site): void {
  server.get<{ Querystring: { day?: string | string[] } }>('/why', async (request, reply) => {
    const asked = [request.query.day].flat().at(-1)?.slice(0, 40)
    const shown = await site.app.read((ctx) => whyDay(ctx, asked || undefined), { actor: actorOf(request), place: null })
    const screen = whyPage(shown)
    const reader = await readerOfScreen(site.app, request, screen)
    const link = (day: string) => ({ path: `/why?day=${day}`, label: write({ day, as: 'day' }, reader, plainPen) })
    return showPage(site, request, reply, {
      view: 'why',
      title: say('web.why.title', reader.locale),
      words: {
        part: drawScreen(screen, reader, { csrf: tokenFor(request, reply), id: 'why', spot: 'page' }),
        tabs: [shown.before, ...(shown.next === null ? [] : [shown.next])].map(link),
      },
    })
  })
}
