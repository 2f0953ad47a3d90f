import type { Result } from '../../db/schema.ts'
import { soloNow, tellResult } from '../../domain/sessions/solo.actions.ts'
import { mySoloJustOver, mySoloOutcome } from '../../domain/sessions/solo.queries.ts'
import type { Tx } from '../../kernel/context.ts'
import type { Screen } from '../../screens/screen.ts'
import { soloOver } from '../../screens/solo.ts'

/** Says how my session that has just ended went; null where there is none, or it was said already. */
export async function tellJustOver(tx: Tx, result: Result): Promise<Screen | null> {
  if ((await soloNow(tx)) !== null) return null
  const over = await mySoloJustOver(tx)
  if (over === null || over.solo.state !== 'ended' || over.solo.result !== null) return null
  await tellResult(tx, over.solo.id, result)
  const told = await mySoloOutcome(tx, over.solo.id)
  return told && soloOver(told)
}
