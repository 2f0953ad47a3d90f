import type { Tx } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { actingPerson } from '../people/person.queries.ts'
import { correctSession } from './correction.actions.ts'
import { deleteManual } from './manual.actions.ts'
import { type RecordFound, recordCalled } from './record.queries.ts'

/** What was removed, and what became of it: a correction that can be undone, or null for what is gone. */
export type Removed = { readonly record: RecordFound; readonly correction: string | null }

/**
 * Takes a record of the acting person out of every total. What they wrote down themselves is deleted; anything else is corrected to
 * nothing, so that the ledger keeps what it saw, and they can undo it.
 * @throws Refusal `missing` for a record of somebody else, and one that counts for nothing already
 */
export async function removeRecord(tx: Tx, id: string): Promise<Removed> {
  const record = await recordCalled(tx, id)
  if (record === null || record.user_id !== actingPerson(tx) || record.seconds === 0) throw new Refusal('missing', 'record.missing')
  if (record.manual_id !== null) {
    await deleteManual(tx, record.manual_id)
    return { record, correction: null }
  }
  return { record, correction: await correctSession(tx, record.id, 0, null) }
}
