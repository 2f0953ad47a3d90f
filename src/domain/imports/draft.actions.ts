import { sql } from 'kysely'
import { rowsIn } from '../../db/rows.ts'
import { after, hours } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { actingPerson } from '../people/person.queries.ts'
import { assertMayBringHours, bringHours, hoursColumns } from './hours.actions.ts'
import { stretchColumns, takeStretches } from './import.actions.ts'
import { type Brought, isHere } from './import.queries.ts'
import type { Reading } from './reading.ts'

/** An upload that nobody confirmed is thrown away after this. */
const draftMilliseconds = hours(1)

/**
 * Keeps what was read of an upload until the person says yes; the one before goes.
 * @throws Refusal `forbidden` for hours, for all but admins of a Discord server
 */
export async function keepDraft(tx: Tx, { format, summary, rows }: Reading): Promise<void> {
  if (tx.actor === 'clock') throw new Error('only a person uploads')
  if (format === 'hours') await assertMayBringHours(tx)
  const content = sql<Buffer>`convert_to(${`{"summary":${JSON.stringify(summary)},"rows":${rows}}`}::text, 'UTF8')`
  const row = { workspace_id: tx.actor.workspace, format, content, created_at: tx.now }
  await tx.db
    .insertInto('import_draft')
    .values({ user_id: tx.actor.person, ...row })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
    .execute()
}

/** What was taken in: sessions of one's own, or hours of members, of whom some have theirs now. */
export type Taken = { readonly sessions: number } | Brought

/**
 * Takes in what the acting person uploaded, straight from where it is kept: once, since a second press waits for the first and finds
 * nothing.
 * @throws Refusal `missing` where nothing waits, `forbidden` as `bringHours`
 */
export async function takeDraft(tx: Tx): Promise<Taken> {
  const person = actingPerson(tx)
  const draft = await tx.db
    .selectFrom('import_draft')
    .select(['format', 'workspace_id'])
    .where('user_id', '=', person)
    .forUpdate()
    .executeTakeFirst()
  if (draft === undefined || !isHere(tx, draft)) throw new Refusal('missing', 'import.no-draft')
  const kept = sql`(select convert_from(content, 'UTF8')::json -> 'rows' from import_draft where user_id = ${person}::uuid)`
  const taken =
    draft.format === 'hours'
      ? await bringHours(tx, rowsIn(kept, 't', hoursColumns))
      : { sessions: await takeStretches(tx, draft.format, rowsIn(kept, 's', stretchColumns)) }
  await dropDraft(tx)
  return taken
}

export async function dropDraft(tx: Tx): Promise<void> {
  await tx.db.deleteFrom('import_draft').where('user_id', '=', actingPerson(tx)).execute()
}

/** Uploads that were left lying. */
export async function sweepDrafts(tx: Tx): Promise<void> {
  await tx.db.deleteFrom('import_draft').where('created_at', '<', after(tx.now, -draftMilliseconds)).execute()
}
