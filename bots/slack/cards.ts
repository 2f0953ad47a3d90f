import type { Outcome } from '../../src/deliveries/delivery.ts'
import { cardDrawn, cardGone } from '../../src/domain/reservations/card.actions.ts'
import type { App } from '../../src/kernel/context.ts'
import type { CardId } from '../../src/kernel/ids.ts'
import { drawnCard } from '../../src/screens/cards.ts'
import type { Installations } from './installed.ts'
import { outcomeOf } from './outcome.ts'
import { isFailed, type Posts } from './posts.ts'
import type { Renderer } from './render.ts'

type Parts = { readonly app: App; readonly installations: Installations; readonly posts: Posts; readonly renderer: Renderer }

/** Draws the card of a reservation again; what stands there already is not sent, and one that somebody deleted stays away. */
export async function refreshCard({ app, installations, posts, renderer }: Parts, card: CardId): Promise<Outcome> {
  const drawn = await app.read((ctx) => drawnCard(ctx, card))
  const installed = drawn && (await installations.of(drawn.place.external))
  if (!drawn || !installed) return { gone: 'the card, its reservation or the app is gone' }
  const at = { channel: drawn.place.channel, ts: drawn.place.message }
  if (!drawn.isPrivate && drawn.digest === drawn.place.drawn) return 'sent'
  const done = drawn.isPrivate
    ? await posts.remove(installed, at)
    : await posts.update(installed, at, renderer.message(drawn.screen, drawn.reader))
  const isGone = isFailed(done) ? done.trouble.kind === 'gone' : drawn.isPrivate
  if (isGone) await app.write('clock', null, (tx) => cardGone(tx, card))
  else if (!isFailed(done)) await app.write('clock', null, (tx) => cardDrawn(tx, card, drawn.digest))
  return isFailed(done) ? outcomeOf(done) : 'sent'
}
