import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import type { PersonId, RoomId, WorkspaceId } from '../../kernel/ids.ts'
import { isAudible } from '../workspaces/settings.queries.ts'

/** Somebody who sits in the voice channel of a room that mutes during focus, while it focuses. */
export type Focusing = { readonly person: PersonId; readonly account: string; readonly room: RoomId; readonly channel: string }

/** Everybody of a server who is to be quiet now. */
export async function focusingIn(ctx: Ctx, workspace: WorkspaceId): Promise<readonly Focusing[]> {
  const { rows } = await sql<Focusing>`
    select i.user_id as person, a.external_id as account, r.id as room, i.channel
    from room_binding b
    join room r on r.id = b.room_id and r.is_active and r.mute_in_focus
    join timer t on t.room_id = r.id and t.status = 'running' and t.phase_type = 'work'
    join presence_interval i on i.room_id = r.id and i.ended_at is null and i.away_since is null and i.evidence = 'voice'
      and i.workspace_id = b.workspace_id and i.channel = b.voice_channel
    join identity a on a.user_id = i.user_id and a.platform = 'discord'
    join workspace w on w.id = b.workspace_id and w.uninstalled_at is null and ${isAudible(ctx.now)}
    where b.workspace_id = ${workspace}::uuid and b.platform = 'discord'`.execute(ctx.db)
  return rows
}

/** Those among them whom we have not muted yet. */
export async function unmutedIn(ctx: Ctx, workspace: WorkspaceId): Promise<readonly Focusing[]> {
  const open = new Set((await openMutes(ctx, workspace)).map(({ account }) => account))
  return (await focusingIn(ctx, workspace)).filter(({ account }) => !open.has(account))
}

/** The server's id on Discord, null where it has thrown us out. */
export async function serverOf(ctx: Ctx, workspace: WorkspaceId): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('workspace')
    .select('external_id')
    .where('id', '=', workspace)
    .where('uninstalled_at', 'is', null)
    .executeTakeFirst()
  return row?.external_id ?? null
}

/** Servers in which a change of these rooms may take somebody's voice or give it back. */
export async function serversThatMute(ctx: Ctx, rooms: readonly RoomId[]): Promise<readonly WorkspaceId[]> {
  const { rows } = await sql<{ workspace: WorkspaceId }>`
    select b.workspace_id as workspace from room_binding b join room r on r.id = b.room_id
    where b.room_id = any(${rooms as RoomId[]}::uuid[]) and b.platform = 'discord' and b.voice_channel is not null and r.mute_in_focus
    union
    select m.workspace_id from voice_mute m where m.room_id = any(${rooms as RoomId[]}::uuid[]) and m.restored_at is null`.execute(ctx.db)
  return rows.map(({ workspace }) => workspace)
}

/** One whom we muted, or meant to, and have not restored yet. */
export type OpenMute = { readonly id: string; readonly account: string; readonly applied: boolean }

export async function openMutes(ctx: Ctx, workspace: WorkspaceId): Promise<readonly OpenMute[]> {
  const { rows } = await sql<OpenMute>`
    select id, account, applied_at is not null as applied from voice_mute
    where workspace_id = ${workspace}::uuid and restored_at is null`.execute(ctx.db)
  return rows
}
