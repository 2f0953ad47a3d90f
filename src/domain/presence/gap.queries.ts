import { type RawBuilder, sql } from 'kysely'
import type { Ctx, Platform } from '../../kernel/context.ts'
import type { GapId, OutageId, PersonId, PresenceId, RoomId } from '../../kernel/ids.ts'
import { actingPerson } from '../people/person.queries.ts'
import { earning } from '../sessions/earned.queries.ts'
import { claimMinutes, silentBreaks } from './presence.ts'

export type Gap = { readonly platform: Platform; readonly from: Date; readonly to: Date; readonly room: string }

/** A gap that waits for an answer; null where it was answered. */
export async function openGap(ctx: Ctx, gap: GapId): Promise<Gap | null> {
  const { rows } = await sql<Gap>`
    select o.platform, lower(g.missed) as "from", upper(g.missed) as "to", r.room_name as room
    from outage_gap g join outage o on o.id = g.outage_id join room r on r.id = g.room_id
    where g.id = ${gap}::uuid and g.answered_at is null`.execute(ctx.db)
  return rows[0] ?? null
}

/** How many people of a room still wait for an answer about an outage, and how long it was for the longest, in seconds. */
export async function openGaps(ctx: Ctx, outage: OutageId, room: RoomId): Promise<{ readonly count: number; readonly seconds: number }> {
  const { rows } = await sql<{ count: number; seconds: number }>`
    select count(*)::int as count, coalesce(max(extract(epoch from upper(missed) - lower(missed))), 0)::int as seconds
    from outage_gap where outage_id = ${outage}::uuid and room_id = ${room}::uuid and answered_at is null`.execute(ctx.db)
  return rows[0] ?? { count: 0, seconds: 0 }
}

/** What the acting person was asked last and has not answered, or null. */
export async function newestGap(ctx: Ctx): Promise<GapId | null> {
  const gap = await ctx.db
    .selectFrom('outage_gap')
    .select('id')
    .where('user_id', '=', actingPerson(ctx))
    .where('answered_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return gap?.id ?? null
}

/** The last outage about which somebody in a room still waits for an answer, or null. */
export async function newestOutage(ctx: Ctx, room: RoomId): Promise<OutageId | null> {
  const gap = await ctx.db
    .selectFrom('outage_gap')
    .select('outage_id')
    .where('room_id', '=', room)
    .where('answered_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return gap?.outage_id ?? null
}

/** The running focus of a room in `missed`, without what the person of the row earned meanwhile, here or elsewhere, or may still earn. */
export const focusMissed = (row: string, missed: RawBuilder<unknown>, now: Date) => {
  const [room, person] = [sql.ref(`${row}.room_id`), sql.ref(`${row}.user_id`)]
  return sql`tstzmultirange(${missed})
    * coalesce((select range_agg(tstzrange(s.started_at, coalesce(s.ended_at, ${now}::timestamptz))) from phase p join phase_span s on s.phase_id = p.id
        where p.room_id = ${room} and p.type = 'work' and s.started_at < upper(${missed}) and coalesce(s.ended_at, 'infinity') > lower(${missed})), '{}')
    - coalesce((select range_agg(e) from session_history h cross join lateral unnest(h.earned) e
        where h.user_id = ${person} and h.completed_at > lower(${missed}) and h.started_at < upper(${missed})), '{}')
    - coalesce((select range_agg(tstzrange(e."from", e."to")) from (${earning(person, sql`lower(${missed})`, sql`upper(${missed})`)}) e), '{}')`
}

/** Silences of a person that may still be said to have been none: `presence`, from when to when they were `missed`, in which room. */
export const lapsedOf = (person: PersonId, now: Date): RawBuilder<unknown> => sql`
  select i.id as presence, i.user_id, i.room_id, tstzrange(i.ended_at, seat.left_at) as missed
  from presence_interval i
  join lateral (select left_at from participant p where p.room_id = i.room_id and p.user_id = i.user_id and p.left_at >= i.ended_at order by left_at limit 1) seat on true
  where i.user_id = ${person}::uuid and i.silent_breaks = ${silentBreaks} and i.ended_at is not null
    and seat.left_at > ${now}::timestamptz - make_interval(mins => ${claimMinutes})
    and not exists (select from session_history h where h.presence_id = i.id)`

/** The last silence of the acting person that they may still deny, where focus ran meanwhile; null where there is none. */
export async function openSilence(
  ctx: Ctx,
): Promise<{ readonly presence: PresenceId; readonly room: string; readonly until: Date } | null> {
  const { rows } = await sql<{ presence: PresenceId; room: string; until: Date }>`
    with lapsed as (${lapsedOf(actingPerson(ctx), ctx.now)})
    select l.presence, r.room_name as room, lower(l.missed) as until from lapsed l join room r on r.id = l.room_id
    where not isempty(${focusMissed('l', sql`l.missed`, ctx.now)}) order by lower(l.missed) desc limit 1`.execute(ctx.db)
  return rows[0] ?? null
}
