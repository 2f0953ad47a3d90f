import { sql } from 'kysely'
import { rows } from '../../db/rows.ts'
import type { Tx } from '../../kernel/context.ts'
import { newId, type PersonId, type PresenceId, type SoloId, type WorkspaceId } from '../../kernel/ids.ts'
import type { VoiceChannel } from './voice.ts'

/** Time in a voice channel without a room that begins; in the AFK channel it is recorded and never counts. */
export type VoiceTime = {
  readonly person: PersonId
  readonly workspace: WorkspaceId
  readonly kind: 'voice' | 'afk'
  readonly channel: VoiceChannel
  readonly at: Date
}

export async function openVoiceTime(tx: Tx, begun: readonly VoiceTime[]): Promise<void> {
  if (begun.length === 0) return
  const list = begun.map(({ channel, ...time }) => ({
    ...time,
    solo: newId<SoloId>(),
    presence: newId<PresenceId>(),
    channel: channel.id,
    name: channel.name.slice(0, 100),
  }))
  const columns = {
    solo: 'uuid',
    presence: 'uuid',
    person: 'uuid',
    workspace: 'uuid',
    kind: 'text',
    channel: 'text',
    name: 'text',
    at: 'timestamptz',
  }
  await sql`insert into solo_session (id, user_id, workspace_id, kind, channel, channel_name, started_at)
    select solo, person, workspace, kind, channel, nullif(name, ''), at from ${rows(list, 'x', columns)}`.execute(tx.db)
  await sql`insert into presence_interval (id, user_id, solo_id, workspace_id, channel, evidence, started_at)
    select presence, person, solo, workspace, channel, 'voice', at from ${rows(list, 'x', columns)}`.execute(tx.db)
}
