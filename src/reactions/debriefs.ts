import { sql } from 'kysely'
import { rows } from '../db/rows.ts'
import type { PersonId } from '../kernel/ids.ts'
import type { Reaction } from './index.ts'
import { noticesTo } from './people.ts'

/**
 * A private room says nothing in a channel, so whoever checks in there is asked alone how it went; those who gave a sign in that focus
 * are left in peace.
 */
export const askAlone: Reaction<'timer.moved'> = async (tx, events) => {
  const over = events.filter(({ from }) => from === 'work').map(({ id, room, at }) => ({ event: id, room, at }))
  if (over.length === 0) return []
  const asked = await sql<{ person: PersonId; event: string }>`
    select i.user_id as person, x.event from ${rows(over, 'x', { event: 'text', room: 'uuid', at: 'timestamptz' })}
    join room r on r.id = x.room and r.is_private and r.is_active
    join phase w on w.room_id = x.room and w.type = 'work' and w.ended_at = x.at
    join presence_interval i on i.room_id = x.room and i.ended_at is null and i.last_sign_at <= w.started_at`.execute(tx.db)
  return noticesTo(tx, asked.rows)
}
