import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { mondayOf } from '../../kernel/dates.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { dayIn } from '../../kernel/zones.ts'
import { ownDay, zoneOf } from '../people/calendar.queries.ts'
import { type Goal, usualGoal } from './goal.ts'

/** The goal of a person (a column) on a day, as one row of `minutes`, `sessions` and `exam`: there always is one. */
export const goalAt = (person: string, day: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select daily_focus_minutes as minutes, weekly_sessions as sessions, exam_on as exam from (
      select daily_focus_minutes, weekly_sessions, exam_on, effective_day from user_goals where user_id = ${sql.ref(person)} and effective_day <= ${day}
      union all select ${sql.lit(usualGoal.minutes)}, ${sql.lit(usualGoal.sessions)}, null, '-infinity') chosen
    order by effective_day desc limit 1)`

/** A goal with how far its own day and week have come: `seconds` of today, `done` sessions since Monday. `date` is the day on the calendar. */
export type GoalNow = Goal & {
  readonly today: string
  readonly date: string
  readonly seconds: number
  readonly done: number
  readonly monday: string
}

/** The person's goal of their own day and week, and how far both have come. */
export async function goalOf(ctx: Ctx, person: PersonId): Promise<GoalNow> {
  const today = await ownDay(ctx, person)
  const monday = mondayOf(today)
  const { rows } = await sql<Goal & { seconds: number; done: number }>`
    select g.minutes, g.sessions, g.exam,
      coalesce((select focus_seconds from user_day where user_id = p.id and day = ${today}::date), 0) as seconds,
      coalesce((select sum(d.sessions) from user_day d where user_id = p.id and day between ${monday}::date and ${monday}::date + 6), 0)::int as done
    from (select ${person}::uuid as id) p cross join lateral ${goalAt('p.id', sql`${today}::date`)} g`.execute(ctx.db)
  const [row] = rows
  if (row === undefined) throw new Error('everybody has a goal')
  const { timezone } = await zoneOf(ctx, person)
  return { ...row, today, date: dayIn(ctx.now, timezone), monday }
}

/** Days of the week on which a person rests from tomorrow on, 1 for Monday. */
export async function restOf(ctx: Ctx, person: PersonId): Promise<readonly number[]> {
  const chosen = await ctx.db
    .selectFrom('rest_days')
    .select('weekdays')
    .where('user_id', '=', person)
    .orderBy('effective_day', 'desc')
    .limit(1)
    .executeTakeFirst()
  return chosen?.weekdays ?? []
}
