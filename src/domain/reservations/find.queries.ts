import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { isUuid, type OccurrenceId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { nextReservations, reservationView, views } from './reservation.queries.ts'
import type { ReservationView } from './reservation.ts'

/** Hosts and the invited see it anywhere; others where it was planned, unless it is about a private room. */
const canSee = ({ standing, room }: ReservationView): boolean =>
  standing.isHost || standing.isInvited || (standing.isNeighbour && room?.isPrivate !== true)

const missing = (): Refusal =>
  new Refusal('missing', 'reserve.missing', {}, { label: 'reserve.show-list', press: { command: 'reserve list', args: {} } })

/**
 * A date by its id, or the next by the name of the reservation: of mine, else of those that one may join here. A date whose series was
 * changed since leads to the next one of the series that continues it.
 * @throws Refusal `missing`, the same for one that isn't there and for one that may not be seen
 */
export async function findReservation(ctx: Ctx, idOrName: string): Promise<ReservationView> {
  const typed = idOrName.trim()
  if (isUuid(typed)) {
    const view = await reservationView(ctx, typed as OccurrenceId)
    const found = view?.state === 'cancelled' ? ((await continued(ctx, view)) ?? view) : view
    if (found === null || !canSee(found)) throw missing()
    return found
  }
  const name = typed.normalize('NFC').toLowerCase()
  const isCalled = (view: ReservationView): boolean => view.name.toLowerCase() === name
  const found = (await nextReservations(ctx, { most: 100 })).find(isCalled) ?? (await reservationsHere(ctx, name))[0]
  if (found === undefined) throw missing()
  return found
}

/** Dates to come in the acting person's workspace that they may join, those of this channel first; only the ones `called` so, in lower case. */
export async function reservationsHere(ctx: Ctx, called?: string): Promise<readonly ReservationView[]> {
  if (ctx.actor === 'clock') return []
  const named = called === undefined ? sql`true` : sql`lower(coalesce(o.name, s.name)) = ${called}`
  const found = await views(
    ctx,
    sql`o.state = 'planned' and o.starts_at > ${ctx.now} and s.workspace_id = ${ctx.actor.workspace}::uuid and ${named}`,
    100,
    sql`(s.channel is not distinct from ${ctx.place?.channel ?? null}::text) desc, o.starts_at, o.id`,
  )
  return found.filter(canSee)
}

async function continued(ctx: Ctx, view: ReservationView): Promise<ReservationView | null> {
  const [next] = await views(
    ctx,
    sql`o.state = 'planned' and s.id in (
      with recursive later as (
        select id from room_reservations where continues = ${view.reservation}::uuid
        union all select r.id from room_reservations r join later l on r.continues = l.id)
      select id from later)`,
    1,
  )
  return next ?? null
}
