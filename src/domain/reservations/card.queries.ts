import { type RawBuilder, sql } from 'kysely'
import type { Ctx, Platform } from '../../kernel/context.ts'
import type { CardId, OccurrenceId, PersonId, ReservationId, WorkspaceId } from '../../kernel/ids.ts'
import type { Locale } from '../../locales/text.ts'
import { type Tongue, tongueOf, tongueOfPerson } from '../people/reader.queries.ts'
import { reservationView } from './reservation.queries.ts'
import type { ReservationView } from './reservation.ts'

/** A message that shows a reservation, with what is needed to draw it. `external` is the platform's id of the workspace. */
export type CardPlace = {
  readonly id: CardId
  readonly reservation: ReservationId
  readonly workspace: WorkspaceId
  readonly platform: Platform
  readonly external: string
  readonly locale: Locale | null
  readonly channel: string
  readonly message: string
  readonly drawn: string
}

/** The card, or null where it is gone or the workspace has thrown us out. */
export async function cardPlace(ctx: Ctx, card: CardId): Promise<CardPlace | null> {
  const row = await ctx.db
    .selectFrom('reservation_card as c')
    .innerJoin('workspace as w', 'w.id', 'c.workspace_id')
    .select(['c.id', 'c.reservation_id as reservation', 'c.workspace_id as workspace', 'c.channel', 'c.message', 'c.drawn'])
    .select(['w.platform', 'w.external_id as external', 'w.locale'])
    .where('c.id', '=', card)
    .where('w.uninstalled_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** What a card shows: the date to come, or how the last one ended; beside a date to come, `before` is the last one that is over. */
export type CardDates = { readonly shown: ReservationView; readonly before: ReservationView | null }

/** The reservation and those that continue it, the later ones counted higher. */
const chain = (reservation: ReservationId): RawBuilder<unknown> => sql`(
  with recursive chain as (
    select id, 0 as n from room_reservations where id = ${reservation}::uuid
    union all select r.id, c.n + 1 from room_reservations r join chain c on r.continues = c.id)
  select id, n from chain)`

/** Null where nothing of the reservation is left. */
export async function cardDates(ctx: Ctx, reservation: ReservationId): Promise<CardDates | null> {
  const first = async (where: RawBuilder<unknown>, order: RawBuilder<unknown>): Promise<ReservationView | null> => {
    const { rows } = await sql<{
      id: OccurrenceId
    }>`select o.id from reservation_occurrence o join ${chain(reservation)} c on c.id = o.reservation_id
      where ${where} order by ${order} limit 1`.execute(ctx.db)
    return rows[0] === undefined ? null : reservationView(ctx, rows[0].id)
  }
  const next = await first(sql`o.state = 'planned'`, sql`o.starts_at`)
  // Of dates that were cancelled together the first is the one that people waited for.
  const ended = sql`c.n desc, o.state = 'cancelled' desc, case when o.state = 'cancelled' then o.starts_at end, o.starts_at desc`
  if (next === null) {
    const last = await first(sql`true`, ended)
    return last && { shown: last, before: null }
  }
  const before = await first(
    sql`o.state in ('opened', 'missed', 'skipped') and o.starts_at < ${next.startsAt}::timestamptz`,
    sql`o.starts_at desc`,
  )
  return { shown: next, before }
}

/** The language in which a card speaks to a whole channel: the workspace's where one is set, else its host's. */
export async function cardTongue(ctx: Ctx, { workspace, locale, platform }: CardPlace, host: PersonId | null): Promise<Tongue> {
  const tongue = await tongueOf(ctx, workspace)
  if (locale !== null || host === null || platform === 'web') return tongue
  return { ...tongue, locale: (await tongueOfPerson(ctx, host, platform)).locale }
}

type Card = { readonly id: CardId; readonly platform: Platform }

/** The cards of reservations, also those that were posted before they were changed into what they are now. */
export async function cardsOf(ctx: Ctx, reservations: readonly ReservationId[]): Promise<readonly Card[]> {
  const { rows } = await sql<Card>`
    with recursive earlier as (
      select id, continues from room_reservations where id = any(${reservations as ReservationId[]}::uuid[])
      union select r.id, r.continues from room_reservations r join earlier e on e.continues = r.id)
    select c.id, w.platform from reservation_card c join workspace w on w.id = c.workspace_id
    where c.reservation_id in (select id from earlier) and w.uninstalled_at is null`.execute(ctx.db)
  return rows
}

/** The cards in workspaces that still have a date to come. */
export async function cardsIn(ctx: Ctx, workspaces: readonly WorkspaceId[]): Promise<readonly Card[]> {
  const { rows } = await sql<{ id: ReservationId }>`
    select distinct s.id from room_reservations s join reservation_occurrence o on o.reservation_id = s.id
    where s.workspace_id = any(${workspaces as WorkspaceId[]}::uuid[]) and o.state = 'planned'`.execute(ctx.db)
  return cardsOf(
    ctx,
    rows.map(({ id }) => id),
  )
}

/** The cards of reservations that the person hosts or answered. */
export async function cardsAround(ctx: Ctx, person: PersonId): Promise<readonly Card[]> {
  const { rows } = await sql<{ id: ReservationId }>`
    select id from room_reservations where host_id = ${person}::uuid
    union select reservation_id from reservation_member where user_id = ${person}::uuid`.execute(ctx.db)
  return cardsOf(
    ctx,
    rows.map(({ id }) => id),
  )
}
