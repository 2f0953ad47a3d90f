import type { Selectable } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { DB } from '../../db/schema.ts'
import { emit } from '../../events/emit.ts'
import type { Tx } from '../../kernel/context.ts'
import { newId, type OccurrenceId } from '../../kernel/ids.ts'
import { dayIn } from '../../kernel/zones.ts'
import { remindAt } from './plan.ts'
import { daysFrom, startOn } from './recurrence.ts'
import { datesAhead, type OwnDates } from './reservation.ts'

export type SeriesRow = Selectable<DB['room_reservations']>

export const insertSeries = (tx: Tx, row: Omit<SeriesRow, 'id' | 'created_at' | 'updated_at' | 'cancelled_at'>): Promise<SeriesRow> =>
  tx.db
    .insertInto('room_reservations')
    .values({ ...row, created_at: tx.now, updated_at: tx.now, cancelled_at: null })
    .returningAll()
    .executeTakeFirstOrThrow()

/**
 * Writes down the next few dates of a series; those that went by while nobody looked are left out. `own` is what single ones keep of the
 * series that this one continues. Returns the new ones.
 */
export async function writeDates(tx: Tx, series: SeriesRow, own: OwnDates = new Map()): Promise<readonly OccurrenceId[]> {
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
  const from = last === undefined || next > today ? next : today
  const dropped = [...own].filter(([day, { state }]) => day >= from && state !== 'planned').length
  const dates = daysFrom(series, from, missing + dropped).map((day) => {
    const kept = own.get(day)
    const startsAt = kept?.moved ? kept.starts_at : startOn(series, day)
    const isPlanned = kept === undefined || kept.state === 'planned'
    return {
      id: newId<OccurrenceId>(),
      reservation_id: series.id,
      day,
      state: isPlanned ? ('planned' as const) : ('skipped' as const),
      starts_at: startsAt,
      moved: kept?.moved ?? false,
      remind_at: isPlanned ? remindAt(startsAt, series.remind_minutes, tx.now) : null,
      name: kept?.name ?? null,
      note: kept?.note ?? null,
      work_duration_minutes: kept?.work_duration_minutes ?? null,
      break_duration_minutes: kept?.break_duration_minutes ?? null,
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
        scheduled_event: null,
      })),
    )
    .execute()
  const occurrences = dates.filter(({ state }) => state === 'planned').map(({ id }) => id)
  await emit(tx, { type: 'reservation.changed', room: null, by: null, workspace: series.workspace_id, occurrences })
  return occurrences
}
