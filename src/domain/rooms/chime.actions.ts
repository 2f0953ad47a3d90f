import type { ChimeFailure } from '../../db/schema.ts'
import type { Tx } from '../../kernel/context.ts'
import type { RoomId, WorkspaceId } from '../../kernel/ids.ts'

/** Keeps what became of a chime, in place of the one before it. */
export async function chimeRang(
  tx: Tx,
  chime: { readonly workspace: WorkspaceId; readonly channel: string; readonly room: RoomId },
  outcome: 'played' | ChimeFailure,
): Promise<void> {
  const now = outcome === 'played' ? { played_at: tx.now } : { failure: outcome, failed_at: tx.now }
  const none = { played_at: null, failure: null, failed_at: null }
  await tx.db
    .insertInto('chime_log')
    .values({ workspace_id: chime.workspace, voice_channel: chime.channel, room_id: chime.room, ...none, ...now })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'voice_channel']).doUpdateSet({ room_id: chime.room, ...now }))
    .execute()
}
