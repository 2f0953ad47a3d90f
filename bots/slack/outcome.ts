import type { FaultKind } from '../../src/db/schema.ts'
import type { Outcome } from '../../src/deliveries/delivery.ts'
import type { Failed } from './posts.ts'

/** What a failed call means for a delivery. A dead token is already noted where it was met. */
export function outcomeOf({ trouble }: Failed): Outcome {
  if (trouble.kind === 'wait' || trouble.kind === 'lost') return { retryAfter: trouble.retryAfter }
  const fault = faultOf(trouble)
  return { gone: trouble.code, ...(fault === null ? {} : { fault }) }
}

/** Of these the people of the workspace can mend the cause. */
function faultOf({ kind, code }: { readonly kind: string; readonly code: string }): FaultKind | null {
  if (kind === 'absent') return code === 'restricted_action' ? 'permission' : 'absent'
  return code === 'is_archived' ? 'archived' : null
}
