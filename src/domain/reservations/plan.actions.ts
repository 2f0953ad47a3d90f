import { sql } from 'kysely'
import { after, days } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/context.ts'
import type { OccurrenceId, PersonId, RoomId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { assertMayOpenHere } from '../rooms/opening.queries.ts'
import { canHost, roomNameFrom } from '../rooms/room.ts'
import { isHereAtLeast } from '../workspaces/workspace.queries.ts'
import { assertNoClash } from './clash.queries.ts'
import { invite } from './member.actions.ts'
import { calendarOf, type Plan } from './plan.ts'
import { type Series, startOn } from './recurrence.ts'
import { furthestDays, mostReservations } from './reservation.ts'
import { insertSeries, writeDates } from './series.actions.ts'

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
  await assertNoClash(tx, person, { ...calendar, name: plan.name, work_duration_minutes: plan.workMinutes }, null)
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

/** @throws Refusal `invalid` where nothing readable is left of the name */
function columnsOf(plan: Plan, calendar: Series) {
  const name = roomNameFrom(plan.name)
  if (name === null) throw new Refusal('invalid', 'room.name.empty')
  return {
    room_id: plan.room?.room.id ?? (null as RoomId | null),
    name,
    named_after: plan.namedAfter,
    note: plan.note,
    work_duration_minutes: plan.workMinutes,
    break_duration_minutes: plan.breakMinutes,
    remind_minutes: plan.remindMinutes,
    ...calendar,
    weekdays: [...calendar.weekdays],
  }
}
