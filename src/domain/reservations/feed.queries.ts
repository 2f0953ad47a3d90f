import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { after, days } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { PersonId, ReservationId } from '../../kernel/ids.ts'
import { hashOf } from '../../kernel/token.ts'
import { dayIn } from '../../kernel/zones.ts'
import type { Locale } from '../../locales/text.ts'
import { actingPerson } from '../people/person.queries.ts'
import { daysBetween, startOn } from './recurrence.ts'
import { horizonDays } from './reservation.ts'

/** One session of a calendar. `uid` stays the same when it is moved. */
export type FeedEvent = {
  readonly uid: string
  readonly name: string
  readonly note: string | null
  readonly startsAt: Date
  readonly endsAt: Date
  readonly changedAt: Date
}

/** Since when the acting person has an address; null where they have none. */
export async function feedSince(ctx: Ctx): Promise<Date | null> {
  const row = await ctx.db.selectFrom('calendar_feed').select('created_at').where('user_id', '=', actingPerson(ctx)).executeTakeFirst()
  return row?.created_at ?? null
}

/** Whose calendar the secret opens, and in which language; null where it opens none. */
export async function feedOwner(ctx: Ctx, secret: string): Promise<{ readonly person: PersonId; readonly locale: Locale } | null> {
  const row = await ctx.db
    .selectFrom('calendar_feed as f')
    .innerJoin('user as u', 'u.id', 'f.user_id')
    .innerJoin('user_settings as s', 's.user_id', 'f.user_id')
    .leftJoin('identity as i', 'i.user_id', 'f.user_id')
    .select(['f.user_id as person', 's.locale', 'i.locale as told'])
    .where('f.secret_hash', '=', hashOf(secret))
    .where('u.is_active', '=', true)
    .orderBy('i.created_at')
    .executeTakeFirst()
  return row === undefined ? null : { person: row.person, locale: row.locale ?? row.told ?? 'en' }
}

/** What a person hosts and what they come to: the last day and the next 90, each date as it was changed. */
export async function feedEvents(ctx: Ctx, person: PersonId): Promise<readonly FeedEvent[]> {
  const series = await ctx.db
    .selectFrom('room_reservations as s')
    .selectAll()
    .where(
      sql<boolean>`(s.host_id = ${person}::uuid or s.id in (select m.reservation_id from reservation_member m where m.user_id = ${person}::uuid))`,
    )
    .execute()
  if (series.length === 0) return []
  const ids = series.map(({ id }) => id)
  const written = await ctx.db.selectFrom('reservation_occurrence').selectAll().where('reservation_id', 'in', ids).execute()
  const answers = await ctx.db
    .selectFrom('reservation_member')
    .select(['reservation_id', 'day', 'coming'])
    .where('user_id', '=', person)
    .where('reservation_id', 'in', ids)
    .execute()
  const comes = (reservation: ReservationId, day: string): boolean =>
    (
      answers.find((one) => one.reservation_id === reservation && one.day === day) ??
      answers.find((one) => one.reservation_id === reservation && one.day === null)
    )?.coming ?? false
  const [from, to] = [after(ctx.now, -days(1)), after(ctx.now, days(horizonDays))]
  return series
    .flatMap((one) => {
      const rows = new Map(written.filter((row) => row.reservation_id === one.id).map((row) => [row.day, row]))
      const last = Temporal.PlainDate.from(dayIn(to, one.timezone)).toString()
      const computed = one.cancelled_at === null ? daysBetween(one, dayIn(from, one.timezone), last) : []
      return [...new Set([...computed, ...rows.keys()])].flatMap((day): FeedEvent[] => {
        const row = rows.get(day)
        if (row !== undefined && row.state !== 'planned' && row.state !== 'opened') return []
        if (one.host_id !== person && !comes(one.id, day)) return []
        const startsAt = row?.starts_at ?? startOn(one, day)
        if (startsAt < from || startsAt > to) return []
        const minutes = row?.work_duration_minutes ?? one.work_duration_minutes
        return [
          {
            uid: `${one.id}-${day}`,
            name: row?.name ?? one.name,
            note: row?.note ?? one.note,
            startsAt,
            endsAt: after(startsAt, minutes * 60_000),
            changedAt: one.updated_at,
          },
        ]
      })
    })
    .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
}
