import { sql } from 'kysely'
import type { Tx } from '../../kernel/context.ts'
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
}
