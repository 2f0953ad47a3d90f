import { sql } from 'kysely'
import { rows } from '../../db/rows.ts'
import type { ImportFormat } from '../../db/schema.ts'
import { after, hours } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, SessionId, WorkspaceId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { actingPerson } from '../people/person.queries.ts'
import { countSessions } from '../sessions/count.actions.ts'
import { retractSessions } from '../sessions/session.actions.ts'
import type { Draft } from './import.queries.ts'
import { type Stretch, shortestStretchSeconds } from './import.ts'

/** An upload that nobody confirmed is thrown away after this. */
const draftMilliseconds = hours(1)

/** Keeps what was uploaded until the person says yes; the one before goes. */
export async function keepDraft(tx: Tx, { format, content }: Draft): Promise<void> {
  if (tx.actor === 'clock') throw new Error('only a person uploads')
  const row = { workspace_id: tx.actor.workspace, format, content, created_at: tx.now }
  await tx.db
    .insertInto('import_draft')
    .values({ user_id: tx.actor.person, ...row })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
    .execute()
}

export async function dropDraft(tx: Tx): Promise<void> {
  await tx.db.deleteFrom('import_draft').where('user_id', '=', actingPerson(tx)).execute()
}

/** Uploads that were left lying. */
export async function sweepDrafts(tx: Tx): Promise<void> {
  await tx.db.deleteFrom('import_draft').where('created_at', '<', after(tx.now, -draftMilliseconds)).execute()
}

/**
 * Takes the acting person's history of another bot in. What the same format brought before goes, so that a file imported twice counts
 * once; and of moments that count already, here or by another file, nothing counts again. How many sessions were written.
 */
export async function importStretches(tx: Tx, format: Exclude<ImportFormat, 'hours'>, stretches: readonly Stretch[]): Promise<number> {
  const person = actingPerson(tx)
  await lockImports(tx, person)
  const before = await tx.db
    .selectFrom('history_import')
    .select('id')
    .where('user_id', '=', person)
    .where('format', '=', format)
    .where('workspace_id', 'is', null)
    .execute()
  for (const { id } of before) await dropImport(tx, id)
  const made = await writeImport(tx, { person, workspace: null, by: person, format })
  const { rows: written } = await sql<{ id: SessionId }>`
    insert into session_history (user_id, session_type, seconds, source, started_at, completed_at, earned, import_id, subject)
    select ${person}::uuid, 'work', y.seconds, 'import', lower(y.earned), upper(y.earned), y.earned, ${made}::uuid, y.subject
    from (
      select x.subject, x.earned, (select floor(sum(extract(epoch from upper(r) - lower(r)))) from unnest(x.earned) r)::int as seconds
      from (
        select s.subject, tstzmultirange(tstzrange(s."from", s."to")) - coalesce((
          select range_agg(h.earned) from session_history h
          where h.user_id = ${person}::uuid and h.completed_at > s."from" and h.started_at < s."to"), '{}') as earned
        from ${rows(stretches, 's', { '"from"': 'timestamptz', '"to"': 'timestamptz', subject: 'text' })}) x) y
    where y.seconds >= ${shortestStretchSeconds}
    returning id`.execute(tx.db)
  await countSessions(
    tx,
    written.map(({ id }) => id),
    1,
  )
  await dropDraft(tx)
  return written.length
}

/** Takes an import of the acting person back, with everything that came by it. @throws Refusal `missing` */
export async function undoImport(tx: Tx, id: string): Promise<void> {
  const person = actingPerson(tx)
  await lockImports(tx, person)
  const found = await tx.db.selectFrom('history_import').select('id').where('id', '=', id).where('user_id', '=', person).executeTakeFirst()
  if (found === undefined) throw new Refusal('missing', 'import.missing')
  await tx.db.updateTable('imported_hours').set({ refused_at: tx.now, import_id: null }).where('import_id', '=', id).execute()
  await dropImport(tx, id)
}

/** One import of a person after another: two at once would each miss what the other brings. */
export const lockImports = async (tx: Tx, person: PersonId): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`import ${person}`}, 0))`.execute(tx.db)
}

export async function writeImport(
  tx: Tx,
  told: { readonly person: PersonId; readonly workspace: WorkspaceId | null; readonly by: PersonId | null; readonly format: ImportFormat },
): Promise<string> {
  const { id } = await tx.db
    .insertInto('history_import')
    .values({ user_id: told.person, workspace_id: told.workspace, imported_by: told.by, format: told.format, created_at: tx.now })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function dropImport(tx: Tx, id: string): Promise<void> {
  const sessions = await tx.db.selectFrom('session_history').select('id').where('import_id', '=', id).execute()
  await retractSessions(
    tx,
    sessions.map((session) => session.id),
  )
  await tx.db.deleteFrom('history_import').where('id', '=', id).execute()
}
