import { type RawBuilder, sql } from 'kysely'
import { rows } from '../../db/rows.ts'
import type { Ctx } from '../../kernel/context.ts'
import { monthOf } from '../../kernel/dates.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { beginningOf, calendarAt, calendarsOf, dayUnder } from '../people/calendar.queries.ts'
import { type Freezes, protectingMinutes, type Shelters, shortDaySeconds } from './streak.ts'

/** The days of one person that are asked about, both ends included. */
export type Span = { readonly person: PersonId; readonly from: string; readonly to: string }

type Days = ReadonlyMap<PersonId, ReadonlySet<string>>

const nothing: Shelters = { rest: [], outages: new Set(), journeys: new Set() }

const asked = (spans: readonly Span[]) =>
  rows(
    spans.map(({ person, from, to }) => ({ person, first: from, last: to })),
    'x',
    { person: 'uuid', first: 'date', last: 'date' },
  )

/** What keeps streaks on days of these spans, by person: two queries, however many people there are. */
export async function sheltersOf(ctx: Ctx, spans: readonly Span[]): Promise<(person: PersonId) => Shelters> {
  if (spans.length === 0) return () => nothing
  const rest = await restsOf(ctx, spans)
  const { rows: found } = await sql<{ person: PersonId; day: string; kind: 'outage' | 'journey' }>`
    select *, 'outage' as kind from (${outageDays(ctx, spans)}) o union all select *, 'journey' from (${shortDays(spans)}) s`.execute(
    ctx.db,
  )
  const outages = byPerson(found.filter(({ kind }) => kind === 'outage'))
  const journeys = byPerson(found.filter(({ kind }) => kind === 'journey'))
  return (person) => ({
    rest: rest.get(person) ?? nothing.rest,
    outages: outages.get(person) ?? nothing.outages,
    journeys: journeys.get(person) ?? nothing.journeys,
  })
}

async function restsOf(ctx: Ctx, spans: readonly Span[]): Promise<ReadonlyMap<PersonId, Shelters['rest']>> {
  const chosen = await sql<{ person: PersonId; from: string; weekdays: readonly number[] }>`
    select user_id as person, effective_day as "from", weekdays from rest_days
    where user_id = any(${spans.map(({ person }) => person)}::uuid[]) order by effective_day`.execute(ctx.db)
  return Map.groupBy(chosen.rows, ({ person }) => person)
}

/** Whether one of the workspaces of a person (a column) is seen through the connection that the outage `o` (a table) was of. */
export const wasSeenBy = (person: string, o: string): RawBuilder<boolean> => sql<boolean>`exists (
  select from workspace_member m join workspace w on w.id = m.workspace_id
  where m.user_id = ${sql.ref(person)} and w.platform = ${sql.ref(`${o}.platform`)} and (w.platform <> 'discord'
    or mod(floor(w.external_id::numeric / 4194304), ${sql.ref(`${o}.shard_count`)}) = ${sql.ref(`${o}.shard`)}))`

/** Own days touched by an outage of a quarter of an hour or more. */
function outageDays(ctx: Ctx, spans: readonly Span[]): RawBuilder<unknown> {
  const end = sql`coalesce(o.ended_at, ${ctx.now}::timestamptz)`
  return sql`
    select distinct x.person, day::date as day
    from ${asked(spans)}
    join outage o on o.started_at < (x.last + 2)::timestamptz and ${end} > (x.first - 2)::timestamptz
      and ${end} >= o.started_at + make_interval(mins => ${protectingMinutes})
    cross join lateral ${calendarAt(sql.ref('x.person'), sql.ref('o.started_at'))} a
    cross join lateral ${calendarAt(sql.ref('x.person'), end)} b
    cross join lateral generate_series(${dayUnder(sql.ref('o.started_at'), 'a')}::timestamp,
      ${dayUnder(sql`(${end} - interval '1 microsecond')`, 'b')}::timestamp, interval '1 day') day
    where day::date between x.first and x.last and ${wasSeenBy('x.person', 'o')}`
}

/** Days that changes of the calendar left with less than half their length, or out altogether: they lie around such a change. */
const shortDays = (spans: readonly Span[]): RawBuilder<unknown> => sql`
    select distinct x.person, day::date as day
    from ${asked(spans)}
    join user_calendar e on e.user_id = x.person and e.effective_from > '-infinity'
    cross join lateral generate_series((e.effective_from at time zone 'UTC') - interval '3 days',
      (e.effective_from at time zone 'UTC') + interval '3 days', interval '1 day') day
    cross join lateral (select extract(epoch from ${beginningOf(sql`(day::date + 1)`, 'c')} - ${beginningOf(sql`day::date`, 'c')}) as seconds
      from ${calendarsOf(sql.ref('x.person'))} c) lasted
    where day::date between x.first and x.last and lasted.seconds < ${shortDaySeconds}`

function byPerson(found: readonly { readonly person: PersonId; readonly day: string }[]): Days {
  const days = new Map<PersonId, Set<string>>()
  for (const { person, day } of found) days.set(person, (days.get(person) ?? new Set()).add(day))
  return days
}

/** Freezes that streaks used since the beginning of the month in which each span begins. */
export async function freezesOf(ctx: Ctx, spans: readonly Span[]): Promise<(person: PersonId) => Freezes> {
  if (spans.length === 0) return () => new Map()
  const { rows: used } = await sql<{ person: PersonId; day: string }>`
    select x.person, d.day from ${asked(spans)}
    join streak_day d on d.user_id = x.person and d.kind = 'freeze' and d.day >= date_trunc('month', x.first)::date`.execute(ctx.db)
  const counts = new Map<PersonId, Map<string, number>>()
  for (const { person, day } of used) {
    const months = counts.get(person) ?? new Map<string, number>()
    counts.set(person, months.set(monthOf(day), (months.get(monthOf(day)) ?? 0) + 1))
  }
  return (person) => counts.get(person) ?? new Map()
}
