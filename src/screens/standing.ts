import { goalOf } from '../domain/goals/goal.queries.ts'
import type { Ctx } from '../kernel/context.ts'
import type { PersonId } from '../kernel/ids.ts'
import type { Standing } from './stats-parts.ts'

/** The goal of the day and the streak of a person, as pictures show them. */
export async function standingOf(ctx: Ctx, person: PersonId): Promise<Standing> {
  const { minutes } = await goalOf(ctx, person)
  return { goal: minutes === 0 ? null : minutes * 60, streak: null }
}
