import { sql } from 'kysely'
import { emit } from '../../events/emit.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, RoomId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { lockPresence } from '../people/lock.actions.ts'
import { actingPerson } from '../people/person.queries.ts'
import { isShown } from '../people/visibility.queries.ts'
import { close } from '../presence/presence.actions.ts'
import { type Locked, lockRooms, momentIn } from '../timers/lock.actions.ts'
import type { RoomView } from './room.queries.ts'

export async function presentIn(tx: Tx, room: RoomId): Promise<number> {
  const { count } = await tx.db
    .selectFrom('participant')
    .select((e) => e.fn.countAll().as('count'))
    .where('room_id', '=', room)
    .where('left_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function hasSeat(tx: Tx, room: RoomId, person: PersonId): Promise<boolean> {
  const seat = await tx.db
    .selectFrom('participant')
    .select('id')
    .where('room_id', '=', room)
    .where('user_id', '=', person)
    .where('left_at', 'is', null)
    .executeTakeFirst()
  return seat !== undefined
}

/** Closes the seat and the presence of a person; whoever is left gets a host. The caller holds the room's lock. */
export async function leaveSeat(tx: Tx, room: RoomId, person: PersonId, at: Date, by: 'sign' | 'others'): Promise<void> {
  const left = sql<Date>`greatest(joined_at, ${at}::timestamptz)`
  await tx.db
    .updateTable('participant')
    .set({ left_at: left, is_host: false })
    .where('room_id', '=', room)
    .where('user_id', '=', person)
    .where('left_at', 'is', null)
    .execute()
  await close(tx, { person, room }, at, by)
  await seatHosts(tx, [room])
  if ((await presentIn(tx, room)) === 0) {
    await tx.db.updateTable('room').set({ empty_since: at }).where('id', '=', room).execute()
    // Where it stops as soon as it is empty, that is due now.
    await lockRooms(tx, [room])
  }
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
  const locked = await lockSeat(tx, { person, room })
  if (!(await hasSeat(tx, room, person))) {
    if (how === 'banned') return
    throw new Refusal('conflict', how === 'left' ? 'room.leave.absent' : 'room.kick.absent', { room: room_name })
  }
  await leaveSeat(tx, room, person, momentIn(tx, locked), how === 'left' ? 'sign' : 'others')
  await emit(tx, { type: 'room.left', room, by: actingPerson(tx), person, how })
}

/** The locks of somebody who enters or leaves, in the order in which everybody takes them: the person, then the room. */
export async function lockSeat(tx: Tx, { person, room }: { readonly person: PersonId; readonly room: RoomId }): Promise<readonly Locked[]> {
  await lockPresence(tx, person)
  return lockRooms(tx, [room])
}

/** Ends the seat of somebody who is no longer there, as of `when`: left the voice channel, or silent. False where they left already. */
export async function vacate(tx: Tx, room: RoomId, person: PersonId, how: 'silent' | 'voice', when: Date = tx.now): Promise<boolean> {
  const locked = await lockSeat(tx, { person, room })
  if (!(await hasSeat(tx, room, person))) {
    await close(tx, { person, room }, when, 'others')
    return false
  }
  await leaveSeat(tx, room, person, how === 'silent' ? momentIn(tx, locked) : when, 'others')
  await emit(tx, { type: 'room.left', room, by: null, person, how })
  return true
}
