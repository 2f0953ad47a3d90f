import { sql } from 'kysely'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, SessionId } from '../../kernel/ids.ts'
import { countTowards } from './achievement.actions.ts'

/**
 * Counts, of sessions that have just been written down, those whose phase was focused through with somebody else. Whoever was alone
 * in a phase until now, because others were credited later, was not.
 */
export async function countTogether(tx: Tx, sessions: readonly SessionId[]): Promise<void> {
  if (sessions.length === 0) return
  const { rows } = await sql<{ person: PersonId }>`
    with fresh as (select id, phase_id from session_history where id = any(${[...sessions]}::uuid[]) and phase_id is not null),
      phases as (select phase_id, count(*) as count from fresh group by phase_id)
    select h.user_id as person from (
        select h.user_id, h.id, p.count as fresh, count(*) over (partition by h.phase_id) as total
        from phases p join session_history h on h.phase_id = p.phase_id) h
      left join fresh f on f.id = h.id
    where h.total >= 2 and (f.id is not null or h.total - h.fresh = 1)`.execute(tx.db)
  await countTowards(
    tx,
    'together',
    rows.map(({ person }) => person),
  )
}
