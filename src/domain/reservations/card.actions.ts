import type { Addressed } from '../../deliveries/delivery.ts'
import { jobsOf } from '../../deliveries/queues.ts'
import type { Tx } from '../../kernel/context.ts'
import type { CardId, OccurrenceId } from '../../kernel/ids.ts'
import { actingPerson } from '../people/person.queries.ts'
import { cardsAround } from './card.queries.ts'

/**
 * A message that was just posted shows the reservation of the date from now on; `drawn` is a digest of what stands there. What changed while it was
 * on its way is drawn by a job.
 */
export async function hangCard(
  tx: Tx,
  platform: 'discord' | 'slack',
  card: { readonly occurrence: OccurrenceId; readonly channel: string; readonly message: string; readonly drawn: string },
): Promise<void> {
  const { occurrence, ...shown } = card
  const series = await tx.db
    .selectFrom('reservation_occurrence as o')
    .innerJoin('room_reservations as s', 's.id', 'o.reservation_id')
    .select(['s.id as reservation_id', 's.workspace_id'])
    .where('o.id', '=', occurrence)
    .executeTakeFirst()
  if (series === undefined) return
  const { id } = await tx.db
    .insertInto('reservation_card')
    .values({ ...shown, ...series, posted_at: tx.now })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'channel', 'message']).doUpdateSet({ reservation_id: series.reservation_id, drawn: card.drawn }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx.queue.insert(tx.db, jobsOf([{ platform, delivery: { kind: 'card', card: id } }]))
}

/** Every card that may name the acting person, as host or as somebody who comes, is drawn again: they are seen by others from now on. */
export async function drawCardsAround(tx: Tx): Promise<void> {
  const cards = await cardsAround(tx, actingPerson(tx))
  const deliveries = cards.flatMap(({ id, platform }): Addressed[] =>
    platform === 'web' ? [] : [{ platform, delivery: { kind: 'card', card: id } }],
  )
  if (deliveries.length > 0) await tx.queue.insert(tx.db, jobsOf(deliveries))
}

export async function cardDrawn(tx: Tx, card: CardId, drawn: string): Promise<void> {
  await tx.db.updateTable('reservation_card').set({ drawn }).where('id', '=', card).execute()
}

/** The message is no card any more: it was taken down, or somebody deleted it. */
export async function cardGone(tx: Tx, card: CardId): Promise<void> {
  await tx.db.deleteFrom('reservation_card').where('id', '=', card).execute()
}
