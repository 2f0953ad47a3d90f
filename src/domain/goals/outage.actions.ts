import { sql } from 'kysely'
import type { Tx } from '../../kernel/context.ts'
import type { OutageId, PersonId } from '../../kernel/ids.ts'
import { calendarAt, dayUnder } from '../people/calendar.queries.ts'
import { wasSeenBy } from './shelters.queries.ts'
import { recomputeStreaks } from './standing.actions.ts'
import { protectingMinutes, streakSeconds } from './streak.ts'

/**
 * Lets an outage that is over protect days that streaks have passed already: those of people who focused elsewhere meanwhile.
 * All other streaks look at the outage when they come to its days.
 */
export async function protectPassedDays(tx: Tx, outage: OutageId): Promise<void> {
  const { rows } = await sql<{ person: PersonId }>`
    select p.user_id as person from outage o
    join user_progress p on p.last_day > (o.started_at at time zone 'UTC')::date - 1
    cross join lateral ${calendarAt(sql.ref('p.user_id'), sql.ref('o.started_at'))} a
    cross join lateral ${calendarAt(sql.ref('p.user_id'), sql.ref('o.ended_at'))} b
    where o.id = ${outage}::uuid and o.ended_at >= o.started_at + make_interval(mins => ${protectingMinutes}) and ${wasSeenBy('p.user_id', 'o')}
      and exists (
        select from generate_series(${dayUnder(sql.ref('o.started_at'), 'a')}::timestamp, ${dayUnder(sql.ref('o.ended_at'), 'b')}::timestamp, interval '1 day') touched
        where touched::date < p.last_day and not exists (
          select from user_day d where d.user_id = p.user_id and d.day = touched::date and d.focus_seconds >= ${streakSeconds}))`.execute(
    tx.db,
  )
  await recomputeStreaks(
    tx,
    rows.map(({ person }) => person),
  )
}
