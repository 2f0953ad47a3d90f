import { achieved } from '../domain/achievements/achievement.queries.ts'
import { actingPerson } from '../domain/people/person.queries.ts'
import { isOffHere, maySeeStats } from '../domain/stats/others.queries.ts'
import { achievementsHidden, achievementsOfOthers, achievementsScreen } from '../screens/achievements.ts'
import { command } from './command.ts'

/** What I achieved and what is next; of somebody else what they achieved, where they show it. */
export const achievements = command({
  name: 'achievements',
  summary: 'command.achievements.summary',
  reply: 'private',
  options: { user: { type: 'user', about: 'option.user.about' } },
  async run(tx, { user }) {
    const me = actingPerson(tx)
    if (user === undefined || user === me) return achievementsScreen(await achieved(tx, me))
    if (!(await maySeeStats(tx, user))) return achievementsHidden(user, await isOffHere(tx))
    return achievementsOfOthers(user, await achieved(tx, user))
  },
})
