import { after, days } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/context.ts'

/** Deletes what can no longer be used: old links, logins and codes. */
export async function sweep(tx: Tx): Promise<void> {
  const old = after(tx.now, -days(1))
  await tx.db.deleteFrom('sign_in_link').where('expires_at', '<', old).execute()
  await tx.db.deleteFrom('web_session').where('expires_at', '<', old).execute()
  await tx.db.deleteFrom('room_share').where('expires_at', '<', old).execute()
}
