import { type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import type { WorkspaceId } from '../../kernel/ids.ts'
import type { WorkspaceSettings } from './settings.ts'

/** The settings of a workspace that exists. */
export const settingsOfWorkspace = (ctx: Ctx, workspace: WorkspaceId): Promise<WorkspaceSettings> =>
  ctx.db.selectFrom('workspace').selectAll().where('id', '=', workspace).executeTakeFirstOrThrow()

/** Those of the workspace where the person acts; a bug where the clock does. */
export function settingsHere(ctx: Ctx): Promise<WorkspaceSettings> {
  if (ctx.actor === 'clock') throw new Error('the clock acts in no workspace')
  return settingsOfWorkspace(ctx, ctx.actor.workspace)
}

/** Whether the row of `workspace` as `w` hears what nobody asked for: not during its trial, which only records. */
export const isAudible = (now: Date) => sql<SqlBool>`(w.trial_until is null or w.trial_until <= ${now}::timestamptz)`

/** Whether the workspace only records for now: what may stand somewhere from before is taken away. */
export async function isOnTrial(ctx: Ctx, workspace: WorkspaceId): Promise<boolean> {
  const { trial_until: until } = await settingsOfWorkspace(ctx, workspace)
  return until !== null && until > ctx.now
}

/** Whether members of the workspace may see statistics of each other there. */
export const seesOthers = async (ctx: Ctx, workspace: WorkspaceId): Promise<boolean> =>
  (await settingsOfWorkspace(ctx, workspace)).others_stats
