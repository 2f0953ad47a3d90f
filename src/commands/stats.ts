import { actingPerson } from '../domain/people/person.queries.ts'
import { othersStats } from '../domain/stats/others.queries.ts'
import { ownStats } from '../domain/stats/own.queries.ts'
import { periods } from '../domain/stats/period.ts'
import { standingOf } from '../screens/standing.ts'
import { hiddenStats, othersScreen, statsAnswer } from '../screens/stats.ts'
import { zoneQuestion } from '../screens/zone.ts'
import { command } from './command.ts'

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
      return zoneQuestion(tx, statsAnswer(await ownStats(tx, me, period), await standingOf(tx, me)))
    }
    const shown = await othersStats(tx, user)
    return shown === null ? hiddenStats(user) : othersScreen(shown, (await standingOf(tx, user)).streak?.days ?? null)
  },
})
