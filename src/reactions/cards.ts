import { type SqlBool, sql } from 'kysely'
import type { Addressed } from '../deliveries/delivery.ts'
import { cardsIn, cardsOf } from '../domain/reservations/card.queries.ts'
import type { Reaction } from './index.ts'

const addressed = (cards: Awaited<ReturnType<typeof cardsOf>>): readonly Addressed[] =>
  cards.flatMap(({ id, platform }): Addressed[] => (platform === 'web' ? [] : [{ platform, delivery: { kind: 'card', card: id } }]))

/** Every card that shows one of these dates, or may show it now, is drawn again. */
export const drawCards: Reaction<'reservation.changed'> = async (tx, events) => {
  const found = await tx.db
    .selectFrom('reservation_occurrence')
    .select('reservation_id')
    .distinct()
    .where(sql<SqlBool>`id = any(${events.flatMap(({ occurrences }) => occurrences)}::uuid[])`)
    .execute()
  const reservations = found.map(({ reservation_id }) => reservation_id)
  return addressed(await cardsOf(tx, reservations))
}

/** The card says who comes. */
export const drawAnswered: Reaction<'reservation.answered'> = async (tx, events) =>
  addressed(
    await cardsOf(
      tx,
      events.map(({ reservation }) => reservation),
    ),
  )

/** The workspace may speak another language now: the cards of what is still planned there are drawn again. */
export const drawCardsIn: Reaction<'workspace.changed'> = async (tx, events) =>
  addressed(
    await cardsIn(
      tx,
      events.map(({ workspace }) => workspace),
    ),
  )
