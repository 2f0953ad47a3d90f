import { type RawBuilder, sql } from 'kysely'
import { rows } from '../../db/rows.ts'
import type { ImportFormat } from '../../db/schema.ts'
import type { Tx } from '../../kernel/context.ts'
import type { SessionId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { lockPresence } from '../people/lock.actions.ts'
import { actingPerson } from '../people/person.queries.ts'
import { countSessions } from '../sessions/count.actions.ts'
import { earning } from '../sessions/earned.queries.ts'
import { retractSessions } from '../sessions/session.actions.ts'
import { type Stretch, shortestStretchSeconds } from './import.ts'

type OwnFormat = Exclude<ImportFormat, 'hours'>

export const importStretches = (tx: Tx, format: OwnFormat, stretches: readonly Stretch[]): Promise<number> =>
  takeStretches(tx, format, rows(stretches, 's', stretchColumns))

export const stretchColumns = { '"from"': 'timestamptz', '"to"': 'timestamptz', subject: 'text' }

/**
 * Takes the acting person's history of another bot in: `stretches` is a table `s` of them. What the same format brought before goes, so
 * that a file imported twice counts once; and of moments that count already, here or by another file, or may still be credited, nothing
 * counts again. The lock makes two imports at once see each other. How many sessions were written.
 */
export async function takeStretches(tx: Tx, format: OwnFormat, stretches: RawBuilder<unknown>): Promise<number> {
  const person = actingPerson(tx)
  await lockPresence(tx, person)
  const before = await tx.db
    .selectFrom('history_import')
    .select('id')
    .where('user_id', '=', person)
    .where('format', '=', format)
    .where('workspace_id', 'is', null)
    .execute()
  await dropImports(
    tx,
    before.map(({ id }) => id),
  )
  const { id: made } = await tx.db
    .insertInto('history_import')
    .values({ user_id: person, workspace_id: null, imported_by: person, format, created_at: tx.now })
    .returning('id')
    .executeTakeFirstOrThrow()
  // The longest session bounds how far behind a stretch one may end that lies over it: else each stretch looks through all later ones.
  const { rows: written } = await sql<{ id: SessionId }>`
    with told as materialized (select * from ${stretches}),
    longest as materialized (
      select coalesce(max(completed_at - started_at), '0') as length from session_history where user_id = ${person}::uuid),
    waiting as materialized (
      select range_agg(tstzrange(e."from", e."to")) as moments from (select min("from") as first, max("to") as last from told) t
      cross join lateral (${earning(sql`${person}::uuid`, sql`t.first`, sql`t.last`)}) e)
    insert into session_history (user_id, session_type, seconds, source, started_at, completed_at, earned, import_id, subject)
    select ${person}::uuid, 'work', y.seconds, 'import', lower(y.earned), upper(y.earned), y.earned, ${made}::uuid, y.subject
    from (
      select x.subject, x.earned, (select floor(sum(extract(epoch from upper(r) - lower(r)))) from unnest(x.earned) r)::int as seconds
      from (
        select s.subject, tstzmultirange(tstzrange(s."from", s."to")) - coalesce((
          select range_agg(h.earned) from session_history h
          where h.user_id = ${person}::uuid and h.completed_at > s."from" and h.started_at < s."to"
            and h.completed_at < s."to" + (select length from longest)), '{}') - coalesce((select moments from waiting), '{}') as earned
        from told s) x) y
    where y.seconds >= ${shortestStretchSeconds}
    returning id`.execute(tx.db)
  await countSessions(
    tx,
    written.map(({ id }) => id),
    1,
  )
  return written.length
}

/** Takes an import of the acting person back, with everything that came by it. @throws Refusal `missing` */
export async function undoImport(tx: Tx, id: string): Promise<void> {
  const person = actingPerson(tx)
  await lockPresence(tx, person)
  const found = await tx.db.selectFrom('history_import').select('id').where('id', '=', id).where('user_id', '=', person).executeTakeFirst()
  if (found === undefined) throw new Refusal('missing', 'import.missing')
  await tx.db
    .updateTable('imported_hours')
    .set({ refused_at: tx.now, import_id: null, changed_at: null })
    .where('import_id', '=', id)
    .execute()
  await dropImports(tx, [id])
}

/** Takes out all that came by these imports. */
export async function dropImports(tx: Tx, imports: readonly string[]): Promise<void> {
  if (imports.length === 0) return
  const { rows: sessions } = await sql<{ id: SessionId }>`
    select id from session_history where import_id = any(${imports as string[]}::uuid[])`.execute(tx.db)
  await retractSessions(
    tx,
    sessions.map(({ id }) => id),
  )
  await sql`delete from history_import where id = any(${imports as string[]}::uuid[])`.execute(tx.db)
}
