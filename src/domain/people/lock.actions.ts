import { sql } from 'kysely'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId } from '../../kernel/ids.ts'

/**
 * Takes the lock of where people are and what they earn, in one order. Whoever also takes locks of rooms takes them after these, so
 * that nobody waits for each other in a circle.
 */
export async function lockPresence(tx: Tx, ...people: readonly PersonId[]): Promise<void> {
  if (people.length === 0) return
  await sql`select pg_advisory_xact_lock(key) from (
    select distinct hashtextextended('presence ' || id, 0) as key from unnest(${people as PersonId[]}::text[]) id order by key) locks`.execute(
    tx.db,
  )
}
