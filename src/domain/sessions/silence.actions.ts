import { sql } from 'kysely'
import type { Tx } from '../../kernel/context.ts'
import type { PhaseId } from '../../kernel/ids.ts'
import { isBlind } from '../presence/blind.queries.ts'
import { silentBreaks } from '../presence/presence.ts'

/**
 * Counts the breaks that ended by themselves for those who check in and gave no sign in them. One during which the platform was away
 * counts for nobody: nobody could press.
 */
export async function countSilence(tx: Tx, breaks: readonly PhaseId[]): Promise<void> {
  if (breaks.length === 0) return
  await sql`
    update presence_interval i set silent_breaks = least(${silentBreaks}, i.silent_breaks + s.breaks)
    from (
      select i.id, count(*)::int as breaks from phase p
      join presence_interval i on i.room_id = p.room_id and i.ended_at is null and i.last_sign_at < p.started_at
      where p.id = any(${breaks as PhaseId[]}::uuid[]) and not ${isBlind('i', sql`p.started_at`, sql`p.ended_at`, tx.now)}
      group by i.id) s
    where i.id = s.id`.execute(tx.db)
}
