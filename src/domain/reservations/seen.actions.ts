import { emit } from '../../events/emit.ts'
import type { Tx } from '../../kernel/context.ts'
import { actingPerson, unnamedRoom } from '../people/person.queries.ts'
import { lockSeries } from './end.actions.ts'
import { lockPlans } from './plan.actions.ts'

/** Plans that bear the acting person's name by default lose it: they are about to be seen by fewer than everyone. */
export async function hideOwnName(tx: Tx): Promise<void> {
  const person = actingPerson(tx)
  await lockPlans(tx, person)
  const nameless = { name: await unnamedRoom(tx), named_after: null, updated_at: tx.now }
  const plans = await tx.db.selectFrom('room_reservations').select('id').where('named_after', '=', person).orderBy('id').execute()
  for (const { id } of plans) {
    const { named_after, workspace_id: workspace } = await lockSeries(tx, id)
    if (named_after !== person) continue
    await tx.db.updateTable('room_reservations').set(nameless).where('id', '=', id).execute()
    const dates = await tx.db
      .selectFrom('reservation_occurrence')
      .select('id')
      .where('reservation_id', '=', id)
      .where('state', '=', 'planned')
      .execute()
    const occurrences = dates.map((date) => date.id)
    if (occurrences.length > 0) await emit(tx, { type: 'reservation.changed', room: null, by: person, workspace, occurrences })
  }
}
