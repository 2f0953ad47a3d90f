import type { Tx } from '../../kernel/context.ts'
import type { OccurrenceId } from '../../kernel/ids.ts'

/** Remembers which event of the server stands for a date; null: none any more. */
export async function scheduledAs(tx: Tx, occurrence: OccurrenceId, event: string | null): Promise<void> {
  await tx.db.updateTable('reservation_occurrence').set({ scheduled_event: event }).where('id', '=', occurrence).execute()
}
