import { Temporal } from 'temporal-polyfill'
import { emit } from '../../events/emit.ts'
import type { Event } from '../../events/event.ts'
import type { Tx } from '../../kernel/context.ts'
import type { OccurrenceId, PersonId, ReservationId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { actingPerson } from '../people/person.queries.ts'
import { hostWords } from '../people/visibility.ts'
import { isAtLeastIn } from '../workspaces/workspace.queries.ts'
import { peopleComing } from './coming.queries.ts'
import { type ReservationView, repeats } from './reservation.ts'
import { type SeriesRow, writeDates } from './series.actions.ts'

/** The series, with its lock: whoever changes it waits for others who do, and for the clock that opens one of its dates. */
export async function lockSeries(tx: Tx, id: ReservationId): Promise<SeriesRow> {
  const series = await tx.db.selectFrom('room_reservations').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
  await tx.db.selectFrom('reservation_occurrence').select('id').where('reservation_id', '=', id).orderBy('id').forUpdate().execute()
  return series
}

/** Hosts decide, and moderators of the workspace where it was planned. */
export async function assertMayChange(tx: Tx, { standing, workspace, host }: ReservationView): Promise<void> {
  if (standing.isHost) return
  if (await isAtLeastIn(tx, workspace, 'moderator')) return
  throw new Refusal(
    'forbidden',
    'reserve.only-host',
    host === null ? { host: { key: 'commands.person.gone' }, named: true } : hostWords(host),
  )
}

export const assertPlanned = (state: string): void => {
  if (state !== 'planned') throw new Refusal('conflict', 'reserve.over')
}

/** The state of the date now that its lock is held. */
export async function stateOf(tx: Tx, id: OccurrenceId): Promise<string> {
  const row = await tx.db.selectFrom('reservation_occurrence').select('state').where('id', '=', id).executeTakeFirstOrThrow()
  return row.state
}

export const tell = async (
  tx: Tx,
  view: ReservationView,
  type: 'reservation.moved' | 'reservation.cancelled',
  occurrence: OccurrenceId,
  following: boolean,
): Promise<void> => {
  const by = actingPerson(tx)
  const people = (await peopleComing(tx, view.id)).filter((person) => person !== by)
  await emit(tx, ...people.map((person): Event => ({ type, room: null, by, person, occurrence, following })))
}

export const changed = (tx: Tx, view: ReservationView, occurrences: readonly OccurrenceId[]): Promise<void> =>
  emit(tx, { type: 'reservation.changed', room: null, by: actingPerson(tx), workspace: view.workspace, occurrences })

/**
 * Cancels one date of a series, or that one and all that follow. Those who were to come are told.
 * @throws Refusal `forbidden` for others than host and moderators, `conflict` for a date that is over
 */
export async function cancelReservation(tx: Tx, view: ReservationView, following: boolean): Promise<void> {
  await assertMayChange(tx, view)
  const series = await lockSeries(tx, view.reservation)
  assertPlanned(await stateOf(tx, view.id))
  const all = following || !repeats(view)
  await tell(tx, view, 'reservation.cancelled', view.id, all && repeats(view))
  if (all) await changed(tx, view, await endSeries(tx, series, view.day))
  else {
    await tx.db.updateTable('reservation_occurrence').set({ state: 'skipped', remind_at: null }).where('id', '=', view.id).execute()
    await changed(tx, view, [view.id])
    await writeDates(tx, series)
  }
}

/** The series has no date from `day` on. Returns the dates that were written down already. */
export async function endSeries(tx: Tx, series: SeriesRow, day: string): Promise<readonly OccurrenceId[]> {
  const before = Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()
  const ended = await tx.db
    .updateTable('reservation_occurrence')
    .set({ state: 'cancelled', remind_at: null })
    .where('reservation_id', '=', series.id)
    .where('state', '=', 'planned')
    .where('day', '>=', day)
    .returning('id')
    .execute()
  const left = await tx.db
    .selectFrom('reservation_occurrence')
    .select('id')
    .where('reservation_id', '=', series.id)
    .where('state', '=', 'planned')
    .executeTakeFirst()
  await tx.db
    .updateTable('room_reservations')
    .set({
      ...(series.recurrence === 'none' || before < series.starts_on ? {} : { until_date: before }),
      ...(left === undefined ? { cancelled_at: tx.now } : {}),
      updated_at: tx.now,
    })
    .where('id', '=', series.id)
    .execute()
  return ended.map(({ id }) => id)
}

/** Deleted hosts' reservations end: nobody is left who wanted them. Returns the dates that were cancelled. */
export async function endAll(tx: Tx, series: SeriesRow, day: string, told: readonly PersonId[], occurrence: OccurrenceId): Promise<void> {
  const ended = await endSeries(tx, series, day)
  const following = series.recurrence !== 'none'
  await emit(tx, ...told.map((person): Event => ({ type: 'reservation.cancelled', room: null, by: null, person, occurrence, following })), {
    type: 'reservation.changed',
    room: null,
    by: null,
    workspace: series.workspace_id,
    occurrences: ended,
  })
}
