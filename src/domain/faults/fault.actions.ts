import { sql } from 'kysely'
import type { FaultKind } from '../../db/schema.ts'
import { emit } from '../../events/emit.ts'
import { after, days, minutes } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/context.ts'
import type { BindingId, FaultId, PersonId, WorkspaceId } from '../../kernel/ids.ts'
import type { Portion } from '../../kernel/portion.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { roleTrustMinutes } from '../workspaces/workspace.ts'
import { askedAgainMinutes, keptDays, toldAfterMinutes } from './fault.ts'

export type Deed = 'panel' | 'line'

/** A send into the channel of this binding failed, and nothing of ours can mend it: the fault stands from the first time. A closed room needs no channel. */
export async function noteFault(tx: Tx, binding: BindingId, deed: Deed, kind: FaultKind): Promise<void> {
  await sql`
    insert into standing_fault (workspace_id, kind, deed, channel, since, seen_at)
    select b.workspace_id, ${kind}, ${deed}, coalesce(b.panel_channel, b.channel, b.voice_channel), ${tx.now}::timestamptz, ${tx.now}::timestamptz
    from room_binding b join room r on r.id = b.room_id
    where b.id = ${binding}::uuid and r.is_active and coalesce(b.panel_channel, b.channel, b.voice_channel) is not null
    on conflict (workspace_id, channel, deed) where resolved_at is null
    do update set seen_at = greatest(standing_fault.seen_at, excluded.seen_at), kind = excluded.kind`.execute(tx.db)
}

/** A send of this kind into the channel of the binding works again. */
export async function resolveFault(tx: Tx, binding: BindingId, deed: Deed): Promise<void> {
  await sql`
    update standing_fault f set resolved_at = greatest(f.since, ${tx.now}::timestamptz) from room_binding b
    where b.id = ${binding}::uuid and f.workspace_id = b.workspace_id and f.channel = coalesce(b.panel_channel, b.channel, b.voice_channel)
      and f.deed = ${deed} and f.resolved_at is null`.execute(tx.db)
}

/**
 * Tells whoever ran setup of faults that stood for 15 minutes, each once. A channel where no room lives any more has no fault. How many
 * were looked at.
 */
export async function tellFaults(tx: Tx, { skip, most }: Portion): Promise<number> {
  const due = await sql<{ id: FaultId; workspace: WorkspaceId; lives: boolean; person: PersonId | null }>`
    select f.id, f.workspace_id as workspace, w.set_up_by as person,
      exists (select from room_binding b join room r on r.id = b.room_id
        where b.workspace_id = f.workspace_id and r.is_active and coalesce(b.panel_channel, b.channel, b.voice_channel) = f.channel) as lives
    from standing_fault f join workspace w on w.id = f.workspace_id
    where f.told_at is null and f.resolved_at is null and f.since <= ${after(tx.now, -minutes(toldAfterMinutes))}
    order by f.since limit ${Math.min(100, most)} offset ${skip} for update of f skip locked`.execute(tx.db)
  for (const { id, lives } of due.rows) {
    const change = lives ? { told_at: tx.now } : { told_at: tx.now, resolved_at: tx.now }
    await tx.db.updateTable('standing_fault').set(change).where('id', '=', id).execute()
  }
  await emit(
    tx,
    ...due.rows.flatMap(({ id, lives, person }) =>
      lives && person !== null ? [{ type: 'fault.stands', room: null, by: null, person, fault: id } as const] : [],
    ),
  )
  return due.rows.length
}

/**
 * A member asks why the bot is silent in the channel: one moderator is told, whoever ran setup if anybody did.
 * @throws Refusal `conflict` within an hour of the last time, `missing` where no moderator is known
 */
export async function askModerator(tx: Tx): Promise<void> {
  if (tx.actor === 'clock' || tx.place === null) throw new Refusal('missing', 'diagnosis.no-channel')
  const { person: by, workspace } = tx.actor
  const { channel } = tx.place
  const { rows } = await sql<{ person: PersonId }>`
    select m.user_id as person from workspace_member m join workspace w on w.id = m.workspace_id
    where m.workspace_id = ${workspace}::uuid and m.role in ('moderator', 'admin')
    order by m.user_id is not distinct from w.set_up_by desc, m.role = 'admin' desc,
      m.role_seen_at > ${after(tx.now, -minutes(roleTrustMinutes))} desc, m.role_seen_at desc limit 1`.execute(tx.db)
  const [found] = rows
  if (found === undefined) throw new Refusal('missing', 'diagnosis.no-moderator', { command: { command: 'diagnose' } })
  const row = { asked_by: by, asked_at: tx.now }
  const asked = await tx.db
    .insertInto('help_request')
    .values({ workspace_id: workspace, channel, ...row })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'channel'])
        .doUpdateSet(row)
        .where('help_request.asked_at', '<=', after(tx.now, -minutes(askedAgainMinutes))),
    )
    .returning('channel')
    .executeTakeFirst()
  if (asked === undefined) throw new Refusal('conflict', 'diagnosis.asked')
  await emit(tx, { type: 'help.asked', room: null, by, person: found.person, workspace, channel })
}

/** Forgets what was mended or asked long ago. */
export async function sweepFaults(tx: Tx): Promise<void> {
  const old = after(tx.now, -days(keptDays))
  await tx.db.deleteFrom('standing_fault').where('resolved_at', '<', old).execute()
  await tx.db.deleteFrom('help_request').where('asked_at', '<', old).execute()
}
