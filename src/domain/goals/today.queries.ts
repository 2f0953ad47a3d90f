import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { calendarAt, dayUnder } from '../people/calendar.queries.ts'

/** The own day in which each of these people is now. */
export async function todays(ctx: Ctx, people: readonly PersonId[]): Promise<(person: PersonId) => string> {
  const now = sql`${ctx.now}::timestamptz`
  const { rows } = await sql<{ person: PersonId; day: string }>`
    select p as person, ${dayUnder(now, 'c')} as day from unnest(${[...people]}::uuid[]) p cross join lateral ${calendarAt(sql`p`, now)} c`.execute(
    ctx.db,
  )
  const days = new Map(rows.map(({ person, day }) => [person, day]))
  return (person) => days.get(person) ?? ''
}
