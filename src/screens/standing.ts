import { goalOf } from '../domain/goals/goal.queries.ts'
import { type StripDay, streakOf } from '../domain/goals/streak.queries.ts'
import type { Ctx } from '../kernel/context.ts'
import type { PersonId } from '../kernel/ids.ts'
import type { StreakDay } from './charts/picture.ts'
import type { Standing } from './stats-parts.ts'

/** How a picture shows each kind of day: outages and journeys protect alike. */
const shown: Readonly<Record<StripDay['kind'], StreakDay>> = {
  counted: 'kept',
  rest: 'rest',
  freeze: 'frozen',
  outage: 'protected',
  travel: 'protected',
  missed: 'missed',
  today: 'open',
}

/** The goal of the day and the streak of a person, as pictures show them. */
export async function standingOf(ctx: Ctx, person: PersonId): Promise<Standing> {
  const { minutes } = await goalOf(ctx, person)
  const { current, best, strip } = await streakOf(ctx, person)
  return { goal: minutes === 0 ? null : minutes * 60, streak: { days: current, best, strip: strip.map(({ kind }) => shown[kind]) } }
}
