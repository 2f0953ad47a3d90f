import { emit } from '../../events/emit.ts'
import type { Tx } from '../../kernel/context.ts'
import { actingPerson, defaultRoomName, isNamedAfter } from '../people/person.queries.ts'
import { lockPlans } from './plan.actions.ts'

/** Plans of the acting person that bear their name by default lose it: they are about to be seen by fewer than everyone. */
export async function hideOwnName(tx: Tx): Promise<void> {
  const person = actingPerson(tx)
  await lockPlans(tx, person)
  const plans = await tx.db
    .selectFrom('room_reservations')
    .select(['id', 'name', 'workspace_id as workspace'])
    .where('host_id', '=', person)
    .where('cancelled_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  for (const { id, name, workspace } of plans) {
    if (!(await isNamedAfter(tx, name))) continue
    await tx.db
      .updateTable('room_reservations')
      .set({ name: await defaultRoomName(tx, true), updated_at: tx.now })
      .where('id', '=', id)
      .execute()
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
