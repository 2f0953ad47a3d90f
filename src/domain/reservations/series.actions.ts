import type { Selectable } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { DB } from '../../db/schema.ts'
import { emit } from '../../events/emit.ts'
import type { Tx } from '../../kernel/context.ts'
import { newId, type OccurrenceId } from '../../kernel/ids.ts'
import { dayIn } from '../../kernel/zones.ts'
import { remindAt } from './plan.ts'
import { daysFrom, startOn } from './recurrence.ts'
import { datesAhead } from './reservation.ts'

export type SeriesRow = Selectable<DB['room_reservations']>

export const insertSeries = (tx: Tx, row: Omit<SeriesRow, 'id' | 'created_at' | 'updated_at' | 'cancelled_at'>): Promise<SeriesRow> =>
  tx.db
    .insertInto('room_reservations')
    .values({ ...row, created_at: tx.now, updated_at: tx.now, cancelled_at: null })
    .returningAll()
    .executeTakeFirstOrThrow()

/** Writes down the next few dates of a series; those that went by while nobody looked are left out. Returns the new ones. */
export async function writeDates(tx: Tx, series: SeriesRow): Promise<readonly OccurrenceId[]> {
  if (series.cancelled_at !== null || series.host_id === null) return []
  const known = await tx.db
    .selectFrom('reservation_occurrence')
    .select(['day', 'state'])
    .where('reservation_id', '=', series.id)
    .orderBy('day', 'desc')
    .limit(datesAhead + 1)
    .execute()
  const missing = datesAhead - known.filter(({ state }) => state === 'planned').length
  if (missing <= 0) return []
  const last = known[0]?.day
  const next = last === undefined ? series.starts_on : Temporal.PlainDate.from(last).add({ days: 1 }).toString()
  const today = dayIn(tx.now, series.timezone)
  // What is already over today is due at once, and opens late where that is still right.
  const chosen = daysFrom(series, last === undefined || next > today ? next : today, missing)
  const dates = chosen.map((day) => {
    const startsAt = startOn(series, day)
    return {
      id: newId<OccurrenceId>(),
      reservation_id: series.id,
      day,
      starts_at: startsAt,
      remind_at: remindAt(startsAt, series.remind_minutes, tx.now),
    }
  })
  if (dates.length === 0) return []
  await tx.db
    .insertInto('reservation_occurrence')
    .values(
      dates.map((date) => ({
        ...date,
        reminded_at: null,
        room_id: null,
        opened_at: null,
        name: null,
        note: null,
        work_duration_minutes: null,
        break_duration_minutes: null,
        scheduled_event: null,
      })),
    )
    .execute()
  const occurrences = dates.map(({ id }) => id)
  await emit(tx, { type: 'reservation.changed', room: null, by: null, workspace: series.workspace_id, occurrences })
  return occurrences
}
