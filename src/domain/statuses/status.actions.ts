import type { Tx } from '../../kernel/context.ts'
import { seal } from '../../kernel/seal.ts'
import { personWith } from '../people/person.queries.ts'
import type { Status } from './status.ts'

/** Keeps the token that somebody gave for their own Slack account, sealed under `key` (32 bytes). The account was met before. */
export async function keepGrant(tx: Tx, key: Buffer, externalId: string, token: string): Promise<void> {
  const { id } = await tx.db
    .selectFrom('identity')
    .select('id')
    .where('platform', '=', 'slack')
    .where('external_id', '=', externalId)
    .executeTakeFirstOrThrow()
  const row = { sealed: seal(token, externalId, key), connected_at: tx.now, revoked_at: null }
  await tx.db
    .insertInto('slack_person_token')
    .values({ identity_id: id, ...row })
    .onConflict((conflict) => conflict.column('identity_id').doUpdateSet(row))
    .execute()
  const person = await personWith(tx, 'slack', externalId)
  // Whoever connects wants it: what it shows can be switched off apart.
  if (person !== null)
    await tx.db.updateTable('user_settings').set({ slack_status: true, updated_at: tx.now }).where('user_id', '=', person).execute()
}

/** Taken back, or refused by Slack: nothing more is set with it, and what was set ends by itself. */
export async function revokeGrant(tx: Tx, externalId: string): Promise<void> {
  await tx.db
    .updateTable('slack_person_token')
    .set({ revoked_at: tx.now, status_text: null, status_emoji: null, status_until: null, snoozed_until: null })
    .where('identity_id', 'in', (e) =>
      e.selectFrom('identity').select('id').where('platform', '=', 'slack').where('external_id', '=', externalId),
    )
    .where('revoked_at', 'is', null)
    .execute()
}

/** Notes what we are about to show, or that nothing of ours is shown: written before Slack is told, so that a kill between leaves nothing unknown. */
export async function noteStatus(tx: Tx, identity: string, status: Status | null): Promise<void> {
  await tx.db
    .updateTable('slack_person_token')
    .set({ status_text: status?.text ?? null, status_emoji: status?.emoji ?? null, status_until: status?.until ?? null })
    .where('identity_id', '=', identity)
    .execute()
}

export async function noteSnooze(tx: Tx, identity: string, until: Date | null): Promise<void> {
  await tx.db.updateTable('slack_person_token').set({ snoozed_until: until }).where('identity_id', '=', identity).execute()
}
