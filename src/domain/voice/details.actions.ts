import { sql } from 'kysely'
import { rows } from '../../db/rows.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, WorkspaceId } from '../../kernel/ids.ts'
import type { VoiceSighting } from './voice.ts'

type Seen = { readonly person: PersonId; readonly workspace: WorkspaceId; readonly sighting: VoiceSighting }

/** Camera, shared screen, muted by the server, deafened: each from when it is on to when it is off, apart from the presence itself. */
export async function keepDetails(tx: Tx, seen: readonly Seen[]): Promise<void> {
  const list = seen.map(({ person, workspace, sighting: { details, at, channel } }) => ({
    person,
    workspace,
    at,
    channel: channel?.id,
    kinds: details,
  }))
  const told = rows(list, 'x', { person: 'uuid', workspace: 'uuid', at: 'timestamptz', channel: 'text', kinds: 'text[]' })
  await sql`update presence_detail d set ended_at = greatest(d.started_at, x.at)
    from ${told} join presence_interval i on i.user_id = x.person and i.workspace_id = x.workspace and i.ended_at is null and i.evidence = 'voice'
    where d.presence_id = i.id and d.ended_at is null and (i.away_since is not null or not d.kind = any(x.kinds))`.execute(tx.db)
  if (list.every(({ kinds }) => kinds.length === 0)) return
  await sql`insert into presence_detail (presence_id, kind, started_at)
    select i.id, kind, greatest(x.at, i.started_at)
    from ${told} join presence_interval i on i.user_id = x.person and i.workspace_id = x.workspace and i.channel = x.channel
      and i.ended_at is null and i.evidence = 'voice' and i.away_since is null
    cross join unnest(x.kinds) kind
    on conflict (presence_id, kind) where ended_at is null do nothing`.execute(tx.db)
}
