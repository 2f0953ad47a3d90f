import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { DB, Recurrence } from '../../db/schema.ts'
import { emit } from '../../events/emit.ts'
import { after, days, minutes } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/context.ts'
import { newId, type OccurrenceId, type PersonId, type ReservationId, type RoomId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { dayIn, wallTime } from '../../kernel/zones.ts'
import { actingPerson } from '../people/person.queries.ts'
import { assertMayOpenHere } from '../rooms/opening.queries.ts'
import type { RoomView } from '../rooms/room.queries.ts'
import { canHost, roomNameFrom } from '../rooms/room.ts'
import { isHereAtLeast } from '../workspaces/workspace.queries.ts'
import { ownStretches } from './clash.queries.ts'
import { daysBetween, daysFrom, type Series, startOn } from './recurrence.ts'
import { clashOf, datesAhead, furthestDays, horizonDays, mostReservations } from './reservation.ts'

export type SeriesRow = Selectable<DB['room_reservations']>

/** A session as its host plans it. `at` is its first moment; the rest of the calendar is that of `timezone`. */
export type Plan = {
  readonly at: Date
  readonly timezone: string
  readonly name: string
  readonly note: string | null
  readonly workMinutes: number
  readonly breakMinutes: number
  readonly remindMinutes: number
  readonly recurrence: Recurrence
  readonly weekdays: readonly number[]
  readonly until: Date | null
  readonly times: number | null
  /** A room whose timer starts; null: a room is opened. */
  readonly room: RoomView | null
  readonly voice: string | null
}

/**
 * Plans a session in the acting person's workspace, at the place where it was said.
 * @throws Refusal `forbidden` for guests and where the workspace or the room does not want it, `conflict` for a clash with one's own or
 *   too many, `invalid` for what lies too far ahead or has no date
 */
export async function reserve(tx: Tx, plan: Plan, invited: readonly PersonId[]): Promise<OccurrenceId> {
  if (tx.actor === 'clock') throw new Error('only a person makes a reservation')
  const { person, workspace } = tx.actor
  await assertMayPlan(tx, plan)
  await lockPlans(tx, person)
  const calendar = calendarOf(plan)
  assertDates(tx, calendar)
  await assertFewEnough(tx, person)
  await assertNoClash(tx, person, { ...calendar, name: plan.name, workMinutes: plan.workMinutes }, null)
  const { platform } = await tx.db.selectFrom('workspace').select('platform').where('id', '=', workspace).executeTakeFirstOrThrow()
  const here = tx.place !== null && tx.place.platform === platform ? tx.place.channel : null
  const series = await insertSeries(tx, {
    ...columnsOf(plan, calendar),
    workspace_id: workspace,
    host_id: person,
    platform,
    channel: here,
    voice_channel: here === null ? null : plan.voice,
    continues: null,
  })
  const [first] = await writeDates(tx, series)
  if (first === undefined) throw new Refusal('invalid', 'reserve.no-date')
  await invite(tx, series.id, first, invited)
  return first
}

async function assertMayPlan(tx: Tx, { room, voice }: Pick<Plan, 'room' | 'voice'>): Promise<void> {
  if (!(await isHereAtLeast(tx, 'member'))) throw new Refusal('forbidden', 'room.create.guest')
  if (room === null) return assertMayOpenHere(tx, voice ?? undefined)
  if (!canHost(room.standing) && room.room.control !== 'anyone') {
    throw new Refusal('forbidden', 'reserve.room-of-others', { room: room.room.room_name })
  }
}

/** Whoever plans twice at once waits for themselves, so that no clash and no count is overlooked. */
export const lockPlans = async (tx: Tx, person: PersonId): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`reservations ${person}`}, 0))`.execute(tx.db)
}

/** The days and the time of day of a plan; the series begins on the first day that it takes place. */
export function calendarOf({ at, timezone, recurrence, weekdays, until, times }: Omit<Plan, 'room' | 'voice'>): Series {
  const wall = wallTime(at, timezone)
  const series: Series = {
    starts_on: wall.toPlainDate().toString(),
    starts_time: wall.toPlainTime().toString({ smallestUnit: 'second' }),
    timezone,
    recurrence,
    weekdays: recurrence === 'days' ? weekdays : [],
    until_date: recurrence === 'none' || until === null ? null : dayIn(until, timezone),
    times: recurrence === 'none' ? null : times,
  }
  if (series.until_date !== null && series.until_date < series.starts_on) throw new Refusal('invalid', 'reserve.until-before')
  const [first] = daysFrom(series, series.starts_on, 1)
  if (first === undefined) throw new Refusal('invalid', 'reserve.no-date')
  return { ...series, starts_on: first }
}

/** @throws Refusal `invalid` for what lies too far ahead */
export function assertDates(tx: Tx, calendar: Series): void {
  if (startOn(calendar, calendar.starts_on) > after(tx.now, days(furthestDays))) throw new Refusal('invalid', 'reserve.too-far')
}

async function assertFewEnough(tx: Tx, person: PersonId): Promise<void> {
  const { count } = await tx.db
    .selectFrom('room_reservations as s')
    .select((e) => e.fn.countAll<string>().as('count'))
    .where('s.host_id', '=', person)
    .where('s.cancelled_at', 'is', null)
    .where((e) =>
      e.exists(
        e
          .selectFrom('reservation_occurrence as o')
          .select('o.id')
          .whereRef('o.reservation_id', '=', 's.id')
          .where('o.state', '=', 'planned'),
      ),
    )
    .executeTakeFirstOrThrow()
  if (Number(count) >= mostReservations) throw new Refusal('conflict', 'reserve.too-many', { max: mostReservations })
}

/** @throws Refusal `conflict` that names the own reservation in the way; `but` is the series that is being changed */
export async function assertNoClash(
  tx: Tx,
  person: PersonId,
  planned: Series & { readonly name: string; readonly workMinutes: number },
  but: { readonly reservation: ReservationId; readonly from: string } | null,
): Promise<void> {
  const last = Temporal.PlainDate.from(planned.starts_on).add({ days: horizonDays }).toString()
  const mine = daysBetween(planned, planned.starts_on, last).map((day) => ({
    name: planned.name,
    from: startOn(planned, day),
    minutes: planned.workMinutes,
  }))
  const clash = clashOf(mine, await ownStretches(tx, person, mine[0]?.from ?? tx.now, but))
  if (clash === null) return
  const words = { name: clash.name, date: { time: clash.from, as: 'date' }, clock: { time: clash.from, as: 'clock' } } as const
  throw new Refusal('conflict', 'reserve.clash', words, { label: 'reserve.show-list', press: { command: 'reserve list', args: {} } })
}

/** @throws Refusal `invalid` where nothing readable is left of the name */
function columnsOf(plan: Plan, calendar: Series) {
  const name = roomNameFrom(plan.name)
  if (name === null) throw new Refusal('invalid', 'room.name.empty')
  return {
    room_id: plan.room?.room.id ?? (null as RoomId | null),
    name,
    note: plan.note,
    work_duration_minutes: plan.workMinutes,
    break_duration_minutes: plan.breakMinutes,
    remind_minutes: plan.remindMinutes,
    ...calendar,
    weekdays: [...calendar.weekdays],
  }
}

export const insertSeries = (tx: Tx, row: Omit<SeriesRow, 'id' | 'created_at' | 'updated_at' | 'cancelled_at'>): Promise<SeriesRow> =>
  tx.db
    .insertInto('room_reservations')
    .values({ ...row, created_at: tx.now, updated_at: tx.now, cancelled_at: null })
    .returningAll()
    .executeTakeFirstOrThrow()

export const remindAt = (startsAt: Date, remindMinutes: number, now: Date): Date | null => {
  const at = after(startsAt, -minutes(remindMinutes))
  return remindMinutes === 0 || at <= now ? null : at
}

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

/** Asks people to come: they are told, with a button to join. */
export async function invite(tx: Tx, reservation: ReservationId, first: OccurrenceId, people: readonly PersonId[]): Promise<void> {
  const by = actingPerson(tx)
  const others = [...new Set(people)].filter((person) => person !== by)
  if (others.length === 0) return
  const asked = await tx.db
    .insertInto('reservation_member')
    .values(
      others.map((user_id) => ({ reservation_id: reservation, user_id, day: null, coming: false, invited_by: by, created_at: tx.now })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('user_id')
    .execute()
  await emit(
    tx,
    ...asked.map(({ user_id: person }) => ({ type: 'reservation.invited', room: null, by, person, occurrence: first }) as const),
  )
}
