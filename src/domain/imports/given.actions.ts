import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, SessionId } from '../../kernel/ids.ts'
import type { Portion } from '../../kernel/portion.ts'
import { countSessions } from '../sessions/count.actions.ts'
import { dropImports } from './import.actions.ts'

/** Who uses the product in the server of a row `h` of `imported_hours`, under its account: to be joined. */
export const membersKnown = sql`
  join identity i on i.platform = 'discord' and i.external_id = h.external_id
  join "user" u on u.id = i.user_id and u.first_used_at is not null
  join workspace_member m on m.workspace_id = h.workspace_id and m.user_id = i.user_id`

const batch = 500

/**
 * Lets what people have follow from the newest file of their server, some hundred at a time: another amount replaces what they got, and
 * what is in no file any more goes. Returns how many it settled.
 */
export async function giveHours(tx: Tx, { skip, most }: Portion): Promise<number> {
  const { rows: claimed } = await sql<{ workspace: string; account: string; attached: string | null }>`
    select workspace_id as workspace, external_id as account, import_id as attached from imported_hours
    where changed_at is not null order by changed_at limit ${Math.min(batch, most)}::int offset ${skip}::int for update skip locked`.execute(
    tx.db,
  )
  if (claimed.length === 0) return 0
  const those = (h: string) => sql<SqlBool>`(${sql.ref(`${h}.workspace_id`)}, ${sql.ref(`${h}.external_id`)}) in (
    select * from unnest(${claimed.map(({ workspace }) => workspace)}::uuid[], ${claimed.map(({ account }) => account)}::text[]))`
  // Of a batch some lose and some get hours: all are locked first, in the order in which sessions lock people.
  await sql`
    select id from "user" where id in (
      select i.user_id from identity i where i.platform = 'discord' and i.external_id = any(${claimed.map(({ account }) => account)}::text[]))
    order by id for no key update`.execute(tx.db)
  await dropImports(
    tx,
    claimed.flatMap(({ attached }) => attached ?? []),
  )
  await sql`delete from imported_hours h where ${those('h')} and seconds = 0`.execute(tx.db)
  await sql`update imported_hours h set changed_at = null where ${those('h')}`.execute(tx.db)
  await attach(tx, those('h'))
  return claimed.length
}

/** Gives a person who uses the product the hours that wait for their Discord account in the servers where they are a member. */
export const attachHours = (tx: Tx, person: PersonId): Promise<void> => attach(tx, sql`i.user_id = ${person}::uuid`)

/** No day is known of these hours, so they count for the totals alone. What a file that is brought just now changes is left to it. */
async function attach(tx: Tx, which: RawBuilder<SqlBool>): Promise<void> {
  const { rows } = await sql<{ id: SessionId }>`
    with waiting as materialized (
      select h.*, i.user_id, uuidv7() as import from imported_hours h ${membersKnown}
      where h.import_id is null and h.refused_at is null and ${which}
      for update of h skip locked),
    made as (
      insert into history_import (id, user_id, workspace_id, imported_by, format, created_at)
      select import, user_id, workspace_id, imported_by, 'hours', ${tx.now}::timestamptz from waiting),
    marked as (
      update imported_hours h set import_id = w.import, changed_at = null from waiting w
      where h.workspace_id = w.workspace_id and h.external_id = w.external_id)
    insert into session_history (user_id, session_type, seconds, source, started_at, completed_at, earned, import_id)
    select user_id, 'work', seconds, 'import', created_at, created_at, '{}', import from waiting
    returning id`.execute(tx.db)
  await countSessions(
    tx,
    rows.map(({ id }) => id),
    1,
  )
}
