import { emit } from '../../events/emit.ts'
import type { Tx } from '../../kernel/context.ts'
import type { Portion } from '../../kernel/portion.ts'
import { peopleComing } from './coming.queries.ts'

const reminderBatch = 100

/** Reminds those who come, once; a reminder whose date has begun meanwhile is dropped. Returns how many dates it settled. */
export async function remindDue(tx: Tx, { skip, most }: Portion): Promise<number> {
  const due = await tx.db
    .updateTable('reservation_occurrence')
    .set({ remind_at: null, reminded_at: tx.now })
    .where('id', 'in', (e) =>
      e
        .selectFrom('reservation_occurrence')
        .select('id')
        .where('remind_at', '<=', tx.now)
        .orderBy('remind_at')
        .limit(Math.min(reminderBatch, most))
        .offset(skip)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'starts_at', 'state'])
    .execute()
  for (const { id: occurrence, starts_at, state } of due) {
    if (state !== 'planned' || starts_at <= tx.now) continue
    const people = await peopleComing(tx, occurrence)
    await emit(tx, ...people.map((person) => ({ type: 'reservation.soon', room: null, by: null, person, occurrence }) as const))
  }
  return due.length
}
