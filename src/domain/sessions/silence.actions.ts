import { sql } from 'kysely'
import type { Tx } from '../../kernel/context.ts'
import type { PhaseId } from '../../kernel/ids.ts'
import { silentBreaks } from '../presence/presence.ts'

/**
 * Counts the breaks that ended by themselves for those who check in and gave no sign in them. One during which the platform was away
 * counts for nobody: nobody could press.
 */
export async function countSilence(tx: Tx, breaks: readonly PhaseId[]): Promise<void> {
  if (breaks.length === 0) return
  await sql`
    update presence_interval i set silent_breaks = i.silent_breaks + 1
    from phase p
    where p.id = any(${breaks as PhaseId[]}::uuid[]) and i.room_id = p.room_id and i.ended_at is null and i.last_sign_at < p.started_at
      and i.silent_breaks < ${silentBreaks} and not exists (
        select from workspace w join outage o on o.platform = w.platform
          and (w.platform <> 'discord' or mod(floor(w.external_id::numeric / 4194304), o.shard_count) = o.shard)
        where w.id = i.workspace_id and o.started_at < p.ended_at and coalesce(o.ended_at, 'infinity') > p.started_at)`.execute(tx.db)
}
