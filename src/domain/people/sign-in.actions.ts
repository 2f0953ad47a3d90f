import { after } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, WorkspaceId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { hashOf, isSecret, newSecret } from '../../kernel/token.ts'
import { linkMilliseconds, loginMilliseconds } from './sign-in.ts'

/** The token of a fresh one-time link. It stands nowhere but in the answer: the database holds its hash. */
export async function makeSignInLink(tx: Tx, person: PersonId, workspace: WorkspaceId): Promise<string> {
  const token = newSecret()
  await tx.db
    .insertInto('sign_in_link')
    .values({
      token_hash: hashOf(token),
      user_id: person,
      workspace_id: workspace,
      created_at: tx.now,
      expires_at: after(tx.now, linkMilliseconds),
      spent_at: null,
    })
    .execute()
  return token
}

/** Spends the link and signs its owner in: the answer is the secret of the new login's cookie. Refused: missing, where the link is spent or too old. */
export async function spendSignInLink(tx: Tx, token: string): Promise<string> {
  const link = isSecret(token) ? await claimLink(tx, hashOf(token)) : undefined
  if (!link) throw new Refusal('missing', 'web.signin.spent')
  const secret = newSecret()
  await tx.db
    .insertInto('web_session')
    .values({
      id_hash: hashOf(secret),
      user_id: link.user_id,
      workspace_id: link.workspace_id,
      created_at: tx.now,
      seen_at: tx.now,
      expires_at: after(tx.now, loginMilliseconds),
    })
    .execute()
  return secret
}

/** One statement, so that of two presses at once one spends it. */
const claimLink = (tx: Tx, hash: Buffer) =>
  tx.db
    .updateTable('sign_in_link as link')
    .from('user')
    .set({ spent_at: tx.now })
    .whereRef('user.id', '=', 'link.user_id')
    .where('user.is_active', '=', true)
    .where('link.token_hash', '=', hash)
    .where('link.spent_at', 'is', null)
    .where('link.expires_at', '>', tx.now)
    .returning(['link.user_id', 'link.workspace_id'])
    .executeTakeFirst()

/** Moves the end of a login that is in use. */
export async function keepSignedIn(tx: Tx, cookie: string): Promise<void> {
  await tx.db
    .updateTable('web_session')
    .set({ seen_at: tx.now, expires_at: after(tx.now, loginMilliseconds) })
    .where('id_hash', '=', hashOf(cookie))
    .execute()
}

/** Ends one login; a cookie that opens nothing is no error. */
export async function signOut(tx: Tx, cookie: string): Promise<void> {
  await tx.db.deleteFrom('web_session').where('id_hash', '=', hashOf(cookie)).execute()
}
