import type { FastifyInstance } from 'fastify'
import { myGoals } from '../../src/commands/goal/index.ts'
import { achieved } from '../../src/domain/achievements/achievement.queries.ts'
import { actingPerson } from '../../src/domain/people/person.queries.ts'
import { say } from '../../src/locales/write.ts'
import { achievementsScreen } from '../../src/screens/achievements.ts'
import type { Screen } from '../../src/screens/screen.ts'
import { actorOf } from '../callers.ts'
import { showPage, tokenFor } from '../plugins/pages.ts'
import { readerOfScreen } from '../readers.ts'
import { drawScreen } from '../render.ts'
import type { Site } from '../site.ts'

/** The person's goals with their streak, and what they achieved. */
export function goalRoutes(server: FastifyInstance, site: Site): void {
  server.get('/goals', async (request, reply) => {
    const screens = await site.app.read(async (ctx) => [await myGoals(ctx), achievementsScreen(await achieved(ctx, actingPerson(ctx)))], {
      actor: actorOf(request),
      place: null,
    })
    const csrf = tokenFor(request, reply)
    const draw = async (screen: Screen, n: number) =>
      drawScreen(screen, await readerOfScreen(site.app, request, screen), { csrf, id: `goals-${n}`, spot: 'page' })
    return showPage(site, request, reply, {
      view: 'goals',
      title: say('web.goals.title', site.readerOf(request).locale),
      words: { parts: await Promise.all(screens.map(draw)) },
    })
  })
}
