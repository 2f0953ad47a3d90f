import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import type { Calendar, CalendarNow } from './calendar.ts'
import { zoneOfCity } from './cities.ts'
import { isTimezone } from './person.ts'

/** When `day` begins under the calendar `c`: a table expression with `timezone` and `day_start`. */
export const borderUnder = (day: RawBuilder<unknown>, c: string): RawBuilder<Date> =>
  sql<Date>`((${day} + ${sql.ref(`${c}.day_start`)}) at time zone ${sql.ref(`${c}.timezone`)})`

/**
 * The own day of a moment under the calendar `c`: the last day that has begun. The clock alone would say the later day, then the
 * earlier one again, where it is set back over the start of the day.
 */
export function dayUnder(at: RawBuilder<unknown>, c: string): RawBuilder<string> {
  const byClock = sql`((${at} at time zone ${sql.ref(`${c}.timezone`)}) - ${sql.ref(`${c}.day_start`)})::date`
  return sql<string>`(${byClock} - (${at} < ${borderUnder(byClock, c)})::int)`
}

/** The row of `person`'s calendar that counts at `at`, both SQL: to be joined laterally. Everybody has one for every moment. */
export const calendarAt = (person: RawBuilder<unknown>, at: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select timezone, day_start from user_calendar where user_id = ${person} and effective_from <= ${at} order by effective_from desc limit 1)`

/** The zone that counts for the days of `person` at `at`, both SQL: where nobody knows theirs, the guess. */
export const zoneAt = (person: RawBuilder<unknown>, at: Date): RawBuilder<string> =>
  sql<string>`(select timezone from ${calendarAt(person, sql`${at}::timestamptz`)} c)`

/** The zone in which a person's times are read: as chosen, else as a platform told it; a guess where nobody knows it. */
export async function zoneOf(ctx: Ctx, person: PersonId): Promise<{ readonly timezone: string; readonly isGuess: boolean }> {
  const { rows } = await sql<{ known: string | null; guess: string }>`
    select ${zoneAt(sql`s.user_id`, ctx.now)} as guess, coalesce(s.timezone, (
      select i.timezone from identity i where i.user_id = s.user_id and i.timezone is not null order by i.created_at limit 1)) as known
    from user_settings s where s.user_id = ${person}::uuid`.execute(ctx.db)
  const [row] = rows
  if (row === undefined) throw new Error('everybody has settings')
  return { timezone: row.known ?? row.guess, isGuess: row.known === null }
}

/** The rows of the calendar of `person` (SQL), each with the moment `until` which it counts. */
export const calendarsOf = (person: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select *, lead(effective_from, 1, 'infinity') over (order by effective_from) as until from user_calendar where user_id = ${person})`

/** The first moment that belongs to `day` or to a later one, over all rows `c` of `calendarsOf`. */
export function beginningOf(day: RawBuilder<unknown>, c: string): RawBuilder<Date> {
  const moment = sql`greatest(${borderUnder(day, c)}, ${sql.ref(`${c}.effective_from`)})`
  return sql<Date>`min(${moment}) filter (where ${moment} < ${sql.ref(`${c}.until`)})`
}

/** The own day ('2026-03-02') to which a moment belongs: days begin at the person's start of the day in their own zone. */
export async function ownDay(ctx: Ctx, person: PersonId, at: Date = ctx.now): Promise<string> {
  const time = sql`${at}::timestamptz`
  const { rows } = await sql<{ day: string }>`
    select ${dayUnder(time, 'c')} as day from ${calendarAt(sql`${person}::uuid`, time)} c`.execute(ctx.db)
  const [row] = rows
  if (row === undefined) throw new Error('everybody has a calendar')
  return row.day
}

/** From when until when an own day lasts. The two are equal where a journey or a change of the zone itself left the day out. */
export async function dayBounds(ctx: Ctx, person: PersonId, day: string): Promise<{ readonly from: Date; readonly to: Date }> {
  const { rows } = await sql<{ from: Date; to: Date }>`
    select ${beginningOf(sql`${day}::date`, 'c')} as "from", ${beginningOf(sql`(${day}::date + 1)`, 'c')} as "to"
    from ${calendarsOf(sql`${person}::uuid`)} c`.execute(ctx.db)
  const [row] = rows
  if (row === undefined) throw new Error('everybody has a calendar')
  return row
}

/** The calendar that counts now, and the change that waits for its day: the last of its steps where there are several. */
export async function calendarOf(ctx: Ctx, person: PersonId): Promise<CalendarNow> {
  const { rows } = await sql<Calendar & { from: Date | null; isNext: boolean }>`
    select timezone, to_char(day_start, 'HH24:MI') as "dayStart", effective_from > ${ctx.now} as "isNext",
      nullif(effective_from, '-infinity') as "from"
    from user_calendar where user_id = ${person}::uuid order by effective_from`.execute(ctx.db)
  const now = rows.findLast(({ isNext }) => !isNext)
  if (now === undefined) throw new Error('everybody has a calendar')
  const last = rows.at(-1)
  const next = last?.isNext && last.from !== null ? { timezone: last.timezone, dayStart: last.dayStart, from: last.from } : null
  return { timezone: now.timezone, dayStart: now.dayStart, next }
}

/** Names of zones as the database spells them, by their lower case: its list never changes while it runs, and is slow to read. */
const databaseZones = new Map<string, string>()

/** The zone of that name, or of the city, as both Node and the database know it, in the database's spelling; null where either does not. */
export async function knownZone(ctx: Ctx, typed: string): Promise<string | null> {
  const name = isTimezone(typed) ? typed : zoneOfCity(typed)
  if (name === null) return null
  if (databaseZones.size === 0) {
    const { rows } = await sql<{ name: string }>`select name from pg_timezone_names`.execute(ctx.db)
    for (const zone of rows) databaseZones.set(zone.name.toLowerCase(), zone.name)
  }
  return databaseZones.get(name.toLowerCase()) ?? null
}
