import { sql } from 'kysely'
import { rows } from '../../db/rows.ts'
import type { Role } from '../../db/schema.ts'
import type { Platform, Tx } from '../../kernel/context.ts'
import type { PersonId, WorkspaceId } from '../../kernel/ids.ts'
import { addPerson } from '../people/person.actions.ts'
import { loseSight } from '../presence/presence.actions.ts'
import { home } from './workspace.ts'

/** Known from now on, under its present name; an uninstalled one comes back to life. */
export async function installWorkspace(
  tx: Tx,
  told: { readonly platform: Platform; readonly externalId: string; readonly name: string },
): Promise<WorkspaceId> {
  const row = await tx.db
    .insertInto('workspace')
    .values({
      platform: told.platform,
      external_id: told.externalId,
      name: told.name,
      locale: null,
      others_stats: told.platform !== 'slack',
      installed_at: tx.now,
      uninstalled_at: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['platform', 'external_id']).doUpdateSet({
        name: told.name,
        installed_at: sql`case when workspace.uninstalled_at is null then workspace.installed_at else ${tx.now} end`,
        uninstalled_at: null,
      }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** Its data stays; nothing is sent there any more, and nobody is seen there. */
export async function uninstallWorkspace(tx: Tx, platform: Platform, externalId: string): Promise<void> {
  const gone = await tx.db
    .updateTable('workspace')
    .set({ uninstalled_at: tx.now })
    .where('platform', '=', platform)
    .where('external_id', '=', externalId)
    .where('uninstalled_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (gone !== undefined) await loseSight(tx, gone.id)
}

/** The person was seen there with this role: both are kept. */
export async function seeMember(tx: Tx, workspace: WorkspaceId, person: PersonId, role: Role): Promise<void> {
  await tx.db
    .insertInto('workspace_member')
    .values({ workspace_id: workspace, user_id: person, role, role_seen_at: tx.now, joined_at: tx.now })
    .onConflict((conflict) => conflict.columns(['user_id', 'workspace_id']).doUpdateSet({ role, role_seen_at: tx.now }))
    .execute()
}

/** These people were seen there, and nobody said with which role: a known one stays. */
export async function introduceMembers(
  tx: Tx,
  seen: readonly { readonly workspace: WorkspaceId; readonly person: PersonId }[],
): Promise<void> {
  const list = seen.map(({ workspace, person }) => ({ workspace, person })).toSorted((a, b) => (a.person < b.person ? -1 : 1))
  await sql`insert into workspace_member (workspace_id, user_id, role, role_seen_at, joined_at)
    select workspace, person, 'member', ${tx.now}::timestamptz, ${tx.now}::timestamptz from ${rows(list, 'x', { workspace: 'uuid', person: 'uuid' })}
    on conflict do nothing`.execute(tx.db)
}

export const introduceMember = (tx: Tx, workspace: WorkspaceId, person: PersonId): Promise<void> =>
  introduceMembers(tx, [{ workspace, person }])

/** The built-in workspace of the web and its owner, who runs this installation: made once. */
export async function openHome(tx: Tx): Promise<{ readonly workspace: WorkspaceId; readonly owner: PersonId }> {
  await sql`select pg_advisory_xact_lock(hashtextextended('home', 0))`.execute(tx.db)
  const known = await tx.db
    .selectFrom('workspace as w')
    .innerJoin('workspace_member as m', 'm.workspace_id', 'w.id')
    .innerJoin('user as u', 'u.id', 'm.user_id')
    .select(['w.id as workspace', 'u.id as owner'])
    .where('w.platform', '=', home.platform)
    .where('w.external_id', '=', home.external_id)
    .where('u.is_admin', '=', true)
    .orderBy('m.joined_at')
    .executeTakeFirst()
  if (known !== undefined) return known
  const workspace = await installWorkspace(tx, { platform: home.platform, externalId: home.external_id, name: home.name })
  const owner = await addPerson(tx, 'Owner', { timezone: null, locale: null, workspace }, true)
  await seeMember(tx, workspace, owner, 'admin')
  return { workspace, owner }
}
