import { sql } from 'kysely'
import type { FaultKind } from '../../db/schema.ts'
import { graveyard } from '../../deliveries/failures.ts'
import { schema } from '../../deliveries/worker.ts'
import { after, days } from '../../kernel/clock.ts'
import type { Ctx, Platform } from '../../kernel/context.ts'
import type { BindingId, FaultId, WorkspaceId } from '../../kernel/ids.ts'
import type { Deed } from './fault.actions.ts'

/** Bindings into whose channel something could not be sent, as `panel <id>` and `line <id>`. */
export async function faultyBindings(ctx: Ctx, platform: Platform): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: BindingId; deed: Deed }>`
    select b.id, f.deed from standing_fault f
    join room_binding b on b.workspace_id = f.workspace_id and coalesce(b.panel_channel, b.channel, b.voice_channel) = f.channel
    where f.resolved_at is null and b.platform = ${platform}`.execute(ctx.db)
  return new Set(rows.map(({ id, deed }) => `${deed} ${id}`))
}

export type StandingFault = {
  readonly id: FaultId
  readonly platform: Platform
  readonly workspace: string
  readonly channel: string
  readonly kind: FaultKind
  readonly since: Date
}

/** A fault by its id, while it stands; null when it is over. */
export async function standingFault(ctx: Ctx, id: FaultId): Promise<StandingFault | null> {
  const row = await faults(ctx).where('f.id', '=', id).executeTakeFirst()
  return row ?? null
}

/** The faults of a workspace, the oldest first, of channels where rooms live. */
export const faultsIn = (ctx: Ctx, workspace: WorkspaceId): Promise<readonly StandingFault[]> =>
  faults(ctx)
    .where('f.workspace_id', '=', workspace)
    .where((e) =>
      e.exists(
        e
          .selectFrom('room_binding as b')
          .innerJoin('room as r', 'r.id', 'b.room_id')
          .select('b.id')
          .whereRef('b.workspace_id', '=', 'f.workspace_id')
          .where('r.is_active', '=', true)
          .where(sql<boolean>`coalesce(b.panel_channel, b.channel, b.voice_channel) = f.channel`),
      ),
    )
    .orderBy('f.since')
    .limit(20)
    .execute()

const faults = (ctx: Ctx) =>
  ctx.db
    .selectFrom('standing_fault as f')
    .innerJoin('workspace as w', 'w.id', 'f.workspace_id')
    .select(['f.id', 'w.platform', 'w.name as workspace', 'f.channel', 'f.kind', 'f.since'])
    .where('f.resolved_at', 'is', null)

/** What lives in the channel where it is asked. */
export type Here = { readonly rooms: number; readonly present: number; readonly isPrivate: boolean }

export async function livingHere(ctx: Ctx): Promise<Here | null> {
  if (ctx.place === null) return null
  const { platform, channel } = ctx.place
  const { rows } = await sql<Here>`
    select count(*)::int as rooms, coalesce(bool_and(r.is_private), false) as "isPrivate",
      coalesce(sum((select count(*) from participant p where p.room_id = r.id and p.left_at is null)), 0)::int as present
    from room_binding b join room r on r.id = b.room_id
    where r.is_active and b.platform = ${platform} and (b.channel = ${channel} or b.voice_channel = ${channel})`.execute(ctx.db)
  return rows[0] ?? null
}

/** The channels where open rooms of the workspace live, for chats and for voice. */
export async function channelsWithRooms(ctx: Ctx, workspace: WorkspaceId): Promise<ReadonlySet<string>> {
  const rows = await ctx.db
    .selectFrom('room_binding as b')
    .innerJoin('room as r', 'r.id', 'b.room_id')
    .select(['b.channel', 'b.panel_channel', 'b.voice_channel'])
    .where('b.workspace_id', '=', workspace)
    .where('r.is_active', '=', true)
    .execute()
  return new Set(rows.flatMap((row) => [row.channel, row.panel_channel, row.voice_channel].filter((channel) => channel !== null)))
}

export type LastChime = {
  readonly channel: string
  readonly playedAt: Date | null
  readonly failure: string | null
  readonly failedAt: Date | null
}

export const lastChimes = (ctx: Ctx, workspace: WorkspaceId): Promise<readonly LastChime[]> =>
  ctx.db
    .selectFrom('chime_log')
    .select(['voice_channel as channel', 'played_at as playedAt', 'failure', 'failed_at as failedAt'])
    .where('workspace_id', '=', workspace)
    .orderBy(sql`greatest(played_at, failed_at)`, 'desc')
    .limit(5)
    .execute()

/** Sends to rooms of the workspace that were given up in the last week. */
export async function givenUp(ctx: Ctx, workspace: WorkspaceId): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${sql.table(`${schema}.job`)} j
    join room_binding b on b.id::text = j.data->'data'->>'binding'
    where j.name = ${graveyard} and j.created_on > ${after(ctx.now, -days(7))} and b.workspace_id = ${workspace}::uuid`.execute(ctx.db)
  return rows[0]?.count ?? 0
}
