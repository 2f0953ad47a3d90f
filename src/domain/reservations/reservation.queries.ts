import { type RawBuilder, sql } from 'kysely'
import type { OccurrenceState, Recurrence } from '../../db/schema.ts'
import { after, days } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { OccurrenceId, PersonId, ReservationId, RoomId, WorkspaceId } from '../../kernel/ids.ts'
import { actingPerson } from '../people/person.queries.ts'
import { isShown, shownName } from '../people/visibility.queries.ts'
import { comingTo } from './coming.queries.ts'
import type { ReservationView } from './reservation.ts'

type Row = {
  id: OccurrenceId
  reservation: ReservationId
  workspace: WorkspaceId
  day: string
  starts_at: Date
  state: OccurrenceState
  opened_at: Date | null
  name: string
  note: string | null
  work: number
  break: number
  remind: number
  host: PersonId | null
  host_name: string | null
  room: RoomId | null
  room_name: string | null
  room_private: boolean | null
  voice_channel: string | null
  starts_on: string
  starts_time: string
  timezone: string
  recurrence: Recurrence
  weekdays: number[]
  until_date: string | null
  times: number | null
  coming: { id: PersonId; name: string }[] | null
  coming_count: number
  is_coming: boolean
  is_invited: boolean
  is_neighbour: boolean
}

const nobody = '00000000-0000-0000-0000-000000000000' as PersonId

const soonest = sql`o.starts_at, o.id`

/** The dates `where` holds, of `o` and its series `s`, as whoever acts sees them. */
export async function views(ctx: Ctx, where: RawBuilder<unknown>, most: number, order = soonest): Promise<readonly ReservationView[]> {
  const person = ctx.actor === 'clock' ? nobody : ctx.actor.person
  const workspace = ctx.actor === 'clock' ? nobody : ctx.actor.workspace
  const { rows } = await sql<Row>`
    select o.id, s.id as reservation, s.workspace_id as workspace, o.day, o.starts_at, o.state, o.opened_at, coalesce(o.name, s.name) as name,
      coalesce(o.note, s.note) as note, coalesce(o.work_duration_minutes, s.work_duration_minutes) as work,
      coalesce(o.break_duration_minutes, s.break_duration_minutes) as break, s.remind_minutes as remind, s.host_id as host,
      ${shownName('h')} as host_name, coalesce(o.room_id, s.room_id) as room, r.room_name, r.is_private as room_private, s.voice_channel,
      s.starts_on, s.starts_time::text as starts_time, s.timezone, s.recurrence, s.weekdays, s.until_date, s.times,
      (select jsonb_agg(jsonb_build_object('id', c.user_id, 'name', c.display_name) order by c.created_at, c.user_id) from (
        select c.user_id, c.created_at, cu.display_name from ${comingTo} c join "user" cu on cu.id = c.user_id where ${isShown('c.user_id')}
        order by c.created_at, c.user_id limit 11) c) as coming,
      (select count(*)::int from ${comingTo} c) as coming_count,
      exists (select 1 from ${comingTo} c where c.user_id = ${person}::uuid) as is_coming,
      exists (select 1 from reservation_member m where m.reservation_id = s.id and m.user_id = ${person}::uuid) as is_invited,
      exists (select 1 from workspace_member m where m.workspace_id = s.workspace_id and m.user_id = ${person}::uuid
        and m.workspace_id = ${workspace}::uuid) as is_neighbour
    from reservation_occurrence o join room_reservations s on s.id = o.reservation_id
    left join "user" h on h.id = s.host_id left join room r on r.id = coalesce(o.room_id, s.room_id)
    where ${where} order by ${order} limit ${most}`.execute(ctx.db)
  return rows.map((row) => viewOf(row, person))
}

const viewOf = (row: Row, person: PersonId): ReservationView => ({
  id: row.id,
  reservation: row.reservation,
  workspace: row.workspace,
  day: row.day,
  startsAt: row.starts_at,
  state: row.state,
  openedAt: row.opened_at,
  name: row.name,
  note: row.note,
  workMinutes: row.work,
  breakMinutes: row.break,
  remindMinutes: row.remind,
  host: row.host === null ? null : { id: row.host, name: row.host_name },
  room: row.room === null || row.room_name === null ? null : { id: row.room, name: row.room_name, isPrivate: row.room_private === true },
  voiceChannel: row.voice_channel,
  starts_on: row.starts_on,
  starts_time: row.starts_time,
  timezone: row.timezone,
  recurrence: row.recurrence,
  weekdays: row.weekdays,
  until_date: row.until_date,
  times: row.times,
  coming: row.coming ?? [],
  comingCount: row.coming_count,
  standing: {
    person,
    isHost: row.host === person,
    isComing: row.is_coming,
    isInvited: row.is_invited,
    isNeighbour: row.is_neighbour,
  },
})

/** Any date of any reservation, without asking who looks; null where it is gone. */
export async function reservationView(ctx: Ctx, occurrence: OccurrenceId): Promise<ReservationView | null> {
  const [view] = await views(ctx, sql`o.id = ${occurrence}::uuid`, 1)
  return view ?? null
}

/** Whether the date `o` of the reservation `s` is one of a person's: they host it, come, or are invited without an answer. */
const concerns = (person: PersonId): RawBuilder<unknown> => sql`s.id in (
  select id from room_reservations where host_id = ${person}::uuid
  union select reservation_id from reservation_member where user_id = ${person}::uuid)
  and (s.host_id = ${person}::uuid or coalesce(
    (select m.coming or m.invited_by is not null from reservation_member m where m.reservation_id = s.id and m.user_id = ${person}::uuid and m.day = o.day),
    (select m.coming or m.invited_by is not null from reservation_member m where m.reservation_id = s.id and m.user_id = ${person}::uuid and m.day is null), false))`

/** Dates of theirs that are to come. */
const aheadOf = (person: PersonId, now: Date): RawBuilder<unknown> =>
  sql`o.state = 'planned' and o.starts_at > ${after(now, -days(1))} and ${concerns(person)}`

/** What the acting person has ahead, the soonest first; `after` is a date of the list, from behind which it goes on. */
export function nextReservations(
  ctx: Ctx,
  { most, after: last }: { readonly most: number; readonly after?: string | undefined },
): Promise<readonly ReservationView[]> {
  const ahead = aheadOf(actingPerson(ctx), ctx.now)
  const behind = sql`(o.starts_at, o.id) > (select l.starts_at, l.id from reservation_occurrence l where l.id = ${last ?? null}::uuid)`
  return views(ctx, last === undefined ? ahead : sql`${ahead} and ${behind}`, most)
}

/** How many dates the acting person has ahead. */
export async function countAhead(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from reservation_occurrence o join room_reservations s on s.id = o.reservation_id
    where ${aheadOf(actingPerson(ctx), ctx.now)}`.execute(ctx.db)
  return rows[0]?.count ?? 0
}

/**
 * A date that the acting person hosts and that was planned by the clock of another zone: `made` where it is such a one, else the next; at
 * most one.
 */
export function plannedElsewhere(ctx: Ctx, timezone: string, made: OccurrenceId | null): Promise<readonly ReservationView[]> {
  return views(
    ctx,
    sql`o.state = 'planned' and o.starts_at > ${ctx.now} and s.host_id = ${actingPerson(ctx)}::uuid and s.timezone <> ${timezone}`,
    1,
    sql`(o.id = ${made}::uuid) desc, ${soonest}`,
  )
}

/** The room that a reservation of the acting person opened and whose first focus still runs; null where there is none. */
export async function openedForMe(ctx: Ctx): Promise<RoomId | null> {
  const [view] = await views(
    ctx,
    sql`o.state = 'opened' and r.is_active and o.opened_at > ${after(ctx.now, -days(1))}
      and o.opened_at + make_interval(mins => coalesce(o.work_duration_minutes, s.work_duration_minutes)) > ${ctx.now}
      and ${concerns(actingPerson(ctx))}`,
    1,
  )
  return view?.room?.id ?? null
}
