import { type RawBuilder, sql } from 'kysely'
import type { Ranges } from '../../db/schema.ts'
import { emit } from '../../events/emit.ts'
import type { Tx } from '../../kernel/context.ts'
import { isUuid, type PersonId, type SessionId, type WorkspaceId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { lockPresence } from '../people/lock.actions.ts'
import { actingPerson } from '../people/person.queries.ts'
import { assertModerator } from '../workspaces/workspace.queries.ts'
import { countSessions } from './count.actions.ts'
import { earning, secondsIn } from './earned.queries.ts'

/** A session can't be made longer than what somebody may report at once. */
export const longestCorrectedMinutes = 480

type Held = { readonly id: SessionId; readonly user_id: PersonId; readonly workspace_id: WorkspaceId | null; readonly earned: Ranges }

/**
 * Changes how much of a session counts, to whole minutes from its beginning; every total follows. Written down with its reason, and
 * no rebuild removes it. `workspace` is where a moderator acts, null for the person; who may do it is asked before.
 * @returns the correction
 * @throws Refusal `missing`, `conflict` where nothing counts any more, or a longer session would overlap other counted time
 */
export async function correctSession(
  tx: Tx,
  session: SessionId,
  newMinutes: number,
  reason: string | null,
  workspace: WorkspaceId | null = null,
): Promise<string> {
  const held = await hold(tx, session)
  if (held.earned === '{}' && newMinutes > 0) throw new Refusal('conflict', 'correction.removed')
  const corrected = await put(tx, held, cutTo(sql`h.earned`, newMinutes * 60))
  const by = actingPerson(tx)
  const { id } = await tx.db
    .insertInto('session_correction')
    .values({
      session_id: session,
      corrected_by: by,
      workspace_id: workspace,
      reason,
      earned_before: held.earned,
      earned_after: corrected,
      created_at: tx.now,
      undone_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (workspace !== null) await emit(tx, { type: 'session.corrected', room: null, by, person: held.user_id, correction: id })
  return id
}

/**
 * Takes back the newest correction of a session: a moderator theirs or a colleague's, a person their own.
 * @throws Refusal `missing`, `forbidden`, `conflict` where a later one stands, or where the time is counted elsewhere by now
 */
export async function undoCorrection(tx: Tx, id: string): Promise<void> {
  const correction = isUuid(id)
    ? await tx.db.selectFrom('session_correction').selectAll().where('id', '=', id).executeTakeFirst()
    : undefined
  if (correction === undefined || correction.undone_at !== null) throw new Refusal('missing', 'correction.missing')
  const held = await hold(tx, correction.session_id)
  await mayUndo(tx, held.user_id, correction.workspace_id)
  const later = await tx.db
    .selectFrom('session_correction')
    .select('id')
    .where('session_id', '=', held.id)
    .where('undone_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  if (later.id !== id) throw new Refusal('conflict', 'correction.later')
  await put(tx, held, sql`${correction.earned_before}::tstzmultirange`)
  await tx.db.updateTable('session_correction').set({ undone_at: tx.now }).where('id', '=', id).execute()
  const by = actingPerson(tx)
  if (correction.workspace_id !== null) await emit(tx, { type: 'session.restored', room: null, by, person: held.user_id, correction: id })
}

async function mayUndo(tx: Tx, owner: PersonId, workspace: WorkspaceId | null): Promise<void> {
  if (workspace === null && owner !== actingPerson(tx)) throw new Refusal('missing', 'correction.missing')
  if (workspace !== null) await assertModerator(tx, workspace)
}

/** The person's lock keeps what they write down themselves from coming between. */
async function hold(tx: Tx, session: SessionId): Promise<Held> {
  const owner = await tx.db.selectFrom('session_history').select('user_id').where('id', '=', session).executeTakeFirst()
  if (owner === undefined) throw new Refusal('missing', 'record.missing')
  await lockPresence(tx, owner.user_id)
  const held = await tx.db
    .selectFrom('session_history')
    .select(['id', 'user_id', 'workspace_id', 'earned'])
    .where('id', '=', session)
    .forUpdate()
    .executeTakeFirst()
  if (held === undefined) throw new Refusal('missing', 'record.missing')
  return held
}

/** Lets a session count for these stretches (SQL over the row `h`); they stay where they are in time, and overlap no other record. */
async function put(tx: Tx, held: Held, earned: RawBuilder<unknown>): Promise<Ranges> {
  await countSessions(tx, [held.id], -1)
  const { rows } = await sql<{ earned: Ranges }>`
    update session_history h set earned = x.earned, seconds = ${secondsIn(sql`x.earned`)},
      completed_at = coalesce(upper(x.earned), h.completed_at)
    from (select ${earned} as earned from session_history h where h.id = ${held.id}::uuid) x
    where h.id = ${held.id}::uuid returning h.earned`.execute(tx.db)
  const [row] = rows
  if (row === undefined) throw new Refusal('missing', 'record.missing')
  await noOverlap(tx, held, row.earned)
  await countSessions(tx, [held.id], 1)
  return row.earned
}

async function noOverlap(tx: Tx, held: Held, earned: Ranges): Promise<void> {
  const { rows } = await sql<{ taken: boolean }>`
    select exists (select from session_history h, (select ${earned}::tstzmultirange as earned) x
      where h.user_id = ${held.user_id}::uuid and h.id <> ${held.id}::uuid and h.session_type = 'work'
        and h.completed_at > lower(x.earned) and h.started_at < upper(x.earned) and h.earned && x.earned)
      or exists (select from (select ${earned}::tstzmultirange as earned) x,
        lateral (${earning(sql`${held.user_id}::uuid`, sql`lower(x.earned)`, sql`upper(x.earned)`)}) e where x.earned && tstzrange(e."from", e."to"))
      or upper(${earned}::tstzmultirange) > ${tx.now}::timestamptz as taken`.execute(tx.db)
  if (rows[0]?.taken) throw new Refusal('conflict', 'correction.overlap')
}

/** The first `seconds` of the stretches; where there are fewer, the last one goes on until there are enough. */
const cutTo = (earned: RawBuilder<unknown>, seconds: number): RawBuilder<unknown> => sql`(
  select coalesce(range_agg(tstzrange(lower(r), case when is_last or before + length > ${seconds}
      then lower(r) + make_interval(secs => ${seconds} - before) else upper(r) end)), '{}')
  from (select r, extract(epoch from upper(r) - lower(r)) as length,
      coalesce(sum(extract(epoch from upper(r) - lower(r))) over (order by lower(r) rows between unbounded preceding and 1 preceding), 0) as before,
      lead(r) over (order by lower(r)) is null as is_last
    from unnest(${earned}) r) x
  where before < ${seconds})`
