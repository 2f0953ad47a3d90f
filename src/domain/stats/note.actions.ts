import { type RawBuilder, sql } from 'kysely'
import { emit } from '../../events/emit.ts'
import type { Ctx, Tx } from '../../kernel/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import type { Portion } from '../../kernel/portion.ts'
import { calendarAt } from '../people/calendar.queries.ts'
import { actingPerson } from '../people/person.queries.ts'

/** So many notes are claimed at once: a whole zone wants them in the same second. */
const batch = 500

/** The last Monday 9:00 on the clock of the calendar `c`, as a local time. */
const lastMonday = (at: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(date_trunc('week', (${at} at time zone c.timezone) - interval '9 hours') + interval '9 hours')`

const nextNote = (at: RawBuilder<unknown>): RawBuilder<Date> => sql<Date>`((${lastMonday(at)} + interval '7 days') at time zone c.timezone)`
const toldWeek = (at: RawBuilder<unknown>): RawBuilder<string> => sql<string>`(${lastMonday(at)}::date - 7)`

/** Begins or ends the acting person's weekly notes. The first one is about the week that goes on now. */
export async function wishNotes(tx: Tx, isWanted: boolean): Promise<void> {
  const person = actingPerson(tx)
  const now = sql`${tx.now}::timestamptz`
  await sql`
    update user_settings s set weekly_note = ${isWanted}, weekly_note_at = case when ${isWanted} then ${nextNote(now)} end,
      weekly_note_week = case when ${isWanted} then ${toldWeek(now)} end, updated_at = ${now}
    from ${calendarAt(sql`${person}::uuid`, now)} c
    where s.user_id = ${person}::uuid and s.weekly_note <> ${isWanted}`.execute(tx.db)
}

export async function nextNoteDue(ctx: Ctx): Promise<Date | null> {
  const row = await ctx.db
    .selectFrom('user_settings')
    .select('weekly_note_at')
    .where('weekly_note_at', 'is not', null)
    .orderBy('weekly_note_at')
    .limit(1)
    .executeTakeFirst()
  return row?.weekly_note_at ?? null
}

/**
 * Tells those whose Monday 9:00 has come about the week before: once for each week, by the zone they live in now. Whoever travelled to
 * where it is not Monday yet is told then; a week without focus is not told. Gives how many were looked at.
 */
export async function tellWeeks(tx: Tx, { skip, most }: Portion): Promise<number> {
  const now = sql`${tx.now}::timestamptz`
  const { rows } = await sql<{ person: PersonId; week: string; isNews: boolean }>`
    with due as (
      select user_id, weekly_note_week from user_settings where weekly_note_at <= ${now}
      order by weekly_note_at limit ${Math.min(batch, most)} offset ${skip} for update skip locked),
    planned as (
      select due.*, ${nextNote(now)} as next, ${toldWeek(now)} as week from due cross join lateral ${calendarAt(sql.ref('due.user_id'), now)} c),
    moved as (
      update user_settings s set weekly_note_at = p.next, weekly_note_week = greatest(s.weekly_note_week, p.week), updated_at = ${now}
      from planned p where s.user_id = p.user_id)
    select p.user_id as person, to_char(p.week, 'YYYY-MM-DD') as week,
      p.week > coalesce(p.weekly_note_week, '-infinity') and exists (
        select from user_day d where d.user_id = p.user_id and d.day between p.week and p.week + 6
          and d.focus_seconds + d.imported_seconds >= 60) as "isNews"
    from planned p`.execute(tx.db)
  const news = rows.filter(({ isNews }) => isNews)
  await emit(tx, ...news.map(({ person, week }) => ({ type: 'week.over', room: null, by: null, person, week }) as const))
  return rows.length
}
