import type { Outcome } from '../../src/deliveries/delivery.ts'
import { cardDrawn, cardGone } from '../../src/domain/reservations/card.actions.ts'
import type { App } from '../../src/kernel/context.ts'
import type { CardId } from '../../src/kernel/ids.ts'
import { drawnCard } from '../../src/screens/cards.ts'
import type { Messages } from './messages.ts'
import { outcomeOf } from './outcome.ts'
import { render } from './render.ts'

/** The message or its channel is deleted. What the people of the server can mend, as a permission, is a fault of another kind. */
const isDeleted = (outcome: Outcome): boolean => outcome !== 'sent' && 'gone' in outcome && (outcome.fault ?? 'gone') === 'gone'

/** Draws the card of a reservation again; what stands there already is not sent, and one that somebody deleted stays away. */
export async function refreshCard(app: App, messages: Messages, card: CardId): Promise<Outcome> {
  const drawn = await app.read((ctx) => drawnCard(ctx, card))
  if (drawn === null) return { gone: 'the card or its reservation is gone' }
  const { channel, message } = drawn.place
  if (drawn.isPrivate) {
    const outcome = await outcomeOf(messages.remove(channel, message))
    if (outcome === 'sent' || 'gone' in outcome) await app.write('clock', null, (tx) => cardGone(tx, card))
    return outcome
  }
  if (drawn.digest === drawn.place.drawn) return 'sent'
  const outcome = await outcomeOf(messages.edit(channel, message, render(drawn.screen, drawn.reader)))
  if (outcome === 'sent') await app.write('clock', null, (tx) => cardDrawn(tx, card, drawn.digest))
  else if (isDeleted(outcome)) await app.write('clock', null, (tx) => cardGone(tx, card))
  return outcome
}
