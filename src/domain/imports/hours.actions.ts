import { type RawBuilder, sql } from 'kysely'
import { timerChannel } from '../../events/emit.ts'
import type { Tx } from '../../kernel/context.ts'
import { asMuchAsFits } from '../../kernel/portion.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { settingsHere } from '../workspaces/settings.queries.ts'
import { isHereAtLeast } from '../workspaces/workspace.queries.ts'
import { giveHours, membersKnown } from './given.actions.ts'
import { type Brought, broughtHere } from './import.queries.ts'

/** @throws Refusal `forbidden` for all but admins of a Discord server */
export async function assertMayBringHours(tx: Tx): Promise<void> {
  const { platform } = await settingsHere(tx)
  if (platform !== 'discord' || !(await isHereAtLeast(tx, 'admin'))) throw new Refusal('forbidden', 'import.hours.only-admins')
}

export const hoursColumns = { '"externalId"': 'text', seconds: 'integer' }

/**
 * Keeps the hours of a server's members by their accounts, `hours` being a table `t` of them. What the server brought before is
 * replaced; whoever took theirs out is left alone. Members who use the product get theirs from the clock, the first of them at once;
 * others when they come. As many statements for ten people as for all of a large server.
 * @throws Refusal `forbidden` for all but admins of a Discord server
 */
export async function bringHours(tx: Tx, hours: RawBuilder<unknown>): Promise<Brought> {
  if (tx.actor === 'clock') throw new Error('only an admin brings hours')
  await assertMayBringHours(tx)
  const { person: by, workspace } = tx.actor
  await sql`select pg_advisory_xact_lock(hashtextextended(${`hours ${workspace}`}, 0))`.execute(tx.db)
  const isGone = sql`workspace_id = ${workspace}::uuid and refused_at is null and external_id not in (select t."externalId" from ${hours})`
  await sql`delete from imported_hours where ${isGone} and import_id is null`.execute(tx.db)
  await sql`update imported_hours set seconds = 0, changed_at = ${tx.now}::timestamptz where ${isGone}`.execute(tx.db)
  await sql`
    insert into imported_hours as was (workspace_id, external_id, seconds, imported_by, created_at, changed_at)
    select h.workspace_id, h.external_id, h.seconds, ${by}::uuid, ${tx.now}::timestamptz,
      case when exists (select from (select h.workspace_id, h.external_id) h ${membersKnown}) then ${tx.now}::timestamptz end
    from (select ${workspace}::uuid as workspace_id, t."externalId" as external_id, t.seconds from ${hours}) h
    on conflict (workspace_id, external_id) do update
      set seconds = excluded.seconds, imported_by = excluded.imported_by, created_at = excluded.created_at,
        changed_at = case when was.import_id is null then excluded.changed_at else ${tx.now}::timestamptz end
      where was.refused_at is null and was.seconds <> excluded.seconds`.execute(tx.db)
  await giveHours(tx, asMuchAsFits)
  await sql`select pg_notify(${timerChannel}, '')`.execute(tx.db)
  return broughtHere(tx)
}

const nobody = sql`(select ''::text, 0 where false) t("externalId", seconds)`

/**
 * Takes out what the server brought; whoever has it loses it within minutes.
 * @throws Refusal `forbidden` for all but admins of a Discord server
 */
export const takeHoursOut = (tx: Tx): Promise<Brought> => bringHours(tx, nobody)
