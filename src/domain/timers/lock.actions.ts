import type { Tx } from '../../kernel/context.ts'
import type { RoomId } from '../../kernel/ids.ts'
import type { Room, Timer } from '../rooms/room.queries.ts'
import { catchUp, laterOf, type Move, runOf } from './course.ts'
import { move } from './move.actions.ts'

/** A room and its timer as they are while the room's lock is held. */
export type Locked = { room: Room; timer: Timer }

/**
 * Takes the lock of rooms in one order, so that two transactions can't wait for each other; the timer's row is the room's lock.
 * What was due there is settled first: whoever decides sees the phase of now, and a change of settings reaches no phase of before.
 */
export async function lockRooms(tx: Tx, rooms: readonly RoomId[]): Promise<readonly Locked[]> {
  if (rooms.length === 0) return []
  const locked = await held(tx, rooms)
  const late = missedBy(locked, tx.now)
  if (late.length === 0) return locked
  await move(tx, late)
  return held(tx, rooms)
}

async function held(tx: Tx, rooms: readonly RoomId[]): Promise<readonly Locked[]> {
  const timers = await tx.db.selectFrom('timer').selectAll().where('room_id', 'in', rooms).orderBy('room_id').forUpdate().execute()
  const found = await tx.db.selectFrom('room').selectAll().where('id', 'in', rooms).execute()
  return found.flatMap((room) => timers.filter((timer) => timer.room_id === room.id).map((timer) => ({ room, timer })))
}

/** What time has done to the timers up to now, of those to which it did anything. */
export const missedBy = (locked: readonly Locked[], now: Date): readonly Move[] =>
  locked
    .map(({ room, timer }) => ({ room, timer, run: runOf(timer), steps: catchUp(room, timer, now) }))
    .filter(({ steps }) => steps.length > 0)

/**
 * The moment of a deed in rooms whose lock is held: now, but never before what was settled there while it waited for the lock. So
 * no later row changes what a phase that is over has credited.
 */
export const momentIn = (tx: Tx, rooms: readonly Locked[]): Date => rooms.reduce((at, { timer }) => laterOf(at, timer.updated_at), tx.now)
