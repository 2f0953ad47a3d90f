import { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../kernel/context.ts'
import type { OccurrenceId, ReservationId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { dayIn, momentAt } from '../../kernel/zones.ts'
import { roomNameFrom } from '../rooms/room.ts'
import { assertNoClash, ownStretches } from './clash.queries.ts'
import { assertMayChange, assertPlanned, changed, endSeries, lockSeries, stateOf, tell } from './end.actions.ts'
import { assertDates, lockPlans } from './plan.actions.ts'
import { calendarOf, type Plan, remindAt } from './plan.ts'
import { clashOf, type OwnDate, type OwnDates, type ReservationView, repeats } from './reservation.ts'
import { insertSeries, type SeriesRow, writeDates } from './series.actions.ts'

/** What is to be different; absent stays as it is. `room` and `voice` are where it takes place. */
export type Change = Partial<Omit<Plan, 'timezone' | 'namedAfter'>>

const scheduled: readonly (keyof Change)[] = ['recurrence', 'weekdays', 'until', 'times', 'room', 'voice', 'remindMinutes']

/** Whether the change is one of the series as a whole, so that it can't be made on one date alone. */
export const isOfSeries = (change: Change): boolean => scheduled.some((part) => change[part] !== undefined)

/**
 * Changes one date of a series, or that one and all that follow, which then are a series of their own with the same people. What was
 * changed before on one of them alone stays there, unless all are told the same thing anew.
 * @returns the date as it is to be found now
 * @throws Refusal as `reserve` does, and `conflict` for a date that is over
 */
export async function changeReservation(tx: Tx, view: ReservationView, change: Change, following: boolean): Promise<OccurrenceId> {
  await assertMayChange(tx, view)
  if (view.host !== null) await lockPlans(tx, view.host.id)
  const series = await lockSeries(tx, view.reservation)
  assertPlanned(await stateOf(tx, view.id))
  const all = following || !repeats(view) || isOfSeries(change)
  const id = all ? await changeFollowing(tx, view, series, change) : await changeOne(tx, view, change)
  if (change.at !== undefined || change.name !== undefined || change.recurrence !== undefined) {
    await tell(tx, view, 'reservation.moved', id, all && repeats(view))
  }
  return id
}

const readableName = (typed: string): string => {
  const name = roomNameFrom(typed)
  if (name === null) throw new Refusal('invalid', 'room.name.empty')
  return name
}

async function changeOne(tx: Tx, view: ReservationView, change: Change): Promise<OccurrenceId> {
  const startsAt = change.at ?? view.startsAt
  const minutes = change.workMinutes ?? view.workMinutes
  const clash =
    view.host === null
      ? null
      : clashOf(
          [{ name: view.name, from: startsAt, minutes }],
          await ownStretches(tx, view.host.id, startsAt, { reservation: view.reservation, from: view.day, only: true }),
        )
  if (clash !== null) {
    const words = { name: clash.name, date: { time: clash.from, as: 'date' }, clock: { time: clash.from, as: 'clock' } } as const
    throw new Refusal('conflict', 'reserve.clash', words)
  }
  await tx.db
    .updateTable('reservation_occurrence')
    .set({
      ...(change.at === undefined
        ? {}
        : { starts_at: startsAt, moved: true, remind_at: remindAt(startsAt, view.remindMinutes, tx.now), reminded_at: null }),
      ...(change.name === undefined ? {} : { name: readableName(change.name) }),
      ...(change.note === undefined ? {} : { note: change.note }),
      ...(change.workMinutes === undefined ? {} : { work_duration_minutes: change.workMinutes }),
      ...(change.breakMinutes === undefined ? {} : { break_duration_minutes: change.breakMinutes }),
    })
    .where('id', '=', view.id)
    .execute()
  await changed(tx, view, [view.id])
  return view.id
}

async function changeFollowing(tx: Tx, view: ReservationView, series: SeriesRow, change: Change): Promise<OccurrenceId> {
  const calendar = await calendarAfter(tx, view, series, change)
  assertDates(tx, calendar)
  const name = change.name === undefined ? series.name : readableName(change.name)
  const workMinutes = change.workMinutes ?? series.work_duration_minutes
  const own = await ownAfter(tx, view, series, change)
  if (series.host_id !== null) {
    await assertNoClash(
      tx,
      series.host_id,
      { ...calendar, name, work_duration_minutes: workMinutes },
      { reservation: series.id, from: view.day, own },
    )
  }
  const ended = await endSeries(tx, series, view.day)
  const { id: _id, created_at: _created, updated_at: _updated, cancelled_at: _cancelled, ...kept } = series
  const next = await insertSeries(tx, {
    ...kept,
    ...calendar,
    weekdays: [...calendar.weekdays],
    name,
    named_after: name === series.name ? series.named_after : null,
    note: change.note === undefined ? series.note : change.note,
    work_duration_minutes: workMinutes,
    break_duration_minutes: change.breakMinutes ?? series.break_duration_minutes,
    remind_minutes: change.remindMinutes ?? series.remind_minutes,
    room_id: change.room === undefined ? series.room_id : (change.room?.room.id ?? null),
    voice_channel: change.voice === undefined ? series.voice_channel : change.voice,
    continues: series.id,
  })
  await copyMembers(tx, series.id, next.id, view.day)
  const [first] = await writeDates(tx, next, own)
  if (first === undefined) throw new Refusal('invalid', 'reserve.no-date')
  await changed(tx, view, ended)
  return first
}

/** The calendar of the changed series: what is not changed holds on, and of a number of times those are left that were not used. */
async function calendarAfter(tx: Tx, view: ReservationView, series: SeriesRow, change: Change) {
  const usual = Temporal.PlainDate.from(view.day).toPlainDateTime(Temporal.PlainTime.from(series.starts_time))
  const at = change.at ?? momentAt(usual, series.timezone)
  const recurrence = change.recurrence ?? series.recurrence
  const used = await tx.db
    .selectFrom('reservation_occurrence')
    .select((e) => e.fn.countAll<string>().as('count'))
    .where('reservation_id', '=', series.id)
    .where('day', '<', view.day)
    .executeTakeFirstOrThrow()
  const calendar = calendarOf({
    at,
    timezone: series.timezone,
    recurrence,
    weekdays: change.weekdays ?? series.weekdays,
    until: change.until ?? null,
    times: change.times ?? (series.times === null ? null : Math.max(1, series.times - Number(used.count))),
  })
  const until = change.until !== undefined || recurrence === 'none' ? calendar.until_date : series.until_date
  return { ...calendar, until_date: until !== null && until < calendar.starts_on ? calendar.starts_on : until }
}

/** What the dates from this one on keep of their own. A move to another day takes it along. */
async function ownAfter(tx: Tx, view: ReservationView, series: SeriesRow, change: Change): Promise<OwnDates> {
  const rows = await tx.db
    .selectFrom('reservation_occurrence')
    .select(['day', 'state', 'starts_at', 'moved', 'name', 'note', 'work_duration_minutes', 'break_duration_minutes'])
    .where('reservation_id', '=', series.id)
    .where('day', '>=', view.day)
    .execute()
  const shift = Temporal.PlainDate.from(view.day).until(change.at === undefined ? view.day : dayIn(change.at, series.timezone))
  return new Map(
    rows.map(({ day, ...own }): [string, OwnDate] => [
      Temporal.PlainDate.from(day).add(shift).toString(),
      {
        ...own,
        ...(change.at === undefined ? {} : { moved: false }),
        ...(change.name === undefined ? {} : { name: null }),
        ...(change.note === undefined ? {} : { note: null }),
        ...(change.workMinutes === undefined ? {} : { work_duration_minutes: null }),
        ...(change.breakMinutes === undefined ? {} : { break_duration_minutes: null }),
      },
    ]),
  )
}

async function copyMembers(tx: Tx, from: ReservationId, to: ReservationId, day: string): Promise<void> {
  const members = await tx.db
    .selectFrom('reservation_member')
    .selectAll()
    .where('reservation_id', '=', from)
    .where((e) => e.or([e('day', 'is', null), e('day', '>=', day)]))
    .execute()
  if (members.length === 0) return
  await tx.db
    .insertInto('reservation_member')
    .values(members.map((member) => ({ ...member, reservation_id: to })))
    .execute()
}
