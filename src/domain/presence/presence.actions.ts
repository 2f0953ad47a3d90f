import { type RawBuilder, sql } from 'kysely'
import { rows } from '../../db/rows.ts'
import type { Evidence } from '../../db/schema.ts'
import type { Tx } from '../../kernel/context.ts'
import type { OutageId, PersonId, RoomId, WorkspaceId } from '../../kernel/ids.ts'
import { creditedUntil, unwrittenFrom } from '../sessions/earned.queries.ts'
import { creditOwed } from '../sessions/session.actions.ts'
import { lockRooms, momentIn } from '../timers/lock.actions.ts'
import { isSeenThrough } from './blind.queries.ts'
import { offerGaps } from './gap.actions.ts'
import { bridgedMinutes, isBetter } from './presence.ts'

/** How somebody is seen in a room, and in which workspace: its platform can be blind. */
export type Seen = {
  readonly evidence: Extract<Evidence, 'voice' | 'huddle' | 'web' | 'check-in'>
  readonly workspace: WorkspaceId | null
  readonly channel?: string
}
type Seat = { readonly person: PersonId; readonly room: RoomId }

/** Somebody who has a seat in a room, and how they are seen there from `at` on. */
export type Beginning = Seat & Seen & { readonly at: Date }

/**
 * Opens the presence of people who have a seat in the room. The caller holds the rooms' locks. Nobody is at two places for having
 * two deeds at once: it begins where the last one ended, at the earliest. `isSeen` false: nobody saw them, they are only asked from now
 * on; about an outage only those are asked who were seen on both sides of it.
 */
export async function beginAll(tx: Tx, beginnings: readonly Beginning[], isSeen = true): Promise<void> {
  if (beginnings.length === 0) return
  const columns = { person: 'uuid', room: 'uuid', workspace: 'uuid', channel: 'text', evidence: 'text', at: 'timestamptz' }
  await sql`insert into presence_interval (user_id, room_id, workspace_id, channel, evidence, started_at, last_sign_at)
    select x.person, x.room, x.workspace, x.channel, x.evidence, began.at, case when x.evidence = 'check-in' then began.at end
    from ${rows(beginnings, 'x', columns)}
    cross join lateral (select greatest(${unwrittenFrom(sql`x.person`, sql`x.at`)}, (
      select max(ended_at) from presence_interval where user_id = x.person and room_id is not null and started_at > x.at - interval '1 day')) as at) began`.execute(
    tx.db,
  )
  if (isSeen) await offerGaps(tx, beginnings)
}

export const begin = (tx: Tx, seat: Seat, seen: Seen, at: Date, isSeen = true): Promise<void> =>
  beginAll(tx, [{ ...seat, ...seen, at }], isSeen)

/**
 * When presences end that others end at `at`: those of a moment's absence where they went away, those who check in where they gave
 * their last sign if a break has passed in silence since; all others at `at`. `sign`: the person did it.
 */
export const endOf = (at: RawBuilder<unknown>, by: 'sign' | 'others'): RawBuilder<Date> => sql<Date>`greatest(started_at, case
  when ${by === 'others'} and silent_breaks > 0 then last_sign_at
  when away_since < ${at} then away_since
  else ${at} end)`

/** Somebody who is no longer where they had a seat, as of `at`. */
export type Leaver = Seat & { readonly at: Date }

async function end(tx: Tx, leaving: readonly Leaver[], by: 'sign' | 'others'): Promise<void> {
  const list = leaving.map(({ person, room, at }) => ({ person, room, at }))
  await sql`update presence_interval i set ended_at = ${endOf(sql`x.at`, by)}
    from ${rows(list, 'x', { person: 'uuid', room: 'uuid', at: 'timestamptz' })}
    where i.room_id = x.room and i.user_id = x.person and i.ended_at is null`.execute(tx.db)
}

const roomsOf = (seats: readonly Seat[]): readonly RoomId[] => [...new Set(seats.map(({ room }) => room))]

/** Ends the presence of people in rooms, and writes what was owed. The caller holds the rooms' locks. */
export async function close(tx: Tx, leaving: readonly Leaver[], by: 'sign' | 'others'): Promise<void> {
  await end(tx, leaving, by)
  await creditOwed(tx, roomsOf(leaving))
}

/**
 * The presence of people in their rooms goes on by other evidence. What was owed is written after both: between them it would seem
 * decided that they left. The caller holds the rooms' locks.
 */
export async function goOn(tx: Tx, beginnings: readonly Beginning[], by: 'sign' | 'others'): Promise<void> {
  await end(tx, beginnings, by)
  await beginAll(tx, beginnings)
  await creditOwed(tx, roomsOf(beginnings))
}

/**
 * Somebody is seen in the room in which they have a seat: their presence opens, goes on where they were away for a moment, or is
 * taken over by better evidence. Without a seat, or seen better already, nothing changes.
 */
export async function appear(tx: Tx, { person, room, ...seen }: Seat & Seen, when: Date = tx.now): Promise<void> {
  const locked = await lockRooms(tx, [room])
  if (!locked[0]?.room.is_active) return
  const seat = await tx.db
    .selectFrom('participant as p')
    .leftJoin('presence_interval as i', (join) =>
      join.onRef('i.user_id', '=', 'p.user_id').onRef('i.room_id', '=', 'p.room_id').on('i.ended_at', 'is', null),
    )
    .select(['i.id', 'i.evidence', 'i.away_since', 'i.channel'])
    .where('p.room_id', '=', room)
    .where('p.user_id', '=', person)
    .where('p.left_at', 'is', null)
    .executeTakeFirst()
  if (seat === undefined) return
  const at = momentIn({ ...tx, now: when }, locked)
  if (seat.id === null || seat.evidence === null) return begin(tx, { person, room }, seen, at)
  if (seat.evidence === seen.evidence) {
    // Of a page that is open in two processes the first goes on seeing its person.
    if (seat.away_since === null && (seen.evidence === 'web' || seat.channel === (seen.channel ?? null))) return
    await tx.db
      .updateTable('presence_interval')
      .set({ away_since: null, channel: seen.channel ?? null })
      .where('id', '=', seat.id)
      .execute()
    return creditOwed(tx, [room])
  }
  if (!isBetter(seen.evidence, seat.evidence)) return
  await goOn(tx, [{ person, room, ...seen, at }], 'sign')
}

/**
 * Somebody is no longer seen where they were: the clock ends it unless they are back within a minute. A word that comes late changes
 * nothing that counts already. Those who check in are not watched.
 */
export async function stepAway(tx: Tx, { person, room }: Seat, evidence: Seen['evidence'], when: Date = tx.now): Promise<void> {
  await lockRooms(tx, [room])
  await tx.db
    .updateTable('presence_interval')
    .set({ away_since: sql<Date>`greatest(${creditedUntil('presence_interval')}, ${when}::timestamptz)` })
    .where('room_id', '=', room)
    .where('user_id', '=', person)
    .where('evidence', '=', evidence)
    .where('ended_at', 'is', null)
    .where('away_since', 'is', null)
    .execute()
}

/** Nobody is seen in a workspace any more: voice channels and huddles there are left now. */
export async function loseSight(tx: Tx, workspace: WorkspaceId): Promise<void> {
  await sql`update identity set huddle_since = null from workspace w where w.id = ${workspace}::uuid and w.platform = 'slack'
    and identity.platform = 'slack' and starts_with(identity.external_id, w.external_id || ':') and huddle_since is not null`.execute(tx.db)
  const seen = sql`from presence_interval i where i.workspace_id = ${workspace}::uuid and i.ended_at is null and i.away_since is null
    and i.evidence in ('voice', 'huddle')`
  const { rows } = await sql<{ room: RoomId }>`select distinct i.room_id as room ${seen} and i.room_id is not null`.execute(tx.db)
  await lockRooms(
    tx,
    rows.map(({ room }) => room),
  )
  await sql`update presence_interval l set away_since = greatest(${creditedUntil('l')}, ${tx.now}::timestamptz)
    where l.id in (select i.id ${seen})`.execute(tx.db)
}

/**
 * A person who checks in gave a sign: they were there up to now, and what waited for it is written. Where their platform was away for
 * long in between, they were there until then, and are again; they are asked about the time between.
 */
export async function sign(tx: Tx, person: PersonId): Promise<void> {
  const checkIn = tx.db
    .selectFrom('presence_interval')
    .select(['id', 'room_id', 'workspace_id', 'last_sign_at'])
    .where('user_id', '=', person)
    .where('evidence', '=', 'check-in')
    .where('ended_at', 'is', null)
  const room = (await checkIn.executeTakeFirst())?.room_id ?? null
  if (room === null) return
  const locked = await lockRooms(tx, [room])
  const open = await checkIn.where('room_id', '=', room).executeTakeFirst()
  if (open === undefined || open.last_sign_at === null) return
  const at = momentIn(tx, locked)
  const outage = await longOutageSince(tx, open.workspace_id, open.last_sign_at)
  if (outage === null) {
    await tx.db.updateTable('presence_interval').set({ last_sign_at: at, silent_breaks: 0 }).where('id', '=', open.id).execute()
  } else {
    await tx.db
      .updateTable('presence_interval')
      .set({ ended_at: sql<Date>`greatest(started_at, ${outage.started_at}::timestamptz)`, outage_id: outage.id })
      .where('id', '=', open.id)
      .execute()
    await begin(tx, { person, room }, { evidence: 'check-in', workspace: open.workspace_id }, at)
  }
  await creditOwed(tx, [room])
}

/** The first outage, too long to be bridged, of the platform of a workspace since a moment. */
async function longOutageSince(
  tx: Tx,
  workspace: WorkspaceId | null,
  since: Date,
): Promise<{ readonly id: OutageId; readonly started_at: Date } | null> {
  const { rows } = await sql<{ id: OutageId; started_at: Date }>`
    select o.id, o.started_at from workspace w join outage o on ${isSeenThrough('o')}
    where w.id = ${workspace}::uuid and o.started_at > ${since}::timestamptz and o.ended_at <= ${tx.now}::timestamptz
      and o.ended_at - o.started_at >= make_interval(mins => ${bridgedMinutes})
    order by o.started_at limit 1`.execute(tx.db)
  return rows[0] ?? null
}
