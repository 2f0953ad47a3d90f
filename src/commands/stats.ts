import { actingPerson } from '../domain/people/person.queries.ts'
import { isOffHere, othersStats } from '../domain/stats/others.queries.ts'
import { ownStats } from '../domain/stats/own.queries.ts'
import { type Period, periods } from '../domain/stats/period.ts'
import type { Ctx } from '../kernel/context.ts'
import type { Screen } from '../screens/screen.ts'
import { standingOf } from '../screens/standing.ts'
import { hiddenStats, othersScreen, statsAnswer } from '../screens/stats.ts'
import { zoneQuestion } from '../screens/zone.ts'
import { command } from './command.ts'

/** The acting person's own time in a period. */
export async function myStats(ctx: Ctx, period: Period = 'week'): Promise<Screen> {
  const me = actingPerson(ctx)
  return statsAnswer(await ownStats(ctx, me, period), await standingOf(ctx, me))
}

/** My own time as a picture and in numbers; of somebody else what they show. */
export const stats = command({
  name: 'stats',
  summary: 'command.stats.summary',
  reply: 'private',
  options: {
    user: { type: 'user', about: 'option.user.about' },
    period: { type: 'choice', choices: periods, about: 'option.period.about' },
  },
  async run(tx, { user, period = 'week' }) {
    const me = actingPerson(tx)
    if (user === undefined || user === me) {
      return zoneQuestion(tx, await myStats(tx, period), 'stats')
    }
    const shown = await othersStats(tx, user)
    if (shown === null) return hiddenStats(user, await isOffHere(tx))
    return othersScreen(shown, (await standingOf(tx, user)).streak?.days ?? null)
  },
})
