import { sql } from 'kysely'
import { rows } from '../../db/rows.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { recordSessions } from '../sessions/session.actions.ts'
import { settingsHere } from '../workspaces/settings.queries.ts'
import { isHereAtLeast } from '../workspaces/workspace.queries.ts'
import { dropDraft, dropImport, lockImports, writeImport } from './import.actions.ts'
import type { Hours } from './import.ts'

/** @throws Refusal `forbidden` for all but admins of a Discord server */
export async function assertMayBringHours(tx: Tx): Promise<void> {
  const { platform } = await settingsHere(tx)
  if (platform !== 'discord' || !(await isHereAtLeast(tx, 'admin'))) throw new Refusal('forbidden', 'import.hours.only-admins')
}

/**
 * Keeps the hours of a server's members by their accounts: attached at once to those who are known, to others when they come. What the
 * server brought before is replaced; whoever took theirs out is left alone. How many were attached now.
 * @throws Refusal `forbidden` for all but admins of a Discord server
 */
export async function bringHours(tx: Tx, hours: readonly Hours[]): Promise<number> {
  if (tx.actor === 'clock') throw new Error('only an admin brings hours')
  await assertMayBringHours(tx)
  const { person: by, workspace } = tx.actor
  await sql`select pg_advisory_xact_lock(hashtextextended(${`hours ${workspace}`}, 0))`.execute(tx.db)
  const attached = await tx.db
    .selectFrom('imported_hours')
    .select('import_id as import')
    .where('workspace_id', '=', workspace)
    .where('import_id', 'is not', null)
    .execute()
  for (const { import: id } of attached) if (id !== null) await dropImport(tx, id)
  await tx.db.deleteFrom('imported_hours').where('workspace_id', '=', workspace).where('refused_at', 'is', null).execute()
  await sql`
    insert into imported_hours (workspace_id, external_id, seconds, imported_by, created_at)
    select ${workspace}::uuid, h."externalId", h.seconds, ${by}::uuid, ${tx.now}::timestamptz
    from ${rows(hours, 'h', { '"externalId"': 'text', seconds: 'integer' })}
    on conflict (workspace_id, external_id) do nothing`.execute(tx.db)
  const known = await sql<{ person: PersonId; externalId: string }>`
    select i.user_id as person, i.external_id as "externalId" from imported_hours h
    join identity i on i.platform = 'discord' and i.external_id = h.external_id
    where h.workspace_id = ${workspace}::uuid and h.import_id is null and h.refused_at is null order by i.user_id`.execute(tx.db)
  for (const { person, externalId } of known.rows) await attachHours(tx, person, externalId)
  await dropDraft(tx)
  return known.rows.length
}

/** Gives a person the hours that wait for their Discord account: no day is known, so they count for the totals alone. */
export async function attachHours(tx: Tx, person: PersonId, externalId: string): Promise<void> {
  const waiting = await tx.db
    .selectFrom('imported_hours')
    .selectAll()
    .where('external_id', '=', externalId)
    .where('import_id', 'is', null)
    .where('refused_at', 'is', null)
    .execute()
  if (waiting.length === 0) return
  await lockImports(tx, person)
  for (const { workspace_id: workspace, imported_by: by, seconds, created_at: at } of waiting) {
    const id = await writeImport(tx, { person, workspace, by, format: 'hours' })
    const { numUpdatedRows } = await tx.db
      .updateTable('imported_hours')
      .set({ import_id: id })
      .where('workspace_id', '=', workspace)
      .where('external_id', '=', externalId)
      .where('import_id', 'is', null)
      .where('refused_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) await dropImport(tx, id)
    else await recordSessions(tx, [{ person, source: 'import', from: at, to: at, earned: '{}', seconds, import: id }])
  }
}
