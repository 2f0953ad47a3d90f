import { sql } from 'kysely'
import { emit } from '../../events/emit.ts'
import type { Tx } from '../../kernel/context.ts'
import type { OccurrenceId, PersonId, ReservationId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { actingPerson } from '../people/person.queries.ts'
import { type ReservationView, repeats } from './reservation.ts'

/**
 * The acting person comes, or does not: on this date alone, or on all that the series has.
 * @throws Refusal `conflict` for its host, who comes anyway, and for a date that is over
 */
export async function answerReservation(tx: Tx, view: ReservationView, coming: boolean, onlyThisDate: boolean): Promise<void> {
  const person = actingPerson(tx)
  if (view.state !== 'planned') throw new Refusal('conflict', 'reserve.over')
  if (view.standing.isHost) throw new Refusal('conflict', 'reserve.join.host')
  const day = onlyThisDate && repeats(view) ? view.day : null
  // An answer for every date takes back those for dates to come.
  if (day === null) {
    await tx.db
      .deleteFrom('reservation_member')
      .where('reservation_id', '=', view.reservation)
      .where('user_id', '=', person)
      .where('day', '>=', view.day)
      .execute()
  }
  await sql`insert into reservation_member (reservation_id, user_id, day, coming, created_at)
    values (${view.reservation}::uuid, ${person}::uuid, ${day}::date, ${coming}, ${tx.now})
    on conflict (reservation_id, user_id, day) do update set coming = excluded.coming, invited_by = null`.execute(tx.db)
  const { workspace, reservation } = view
  await emit(tx, { type: 'reservation.answered', room: null, by: person, workspace, reservation, coming })
}

/** Asks people to come: they are told, with a button to join. */
export async function invite(tx: Tx, reservation: ReservationId, first: OccurrenceId, people: readonly PersonId[]): Promise<void> {
  const by = actingPerson(tx)
  const others = [...new Set(people)].filter((person) => person !== by)
  if (others.length === 0) return
  const asked = await tx.db
    .insertInto('reservation_member')
    .values(
      others.map((user_id) => ({ reservation_id: reservation, user_id, day: null, coming: false, invited_by: by, created_at: tx.now })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('user_id')
    .execute()
  await emit(
    tx,
    ...asked.map(({ user_id: person }) => ({ type: 'reservation.invited', room: null, by, person, occurrence: first }) as const),
  )
}
