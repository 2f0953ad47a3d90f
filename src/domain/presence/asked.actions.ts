import { sql } from 'kysely'
import type { Tx } from '../../kernel/context.ts'
import type { OutageId, PersonId, RoomId, WorkspaceId } from '../../kernel/ids.ts'
import { lockRooms, momentIn } from '../timers/lock.actions.ts'
import { begin } from './presence.actions.ts'

/**
 * Whose presence in a huddle or on a page ended with a long outage, and who is not seen there now, still has a seat: they are asked
 * by check-ins from now on.
 */
export async function askWhoWasSeen(tx: Tx, outage: OutageId): Promise<void> {
  const { rows } = await sql<{ person: PersonId; room: RoomId; workspace: WorkspaceId | null }>`
    select i.user_id as person, i.room_id as room, i.workspace_id as workspace
    from presence_interval i join participant p on p.room_id = i.room_id and p.user_id = i.user_id and p.left_at is null
    where i.outage_id = ${outage}::uuid and i.evidence in ('huddle', 'web')
      and not exists (select from presence_interval o where o.user_id = i.user_id and o.room_id = i.room_id and o.ended_at is null)
    order by i.room_id, i.user_id`.execute(tx.db)
  for (const { workspace, ...seat } of rows) {
    const locked = await lockRooms(tx, [seat.room])
    await begin(tx, seat, { evidence: 'check-in', workspace }, momentIn(tx, locked), false)
  }
}
