import type { Outcome } from '../../src/deliveries/delivery.ts'
import type { Failed } from './posts.ts'

/** What a failed call means for a delivery. A dead token is already noted where it was met. */
export function outcomeOf({ trouble }: Failed): Outcome {
  return trouble.kind === 'wait' || trouble.kind === 'lost' ? { retryAfter: trouble.retryAfter } : { gone: trouble.code }
}
