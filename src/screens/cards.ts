import { createHash } from 'node:crypto'
import { readerOf } from '../domain/people/reader.queries.ts'
import { type CardPlace, cardDates, cardPlace, cardTongue } from '../domain/reservations/card.queries.ts'
import type { Ctx } from '../kernel/context.ts'
import type { CardId } from '../kernel/ids.ts'
import type { Locale } from '../locales/text.ts'
import type { Reader } from '../locales/write.ts'
import { peopleIn } from './people.ts'
import { reservationCard } from './reservation.ts'
import type { Screen } from './screen.ts'

/** What a card shows now. `isPrivate`: it is about a private room now, of which a channel learns nothing. */
export type DrawnCard = {
  readonly place: CardPlace
  readonly screen: Screen
  readonly reader: Reader
  readonly digest: string
  readonly isPrivate: boolean
}

/** Null where the card, its reservation or its workspace is gone. */
export async function drawnCard(ctx: Ctx, card: CardId): Promise<DrawnCard | null> {
  const place = await cardPlace(ctx, card)
  const dates = place && (await cardDates(ctx, place.reservation))
  if (!place || !dates) return null
  const screen = reservationCard(dates.shown, dates.before)
  const reader = await readerOf(ctx, await cardTongue(ctx, place, dates.shown.host?.id ?? null), peopleIn(screen))
  return { place, screen, reader, digest: digestOf(screen, reader.locale), isPrivate: dates.shown.room?.isPrivate === true }
}

/** The same for what looks the same: moments are written as such, so that no countdown makes a difference. */
export const digestOf = ({ tone, title, state, blocks }: Screen, locale: Locale): string =>
  createHash('sha256').update(JSON.stringify({ locale, tone, title, state, blocks })).digest('base64url')
