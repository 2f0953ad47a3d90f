import type { Ctx } from '../../kernel/context.ts'
import type { WorkspaceId } from '../../kernel/ids.ts'
import { unseal } from '../../kernel/seal.ts'
import type { Installation } from './installation.ts'

/** The living installation in a Slack workspace, by Slack's id; null where there is none or `key` does not open its token. */
export const installationOf = async (ctx: Ctx, key: Buffer, team: string): Promise<Installation | null> =>
  opened(await living(ctx).where('i.team_id', '=', team).executeTakeFirst(), key)

/** The same by our id. */
export const installationAt = async (ctx: Ctx, key: Buffer, workspace: WorkspaceId): Promise<Installation | null> =>
  opened(await living(ctx).where('i.workspace_id', '=', workspace).executeTakeFirst(), key)

const living = (ctx: Ctx) =>
  ctx.db
    .selectFrom('slack_installation as i')
    .innerJoin('workspace as w', 'w.id', 'i.workspace_id')
    .select(['i.team_id as team', 'i.workspace_id as workspace', 'w.name', 'i.bot_user_id as botUser', 'i.sealed'])
    .where('i.revoked_at', 'is', null)

function opened(row: (Omit<Installation, 'token'> & { readonly sealed: Buffer }) | undefined, key: Buffer): Installation | null {
  if (row === undefined) return null
  const { sealed, ...rest } = row
  const token = unseal(sealed, row.team, key)
  return token === null ? null : { ...rest, token }
}
