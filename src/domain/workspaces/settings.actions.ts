import { sql } from 'kysely'
import { emit } from '../../events/emit.ts'
import { after, days } from '../../kernel/clock.ts'
import type { Ctx, Tx } from '../../kernel/context.ts'
import type { PersonId, WorkspaceId } from '../../kernel/ids.ts'
import type { Portion } from '../../kernel/portion.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { knownZone } from '../people/calendar.queries.ts'
import { rebuildWorkspaces } from '../sessions/ledger.actions.ts'
import { settingsHere } from './settings.queries.ts'
import { trialDays, type WorkspaceSettings } from './settings.ts'
import { isHereAtLeast } from './workspace.queries.ts'

type Decided =
  | 'locale'
  | 'timezone'
  | 'announcement_channel'
  | 'room_creators'
  | 'creator_roles'
  | 'room_channels'
  | 'rooms_per_host'
  | 'default_work_minutes'
  | 'default_break_minutes'
  | 'default_control'
  | 'others_stats'
  | 'voice_time'
  | 'voice_allow'
  | 'voice_deny'
  | 'scheduled_events'

/** `trial`: begins a week in which only time is recorded, or ends it. */
export type WorkspaceChange = Partial<Pick<WorkspaceSettings, Decided>> & { readonly trial?: boolean }

/** @throws Refusal `forbidden` for all but admins of the workspace where it is asked */
export async function assertAdmin(ctx: Ctx): Promise<void> {
  if (!(await isHereAtLeast(ctx, 'admin'))) throw new Refusal('forbidden', 'setup.only-admins')
}

/**
 * Changes the workspace where the admin acts, and remembers them: they are told of standing faults. Another zone moves the borders of
 * its days, so these are counted again.
 * @throws Refusal `forbidden` for others, `invalid` for a zone that is none and for roles without one
 */
export async function changeWorkspace(tx: Tx, { trial, ...change }: WorkspaceChange): Promise<void> {
  if (tx.actor === 'clock') throw new Error('only a person sets a workspace up')
  const { person, workspace } = tx.actor
  await assertAdmin(tx)
  await sql`select from workspace where id = ${workspace}::uuid for update`.execute(tx.db)
  const before = await settingsHere(tx)
  const zone = typeof change.timezone === 'string' ? await knownZone(tx, change.timezone) : undefined
  if (zone === null) throw new Refusal('invalid', 'settings.timezone.unknown', { zone: change.timezone ?? '' })
  const decided = zone === undefined ? change : { ...change, timezone: zone }
  const wanted = { ...before, ...decided }
  if (wanted.room_creators === 'roles' && wanted.creator_roles.length === 0) throw new Refusal('invalid', 'setup.roles.none')
  const isTrying = before.trial_until !== null && before.trial_until > tx.now
  const week = trial === undefined || trial === isTrying ? {} : { trial_until: trial ? after(tx.now, days(trialDays)) : null }
  await tx.db
    .updateTable('workspace')
    .set({ ...decided, ...week, set_up_by: person, set_up_at: tx.now })
    .where('id', '=', workspace)
    .execute()
  if (wanted.timezone !== before.timezone) await rebuildWorkspaces(tx, [workspace])
  await emit(tx, { type: 'workspace.changed', room: null, by: person, workspace })
}

/** Ends the trials whose week is over, and says so to whoever began them; how many. */
export async function endTrials(tx: Tx, { skip, most }: Portion): Promise<number> {
  const { rows } = await sql<{ id: WorkspaceId; set_up_by: PersonId | null }>`
    update workspace set trial_until = null
    where id in (select id from workspace where trial_until <= ${tx.now} order by trial_until limit ${Math.min(100, most)} offset ${skip} for update skip locked)
    returning id, set_up_by`.execute(tx.db)
  const told = rows.flatMap(({ id, set_up_by: person }) =>
    person === null ? [] : [{ type: 'trial.ended', room: null, by: null, person, workspace: id } as const],
  )
  await emit(tx, ...told)
  return rows.length
}
