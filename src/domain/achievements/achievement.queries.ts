import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { type Achievement, achievements, type Cause, reachable } from './achievement.ts'

export type Unlocked = { readonly achievement: Achievement; readonly at: Date }
/** The nearest one of its cause, with the count so far. */
export type Ahead = { readonly achievement: Achievement; readonly count: number }
export type Achieved = { readonly unlocked: readonly Unlocked[]; readonly ahead: readonly Ahead[] }

/** What a person achieved, the newest first, and what comes next of each cause that the product has. */
export async function achieved(ctx: Ctx, person: PersonId): Promise<Achieved> {
  const rows = await ctx.db
    .selectFrom('user_achievement')
    .select(['achievement_id', 'unlocked_at'])
    .where('user_id', '=', person)
    .orderBy('unlocked_at', 'desc')
    .execute()
  const dates = new Map(rows.map(({ achievement_id, unlocked_at }) => [achievement_id, unlocked_at]))
  const unlocked = achievements.flatMap((achievement): Unlocked[] => {
    const at = dates.get(achievement.id)
    return at === undefined ? [] : [{ achievement, at }]
  })
  const counts = await countsOf(ctx, person)
  const ahead = [...reachable].flatMap((cause): Ahead[] => {
    const achievement = achievements.find((one) => one.cause === cause && !dates.has(one.id))
    return achievement === undefined ? [] : [{ achievement, count: Math.min(counts.get(cause) ?? 0, achievement.amount) }]
  })
  return { unlocked: unlocked.toSorted((a, b) => b.at.getTime() - a.at.getTime()), ahead }
}

async function countsOf(ctx: Ctx, person: PersonId): Promise<ReadonlyMap<Cause, number>> {
  const { rows } = await sql<{ cause: Cause; count: number }>`
    select c.cause, c.count from user_progress p cross join lateral (values ('sessions', p.sessions), ('minutes', p.focus_seconds / 60),
      ('streak', p.best_streak_days), ('day-minutes', (select coalesce(max(d.focus_seconds), 0) / 60 from user_day d where d.user_id = p.user_id))) c(cause, count)
    where p.user_id = ${person}::uuid
    union all select cause, count from achievement_count where user_id = ${person}::uuid`.execute(ctx.db)
  return new Map(rows.map(({ cause, count }) => [cause, count]))
}
