import { sql } from 'kysely'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, WorkspaceId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Locale } from '../../locales/text.ts'
import { borderUnder, dayUnder, knownZone } from './calendar.queries.ts'
import { type Calendar, dayStartFault, guessedZone, timeOfDayIn, usualDayStart } from './calendar.ts'
import { actingPerson } from './person.queries.ts'

/** What is known of somebody new: the zone and language that the platform told, and where they were met. */
export type Origin = { readonly timezone: string | null; readonly locale: Locale | null; readonly workspace: WorkspaceId | null }

/** Gives somebody new their calendar, by the best guess of their zone. It counts for all time, until they say otherwise. */
export async function beginCalendar(tx: Tx, person: PersonId, { timezone, locale, workspace }: Origin): Promise<void> {
  const told = timezone === null ? null : await knownZone(tx, timezone)
  const place =
    workspace === null ? undefined : await tx.db.selectFrom('workspace').select('timezone').where('id', '=', workspace).executeTakeFirst()
  const zone = guessedZone(told, locale, place === undefined ? null : await knownZone(tx, place.timezone))
  await write(tx, person, null, { timezone: zone, dayStart: usualDayStart })
}

/** What somebody asked to change of their calendar. */
export type CalendarChange = { readonly timezone?: string; readonly dayStart?: string }

/**
 * The change as the calendar takes it: the zone in the spelling of the database, the time of day as 04:00.
 * @throws Refusal `invalid` for a zone that is none, a time of day that is none, or one off the quarters of an hour
 */
export async function checkCalendar(tx: Tx, { timezone, dayStart }: CalendarChange): Promise<CalendarChange> {
  const fault = dayStart === undefined ? null : dayStartFault(dayStart)
  if (fault !== null) throw fault
  const begins = dayStart === undefined ? null : timeOfDayIn(dayStart)
  const start = begins === null ? {} : { dayStart: begins }
  if (timezone === undefined) return start
  const zone = await knownZone(tx, timezone)
  if (zone === null) throw new Refusal('invalid', 'settings.timezone.unknown', { zone: timezone })
  return { timezone: zone, ...start }
}

/**
 * Changes the acting person's calendar, from the end of their own day on, so that no day that was lived gets shorter and none comes
 * back. A change that still waits is given up for this one. While nothing of theirs has counted yet, the change counts for all time.
 * The lock keeps sessions from being counted meanwhile. The change was checked by `checkCalendar`.
 * @returns from when the new calendar counts; null where it counts already
 */
export async function changeCalendar(tx: Tx, change: CalendarChange): Promise<Date | null> {
  const person = actingPerson(tx)
  await tx.db.selectFrom('user').select('id').where('id', '=', person).forUpdate().execute()
  const wanted = { ...(await lastCalendar(tx, person)), ...change }
  const counted = await tx.db.selectFrom('session_history').select('id').where('user_id', '=', person).limit(1).executeTakeFirst()
  if (counted === undefined) {
    await tx.db.deleteFrom('user_calendar').where('user_id', '=', person).execute()
    await write(tx, person, null, wanted)
    return null
  }
  await tx.db.deleteFrom('user_calendar').where('user_id', '=', person).where('effective_from', '>', tx.now).execute()
  return travel(tx, person, await lastCalendar(tx, person), wanted)
}

/**
 * Writes the way from one calendar to another, each step at the end of a day. Whoever goes west lives a longer day, and one day can
 * grow by a whole day at most: a longer way goes over the new zone with the old start of the day, or over UTC, which is nearer.
 */
async function travel(tx: Tx, person: PersonId, from: Calendar, wanted: Calendar): Promise<Date | null> {
  let now = from
  let at = tx.now
  while (now.timezone !== wanted.timezone || now.dayStart !== wanted.dayStart) {
    const day = await dayOn(tx, now, at)
    const border = await endOf(tx, now, day)
    const stops = [wanted, { timezone: wanted.timezone, dayStart: now.dayStart }, { timezone: 'UTC', dayStart: now.dayStart }]
    const days = await Promise.all(stops.map((stop) => dayOn(tx, stop, border)))
    const next = stops.find((_, n) => (days[n] ?? '') >= day)
    if (next === undefined) throw new Error(`no way leads from ${from.timezone} to ${wanted.timezone}`)
    await write(tx, person, border, next)
    now = next
    at = border
  }
  return at === tx.now ? null : at
}

const table = ({ timezone, dayStart }: Calendar) => sql`(select ${timezone}::text as timezone, ${dayStart}::time as day_start) c`

async function dayOn(tx: Tx, calendar: Calendar, at: Date): Promise<string> {
  const { rows } = await sql<{ day: string }>`select ${dayUnder(sql`${at}::timestamptz`, 'c')} as day from ${table(calendar)}`.execute(
    tx.db,
  )
  return rows[0]?.day ?? ''
}

async function endOf(tx: Tx, calendar: Calendar, day: string): Promise<Date> {
  const { rows } = await sql<{ end: Date }>`select ${borderUnder(sql`(${day}::date + 1)`, 'c')} as "end" from ${table(calendar)}`.execute(
    tx.db,
  )
  return rows[0]?.end ?? tx.now
}

async function lastCalendar(tx: Tx, person: PersonId): Promise<Calendar> {
  return tx.db
    .selectFrom('user_calendar')
    .select(['timezone', sql<string>`to_char(day_start, 'HH24:MI')`.as('dayStart')])
    .where('user_id', '=', person)
    .orderBy('effective_from', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
}

/** `from` null: for all time. */
async function write(tx: Tx, person: PersonId, from: Date | null, { timezone, dayStart }: Calendar): Promise<void> {
  await sql`insert into user_calendar (user_id, effective_from, timezone, day_start)
    values (${person}, ${from === null ? sql`'-infinity'` : sql`${from}::timestamptz`}, ${timezone}, ${dayStart}::time)`.execute(tx.db)
}
