import { sql } from 'kysely'
import { after, days } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/context.ts'
import type { SessionId } from '../../kernel/ids.ts'
import { retractSessions } from '../sessions/session.actions.ts'
import { strangerDays } from '../voice/voice.ts'

const batch = 1000

/** Forgets what was recorded more than 14 days ago of people who never used the product, and takes it out of every total. */
export async function forgetStrangers(tx: Tx): Promise<void> {
  const old = after(tx.now, -days(strangerDays))
  const strangers = sql`select id from "user" where first_used_at is null and created_at < ${old}::timestamptz`
  for (let found = batch; found === batch; ) {
    const { rows } = await sql<{ id: SessionId }>`
      select h.id from session_history h where h.user_id in (${strangers}) and h.completed_at < ${old}::timestamptz
      order by h.id limit ${batch}`.execute(tx.db)
    await retractSessions(
      tx,
      rows.map(({ id }) => id),
    )
    found = rows.length
  }
  await sql`delete from solo_session where user_id in (${strangers}) and ended_at < ${old}::timestamptz`.execute(tx.db)
  await sql`delete from presence_interval where user_id in (${strangers}) and ended_at < ${old}::timestamptz`.execute(tx.db)
}
