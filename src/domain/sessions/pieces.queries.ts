import { type RawBuilder, sql } from 'kysely'
import { calendarAt, dayUnder } from '../people/calendar.queries.ts'
import { countsAmongOthers } from '../people/visibility.queries.ts'

/** The day of a workspace begins here, on its own clock. */
const workspaceDayStart = '04:00'

/** Every border of a day or an hour, in every zone of today, lies on a quarter of an hour of UTC. */
const quarter = sql.raw("interval '15 minutes'")
const origin = sql.raw("timestamptz '2000-01-01 00:00+00'")

/**
 * Sessions cut at the quarters of the clock, so that each piece lies in one hour of one day everywhere. Seconds are shared out so
 * that the pieces of a session add up to its seconds. `is_last` marks the piece in which a session ends.
 */
const quartersOf = (sessions: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select h.id, h.user_id, h.workspace_id, h.source, h.room_name, h.subject, h.aim, cell,
    (floor(sum(extract(epoch from least(upper(r), cell + ${quarter}) - greatest(lower(r), cell))) over (partition by h.id order by cell, lower(r)))
      - floor(coalesce(sum(extract(epoch from least(upper(r), cell + ${quarter}) - greatest(lower(r), cell)))
        over (partition by h.id order by cell, lower(r) rows between unbounded preceding and 1 preceding), 0)))::int as seconds,
    row_number() over (partition by h.id order by cell desc, lower(r) desc) = 1 as is_last
  from (${sessions}) h
  cross join lateral unnest(h.earned) r
  cross join lateral generate_series(date_bin(${quarter}, lower(r), ${origin}), upper(r), ${quarter}) cell
  where cell < upper(r)`

/** Pieces with the own day (as the person's calendar says at that moment) and the hour of the own clock. */
export const piecesOf = (sessions: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select q.*, ${dayUnder(sql.ref('q.cell'), 'c')} as day, extract(hour from q.cell at time zone c.timezone)::int as hour
  from (${quartersOf(sessions)}) q
  cross join lateral ${calendarAt(sql.ref('q.user_id'), sql.ref('q.cell'))} c`

/**
 * Pieces with the day of the workspace for whose totals they count; imported ones count for none, nor do those of people who are seen by
 * themselves alone. Each workspace is looked up by its key: PostgreSQL expects thousands of pieces where there are three, and would read
 * all workspaces.
 */
export const workspacePiecesOf = (sessions: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select q.*, ((q.cell at time zone w.timezone) - time ${sql.lit(workspaceDayStart)})::date as day
  from (${quartersOf(sql`select h.* from (${sessions}) h where h.source <> 'import' and ${countsAmongOthers('h.user_id')}`)}) q
  cross join lateral (select timezone from workspace where id = q.workspace_id limit 1) w`
