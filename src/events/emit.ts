import { sql } from 'kysely'
import { rows } from '../db/rows.ts'
import type { Tx } from '../kernel/context.ts'
import { newId } from '../kernel/ids.ts'
import type { Event, Told } from './event.ts'

/** Events wait here for their reactions. */
export const reactionQueue = 'reaction'

/** Wakes the workers that sleep until the next timer: one may be due earlier now. */
export const timerChannel = 'timer'

/** Writes down what happened and hands it to the reactions, in the same transaction: a rollback tells nobody. */
export async function emit(tx: Tx, ...events: readonly Event[]): Promise<void> {
  if (events.length === 0) return
  const told: Told[] = events.map((event) => ({ ...event, id: newId<string>() }))
  const list = told.map((event) => ({ id: event.id, type: event.type, room_id: event.room, user_id: event.by, data: event }))
  await sql`insert into event (id, type, room_id, user_id, data, created_at)
    select x.*, ${tx.now}::timestamptz from ${rows(list, 'x', { id: 'uuid', type: 'text', room_id: 'uuid', user_id: 'uuid', data: 'jsonb' })}`.execute(
    tx.db,
  )
  await tx.queue.insert(
    tx.db,
    told.map((event) => ({ queue: reactionQueue, data: event })),
  )
  const wakes = told.some((event) =>
    event.type === 'timer.moved' || event.type === 'solo.started' ? event.endsAt !== null : event.type === 'reservation.changed',
  )
  if (wakes) await sql`select pg_notify(${timerChannel}, '')`.execute(tx.db)
}
