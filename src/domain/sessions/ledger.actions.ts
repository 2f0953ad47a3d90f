import { sql } from 'kysely'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, PhaseId, SessionId, SoloId, WorkspaceId } from '../../kernel/ids.ts'
import { recomputeStreaks } from '../goals/standing.actions.ts'
import type { WrongCredit } from './ledger.queries.ts'
import { creditPhases, creditSolo, retractSessions } from './session.actions.ts'
import { dayTally, sumsOf, type Tally, topicTally, workspaceTally } from './tallies.queries.ts'

/** Writes the totals of these people anew from their sessions, and what follows from their days. */
export async function rebuildTotals(tx: Tx, people: readonly PersonId[]): Promise<void> {
  const ids = sql`any(${people as PersonId[]}::uuid[])`
  const sessions = sql`select * from session_history where user_id = ${ids} and session_type = 'work'`
  await sql`select id from "user" where id = ${ids} order by id for no key update`.execute(tx.db)
  await sql`
    update "user" u set updated_at = ${tx.now}, total_focus_time = coalesce((select sum(seconds) from (${sessions}) h where h.user_id = u.id), 0),
      total_sessions = (select count(*) from (${sessions}) h where h.user_id = u.id and h.seconds > 0)
    where u.id = ${ids}`.execute(tx.db)
  for (const tally of [dayTally, topicTally]) await rebuild(tx, tally, sql`user_id = ${ids}`, sessions)
  await recomputeStreaks(tx, people)
}

/** Writes the days of these workspaces anew from the sessions that count for them, by their zone of now. */
export async function rebuildWorkspaces(tx: Tx, workspaces: readonly WorkspaceId[]): Promise<void> {
  const ids = sql`any(${workspaces as WorkspaceId[]}::uuid[])`
  const sessions = sql`select * from session_history where workspace_id = ${ids} and session_type = 'work'`
  await rebuild(tx, workspaceTally, sql`workspace_id = ${ids}`, sessions)
}

async function rebuild(tx: Tx, tally: Tally, whose: ReturnType<typeof sql>, sessions: ReturnType<typeof sql>): Promise<void> {
  const columns = sql.raw([...tally.keys, ...tally.amounts, ...tally.lists].join(', '))
  await sql`delete from ${sql.table(tally.table)} where ${whose}`.execute(tx.db)
  await sql`insert into ${sql.table(tally.table)} (${columns}) select ${columns} from (${sumsOf(tally, sessions)}) x`.execute(tx.db)
}

/**
 * Writes wrong credit anew from who was where when. What somebody corrected is left: no rebuild removes it. The totals concerned are
 * made to follow from the sessions first, since what is wrong may never have been counted. What a session was for stays with it.
 */
export async function rebuildCredit(tx: Tx, wrong: readonly WrongCredit[]): Promise<void> {
  const written = wrong.flatMap(({ session }) => (session === null ? [] : [session]))
  const corrected = await correctedAmong(tx, written)
  await rebuildTotals(tx, [...new Set(wrong.map(({ person }) => person))])
  await rebuildWorkspaces(tx, await workspacesOf(tx, written))
  const retracted = written.filter((session) => !corrected.has(session))
  await sql`insert into phase_aim (phase_id, user_id, aim, subject, result)
    select phase_id, user_id, aim, subject, result from session_history where id = any(${retracted}::uuid[]) and phase_id is not null
    on conflict do nothing`.execute(tx.db)
  await retractSessions(tx, retracted)
  const phases = [...new Set(wrong.flatMap(({ phase }): PhaseId[] => (phase === null ? [] : [phase])))]
  if (phases.length > 0) await tx.db.updateTable('phase').set({ credited_at: null }).where('id', 'in', phases).execute()
  await creditPhases(tx, phases)
  const solos = [...new Set(wrong.flatMap(({ solo }): SoloId[] => (solo === null ? [] : [solo])))]
  if (solos.length > 0) await tx.db.updateTable('solo_session').set({ credited_at: null }).where('id', 'in', solos).execute()
  await creditSolo(tx, solos)
}

async function workspacesOf(tx: Tx, sessions: readonly SessionId[]): Promise<readonly WorkspaceId[]> {
  if (sessions.length === 0) return []
  const rows = await tx.db.selectFrom('session_history').select('workspace_id').distinct().where('id', 'in', sessions).execute()
  return rows.flatMap(({ workspace_id: id }) => (id === null ? [] : [id]))
}

async function correctedAmong(tx: Tx, sessions: readonly SessionId[]): Promise<ReadonlySet<SessionId>> {
  if (sessions.length === 0) return new Set()
  const rows = await tx.db.selectFrom('session_correction').select('session_id').distinct().where('session_id', 'in', sessions).execute()
  return new Set(rows.map(({ session_id }) => session_id))
}
