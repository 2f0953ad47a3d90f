import { sql } from 'kysely'
import { emit } from '../../events/emit.ts'
import type { Event } from '../../events/event.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, RoomId } from '../../kernel/ids.ts'
import type { Portion } from '../../kernel/portion.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { endOf } from '../presence/presence.actions.ts'
import { creditOwed } from '../sessions/session.actions.ts'
import { lockRooms, momentIn } from '../timers/lock.actions.ts'
import { stopTimer } from '../timers/timer.actions.ts'
import { assertHost } from './host.actions.ts'
import type { RoomView } from './room.queries.ts'

/** Closes the room: its timer stops, its people leave, what they earned is credited. */
export async function closeRoom(tx: Tx, view: RoomView): Promise<void> {
  assertHost(view)
  await shut(tx, view.room.id, view.standing.person, 'asked')
}

/** Closes a room of whoever owns it, for them. */
export const closeFor = (tx: Tx, room: RoomId, owner: PersonId): Promise<void> => shut(tx, room, owner, 'asked')

async function shut(tx: Tx, room: RoomId, by: PersonId | null, why: 'asked' | 'empty'): Promise<void> {
  const [locked] = await lockRooms(tx, [room])
  if (locked === undefined || !locked.room.is_active) throw new Refusal('conflict', 'room.closed.already')
  const at = momentIn(tx, [locked])
  await stopTimer(tx, locked, by)
  const left = await tx.db
    .updateTable('participant')
    .set({ left_at: sql<Date>`greatest(joined_at, ${at}::timestamptz)`, is_host: false })
    .where('room_id', '=', room)
    .where('left_at', 'is', null)
    .returning('user_id')
    .execute()
  await tx.db
    .updateTable('presence_interval')
    .set({ ended_at: endOf(sql`${at}::timestamptz`, 'others') })
    .where('room_id', '=', room)
    .where('ended_at', 'is', null)
    .execute()
  await creditOwed(tx, [room])
  await tx.db
    .updateTable('room')
    .set({ is_active: false, closed_at: tx.now, empty_since: null, updated_at: tx.now })
    .where('id', '=', room)
    .execute()
  await tx.db
    .updateTable('timer')
    .set((e) => ({ version: e('version', '+', 1), warn_at: null }))
    .where('room_id', '=', room)
    .execute()
  const leaving = left.map(({ user_id: person }): Event => ({ type: 'room.left', room, by, person, how: 'left' }))
  await emit(tx, ...leaving, { type: 'room.closed', room, by, why })
}

/** A room in which nobody has been for this long closes, unless it is kept. */
export const emptyCloseDays = 7

/** Closes the rooms that stood empty since before `emptyBefore`; a batch at a time. */
export async function closeAbandoned(tx: Tx, emptyBefore: Date, { skip, most }: Portion): Promise<number> {
  const rooms = await tx.db
    .selectFrom('room')
    .innerJoin('timer', 'timer.room_id', 'room.id')
    .select('room.id')
    .where('is_active', '=', true)
    .where('keep', '=', false)
    .where('empty_since', '<=', emptyBefore)
    .orderBy('empty_since')
    .limit(Math.min(20, most))
    .offset(skip)
    // The room too: whoever came in just now has written there, and it is looked at again.
    .forUpdate(['timer', 'room'])
    .skipLocked()
    .execute()
  for (const { id } of rooms) await shut(tx, id, null, 'empty')
  return rooms.length
}
