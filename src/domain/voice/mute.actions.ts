import { sql } from 'kysely'
import { rows } from '../../db/rows.ts'
import { jobsOf } from '../../deliveries/queues.ts'
import type { Tx } from '../../kernel/context.ts'
import { newId, type WorkspaceId } from '../../kernel/ids.ts'
import { type Focusing, focusingIn, type OpenMute, openMutes } from './mute.queries.ts'
import type { Seen } from './people.actions.ts'
import { type Scope, scopeOf } from './voice.queries.ts'

/** Accounts to mute and to give their voice back, in one server. */
export type MutePlan = { readonly mute: readonly OpenMute[]; readonly restore: readonly OpenMute[] }

/**
 * Decides whom a server mutes now, and who gets their voice back. `audible` were heard a moment ago: among them, whoever is to be quiet is
 * written down before it is done, so that it is taken back whatever happens. Whom others muted is left as they are.
 */
export async function planMutes(tx: Tx, workspace: WorkspaceId, audible: ReadonlySet<string>): Promise<MutePlan> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`mute ${workspace}`}, 0))`.execute(tx.db)
  const focusing = await focusingIn(tx, workspace)
  await writeDown(
    tx,
    workspace,
    focusing.filter(({ account }) => audible.has(account)),
  )
  const quiet = new Set(focusing.map(({ account }) => account))
  const open = await openMutes(tx, workspace)
  return {
    mute: open.filter(({ account, applied }) => quiet.has(account) && !applied),
    restore: open.filter(({ account }) => !quiet.has(account)),
  }
}

async function writeDown(tx: Tx, workspace: WorkspaceId, fresh: readonly Focusing[]): Promise<void> {
  if (fresh.length === 0) return
  const list = fresh.map((one) => ({ ...one, id: newId<string>() }))
  await sql`insert into voice_mute (id, workspace_id, user_id, room_id, account, muted_at)
    select id, ${workspace}::uuid, person, room, account, ${tx.now}::timestamptz
    from ${rows(list, 'x', { id: 'uuid', person: 'uuid', room: 'uuid', account: 'text' })}
    on conflict (workspace_id, account) where restored_at is null do nothing`.execute(tx.db)
}

/** The platform has done it. */
export async function muteApplied(tx: Tx, id: string): Promise<void> {
  await sql`update voice_mute set applied_at = greatest(muted_at, ${tx.now}::timestamptz) where id = ${id}::uuid and applied_at is null`.execute(
    tx.db,
  )
}

/** They have their voice back, or it was never taken. */
export async function muteOver(tx: Tx, id: string): Promise<void> {
  await sql`update voice_mute set restored_at = greatest(muted_at, ${tx.now}::timestamptz) where id = ${id}::uuid and restored_at is null`.execute(
    tx.db,
  )
}

/** After people moved: their servers look at who is to be quiet, where somebody may have to be muted or restored. */
export async function askForMutes(tx: Tx, moved: readonly Seen[]): Promise<void> {
  if (moved.length === 0) return
  const list = moved.map(({ workspace, person, sighting }) => ({ workspace, person, account: sighting.account }))
  const { rows: asked } = await sql<{ workspace: WorkspaceId }>`
    select distinct x.workspace from ${rows(list, 'x', { workspace: 'uuid', person: 'uuid', account: 'text' })}
    where exists (select from voice_mute m where m.workspace_id = x.workspace and m.account = x.account and m.restored_at is null)
      or exists (select from presence_interval i join room r on r.id = i.room_id
        where i.user_id = x.person and i.ended_at is null and i.workspace_id = x.workspace and r.mute_in_focus)`.execute(tx.db)
  await look(tx, asked)
}

/** After nobody could look: every server in which somebody is still muted by us. */
export async function askForMutesIn(tx: Tx, scope: Scope): Promise<void> {
  const { rows: asked } = await sql<{ workspace: WorkspaceId }>`
    select distinct m.workspace_id as workspace from voice_mute m join workspace w on w.id = m.workspace_id
    where m.restored_at is null and ${scopeOf(scope)}`.execute(tx.db)
  await look(tx, asked)
}

const look = (tx: Tx, asked: readonly { readonly workspace: WorkspaceId }[]): Promise<void> =>
  tx.queue.insert(tx.db, jobsOf(asked.map(({ workspace }) => ({ platform: 'discord', delivery: { kind: 'mute', workspace } }))))
