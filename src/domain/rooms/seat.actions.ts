import { sql } from 'kysely'
import { rows } from '../../db/rows.ts'
import { emit } from '../../events/emit.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, RoomId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { lockPresence } from '../people/lock.actions.ts'
import { actingPerson } from '../people/person.queries.ts'
import { isShown } from '../people/visibility.queries.ts'
import { close, type Leaver } from '../presence/presence.actions.ts'
import { type Locked, lockRooms, momentIn } from '../timers/lock.actions.ts'
import type { RoomView } from './room.queries.ts'

type Seat = { readonly person: PersonId; readonly room: RoomId }

/** How many are in each of these rooms. */
export async function presentInEach(tx: Tx, rooms: readonly RoomId[]): Promise<ReadonlyMap<RoomId, number>> {
  const { rows: counts } = await sql<{ room: RoomId; count: number }>`
    select room_id as room, count(*)::int as count from participant where room_id = any(${rooms as RoomId[]}::uuid[]) and left_at is null group by room_id`.execute(
    tx.db,
  )
  return new Map(counts.map(({ room, count }) => [room, count]))
}

export const presentIn = async (tx: Tx, room: RoomId): Promise<number> => (await presentInEach(tx, [room])).get(room) ?? 0

/**
 * Closes the seats and the presence of people; whoever is left gets a host. The caller holds the rooms' locks.
 * @returns those who had a seat
 */
export async function leaveSeats(tx: Tx, leaving: readonly Leaver[], by: 'sign' | 'others'): Promise<readonly Seat[]> {
  const theirs = rows(leaving, 'x', { person: 'uuid', room: 'uuid', at: 'timestamptz' })
  const { rows: left } = await sql<Seat>`update participant p set left_at = greatest(p.joined_at, x.at), is_host = false from ${theirs}
    where p.room_id = x.room and p.user_id = x.person and p.left_at is null returning p.user_id as person, p.room_id as room`.execute(tx.db)
  await close(tx, leaving, by)
  const rooms = [...new Set(left.map(({ room }) => room))]
  if (rooms.length === 0) return left
  await seatHosts(tx, rooms)
  const { rows: emptied } = await sql<{ id: RoomId }>`
    update room r set empty_since = (select max(x.at) from ${theirs} where x.room = r.id)
    where r.id = any(${rooms}::uuid[]) and not exists (select from participant p where p.room_id = r.id and p.left_at is null)
    returning r.id`.execute(tx.db)
  // Where it stops as soon as it is empty, that is due now.
  await lockRooms(
    tx,
    emptied.map(({ id }) => id),
  )
  return left
}

/** Acting host is the owner while present, else whoever acts already, else the longest present of those who may be named. Moves the panels on. */
export async function seatHosts(tx: Tx, rooms: readonly RoomId[]): Promise<void> {
  const theirs = sql`any(${rooms as RoomId[]}::uuid[])`
  const chosen = sql`select distinct on (p.room_id) p.id from participant p join room r on r.id = p.room_id
    where p.room_id = ${theirs} and p.left_at is null
    order by p.room_id, (p.user_id is not distinct from r.host_id) desc, p.is_host desc, ${isShown('p.user_id')} desc, p.joined_at, p.id`
  await sql`update participant set is_host = false where room_id = ${theirs} and is_host and id not in (${chosen})`.execute(tx.db)
  await sql`update participant set is_host = true where room_id = ${theirs} and not is_host and id in (${chosen})`.execute(tx.db)
  await sql`update timer set version = version + 1 where room_id = ${theirs}`.execute(tx.db)
}

/**
 * The acting person leaves the room.
 * @throws Refusal `conflict` when they are not in it
 */
export async function leaveRoom(tx: Tx, view: RoomView): Promise<void> {
  await dismiss(tx, view, actingPerson(tx), 'left')
}

/** Sends a person out of the room, or lets them go, and says how. The verbs around it ask permission. */
export async function dismiss(
  tx: Tx,
  { room: { id: room, room_name } }: RoomView,
  person: PersonId,
  how: 'left' | 'kicked' | 'banned',
): Promise<void> {
  const locked = await lockSeats(tx, [{ person, room }])
  const left = await leaveSeats(tx, [{ person, room, at: momentIn(tx, locked) }], how === 'left' ? 'sign' : 'others')
  if (left.length === 0) {
    if (how === 'banned') return
    throw new Refusal('conflict', how === 'left' ? 'room.leave.absent' : 'room.kick.absent', { room: room_name })
  }
  await emit(tx, { type: 'room.left', room, by: actingPerson(tx), person, how })
}

/** The locks of people who enter or leave, in the order in which everybody takes them: people, then rooms. */
export async function lockSeats(tx: Tx, seats: readonly Seat[]): Promise<readonly Locked[]> {
  await lockPresence(tx, ...seats.map(({ person }) => person))
  return lockRooms(tx, [...new Set(seats.map(({ room }) => room))])
}

/**
 * Ends the seats of people who are no longer there: they left the voice channel, or were silent.
 * @returns those who had not left already
 */
export async function vacate(tx: Tx, leaving: readonly Leaver[], how: 'silent' | 'voice'): Promise<readonly Seat[]> {
  if (leaving.length === 0) return []
  await lockSeats(tx, leaving)
  const left = await leaveSeats(tx, leaving, 'others')
  await emit(tx, ...left.map(({ room, person }) => ({ type: 'room.left', room, by: null, person, how }) as const))
  return left
}
