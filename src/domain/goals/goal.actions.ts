import { sql } from 'kysely'
import type { Tx } from '../../kernel/context.ts'
import { daysAfter } from '../../kernel/dates.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { ownDay } from '../people/calendar.queries.ts'
import { actingPerson } from '../people/person.queries.ts'
import { goalOf, restOf } from './goal.queries.ts'
import type { Goal } from './goal.ts'

/** Most days of a week on which somebody may rest: one is left for the streak to count. */
const mostRestDays = 6

/**
 * Changes the acting person's goals from their own day on; what was reached before stays reached.
 * @throws Refusal `invalid` for an exam in the past
 */
export async function setGoal(tx: Tx, change: Partial<Goal>): Promise<void> {
  const person = actingPerson(tx)
  const { today, minutes, sessions, exam } = { ...(await goalOf(tx, person)), ...change }
  if (change.exam !== undefined && change.exam !== null && change.exam < today) throw new Refusal('invalid', 'goal.exam.past')
  await sql`insert into user_goals (user_id, effective_day, daily_focus_minutes, weekly_sessions, exam_on, created_at, updated_at)
    values (${person}, ${today}::date, ${minutes}, ${sessions}, ${exam}::date, ${tx.now}, ${tx.now})
    on conflict (user_id, effective_day) do update set daily_focus_minutes = excluded.daily_focus_minutes,
      weekly_sessions = excluded.weekly_sessions, exam_on = excluded.exam_on, updated_at = excluded.updated_at`.execute(tx.db)
}

/**
 * Makes a day of the week (1 for Monday) one of rest, or no longer, for the acting person; null leaves none. It counts from their next
 * day on, so that no day changes that has begun.
 * @throws Refusal `invalid` where no day would be left
 */
export async function changeRest(tx: Tx, weekday: number | null): Promise<void> {
  const person = actingPerson(tx)
  await tx.db.selectFrom('user').select('id').where('id', '=', person).forNoKeyUpdate().execute()
  const now = await restOf(tx, person)
  const wanted = weekday === null ? [] : now.includes(weekday) ? now.filter((one) => one !== weekday) : [...now, weekday].toSorted()
  if (wanted.length > mostRestDays) throw new Refusal('invalid', 'goal.rest.all')
  const tomorrow = daysAfter(await ownDay(tx, person), 1)
  await sql`insert into rest_days (user_id, effective_day, weekdays, created_at) values (${person}, ${tomorrow}::date, ${wanted}::int[], ${tx.now})
    on conflict (user_id, effective_day) do update set weekdays = excluded.weekdays, created_at = excluded.created_at`.execute(tx.db)
}
