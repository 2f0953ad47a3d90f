import type { Tx } from '../../kernel/context.ts'
import { seal } from '../../kernel/seal.ts'
import type { Installation, ToldInstallation } from './installation.ts'
import { installWorkspace, uninstallWorkspace } from './workspace.actions.ts'

/** Keeps the installation, its token sealed under `key` (32 bytes). `isNew` when the app did not live there before. */
export async function keepInstallation(tx: Tx, key: Buffer, told: ToldInstallation): Promise<Installation & { readonly isNew: boolean }> {
  const workspace = await installWorkspace(tx, { platform: 'slack', externalId: told.team, name: told.name })
  const known = await tx.db
    .selectFrom('slack_installation')
    .select('revoked_at')
    .where('team_id', '=', told.team)
    .forUpdate()
    .executeTakeFirst()
  const row = {
    enterprise_id: told.enterprise,
    bot_user_id: told.botUser,
    sealed: seal(told.token, told.team, key),
    installed_by: told.installedBy,
    revoked_at: null,
  }
  await tx.db
    .insertInto('slack_installation')
    .values({ team_id: told.team, workspace_id: workspace, installed_at: tx.now, ...row })
    .onConflict((conflict) => conflict.column('team_id').doUpdateSet(row))
    .execute()
  const { team, name, botUser, token } = told
  return { team, workspace, name, botUser, token, isNew: known === undefined || known.revoked_at !== null }
}

/** The app was taken out or its token no longer works: the data stays, nothing is sent there any more. */
export async function revokeInstallation(tx: Tx, team: string): Promise<void> {
  await tx.db
    .updateTable('slack_installation')
    .set({ revoked_at: tx.now })
    .where('team_id', '=', team)
    .where('revoked_at', 'is', null)
    .execute()
  await uninstallWorkspace(tx, 'slack', team)
}
