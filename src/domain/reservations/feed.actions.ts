import type { Tx } from '../../kernel/context.ts'
import { hashOf, newSecret } from '../../kernel/token.ts'
import { actingPerson } from '../people/person.queries.ts'

/** A new secret address for the calendar of the acting person; the one before leads nowhere any more. Only its hash is kept. */
export async function newFeedSecret(tx: Tx): Promise<string> {
  const secret = newSecret()
  const row = { secret_hash: hashOf(secret), created_at: tx.now }
  await tx.db
    .insertInto('calendar_feed')
    .values({ user_id: actingPerson(tx), ...row })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
    .execute()
  return secret
}
