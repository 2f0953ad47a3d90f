import { type RawBuilder, sql } from 'kysely'
import { after, days } from '../../kernel/clock.ts'
import type { Ctx, Platform } from '../../kernel/context.ts'
import type { OccurrenceId, PersonId, RoomId, WorkspaceId } from '../../kernel/ids.ts'
import { actingPerson } from '../people/person.queries.ts'
import { isShown } from '../people/visibility.queries.ts'

/** Everybody who comes on the date `o` of the reservation `s`: its host, and who joined it for that day or for all. */
export const comingTo: RawBuilder<unknown> = sql`(
  select x.user_id, x.created_at from (
    select distinct on (m.user_id) m.user_id, m.coming, m.created_at from reservation_member m
    where m.reservation_id = s.id and (m.day = o.day or m.day is null) order by m.user_id, m.day nulls last) x
  join "user" u on u.id = x.user_id and u.is_active
  where x.coming and x.user_id is distinct from s.host_id)`

export type Attendance = {
  readonly name: string
  readonly startsAt: Date
  readonly isHost: boolean
  /** The acting person was there themselves. */
  readonly came: boolean
  /** Who joined and was not seen; only whoever made the reservation reads it of others, as far as they may be named. */
  readonly absent: readonly string[]
}

/** The last dates that took place, with those who did not come: of others only where the acting person is the host. */
export async function lastAttendances(ctx: Ctx, most: number): Promise<readonly Attendance[]> {
  const person = actingPerson(ctx)
  const wasThere = (who: RawBuilder<unknown>) => sql`exists (select 1 from participant p where p.room_id = o.room_id and p.user_id = ${who}
    and coalesce(p.left_at, 'infinity') > o.opened_at
    and p.joined_at < o.opened_at + make_interval(mins => coalesce(o.work_duration_minutes, s.work_duration_minutes)))`
  const { rows } = await sql<Attendance>`
    select coalesce(o.name, s.name) as name, o.starts_at as "startsAt", s.host_id is not distinct from ${person}::uuid as "isHost",
      ${wasThere(sql`${person}::uuid`)} as came,
      case when s.host_id = ${person}::uuid then array(
        select u.display_name from ${comingTo} c join "user" u on u.id = c.user_id where ${isShown('c.user_id')} and not ${wasThere(sql`c.user_id`)} order by c.created_at)
        else '{}' end as absent
    from reservation_occurrence o join room_reservations s on s.id = o.reservation_id
    where o.state = 'opened' and o.opened_at > ${after(ctx.now, -days(7))}
      and o.opened_at + make_interval(mins => coalesce(o.work_duration_minutes, s.work_duration_minutes)) <= ${ctx.now}
      and s.id in (select id from room_reservations where host_id = ${person}::uuid
        union select reservation_id from reservation_member where user_id = ${person}::uuid)
      and (s.host_id = ${person}::uuid or exists (select 1 from ${comingTo} c where c.user_id = ${person}::uuid))
    order by o.starts_at desc limit ${most}`.execute(ctx.db)
  return rows
}

/** The host and everybody else who comes on a date. */
export async function peopleComing(ctx: Ctx, occurrence: OccurrenceId): Promise<readonly PersonId[]> {
  const { rows } = await sql<{ user_id: PersonId }>`
    select c.user_id from reservation_occurrence o join room_reservations s on s.id = o.reservation_id, lateral (
      select s.host_id as user_id, '-infinity'::timestamptz as created_at where s.host_id is not null union all select * from ${comingTo} x) c
    where o.id = ${occurrence}::uuid order by c.created_at, c.user_id`.execute(ctx.db)
  return rows.map(({ user_id }) => user_id)
}

/** Where a reservation is announced, and how the room that opened is called. */
type CallPlace = { readonly workspace: WorkspaceId; readonly platform: Platform; readonly host: PersonId | null }

async function callPlace(ctx: Ctx, occurrence: OccurrenceId): Promise<CallPlace | null> {
  const row = await ctx.db
    .selectFrom('reservation_occurrence as o')
    .innerJoin('room_reservations as s', 's.id', 'o.reservation_id')
    .select(['s.workspace_id as workspace', 's.platform', 's.host_id as host'])
    .where('o.id', '=', occurrence)
    .executeTakeFirst()
  return row ?? null
}

/** Those who come and are not yet in the room, with an account in the workspace: whom a line there calls, as far as everyone may read their names. */
export async function calledThere(ctx: Ctx, occurrence: OccurrenceId, room: RoomId): Promise<readonly PersonId[]> {
  const people = await peopleComing(ctx, occurrence)
  const place = await callPlace(ctx, occurrence)
  if (people.length === 0 || place === null || place.platform === 'web') return []
  const { rows } = await sql<{ id: PersonId }>`
    select x.id from unnest(${people as PersonId[]}::uuid[]) with ordinality x(id, n)
    where ${isShown('x.id')} and exists (select 1 from identity i where i.user_id = x.id and i.platform = ${place.platform})
      and exists (select 1 from workspace_member m where m.user_id = x.id and m.workspace_id = ${place.workspace}::uuid)
      and not exists (select 1 from participant p where p.user_id = x.id and p.room_id = ${room}::uuid and p.left_at is null)
    order by x.n`.execute(ctx.db)
  return rows.map(({ id }) => id)
}
