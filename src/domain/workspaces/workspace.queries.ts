import { sql } from 'kysely'
import type { Role } from '../../db/schema.ts'
import { after } from '../../kernel/clock.ts'
import type { Ctx, Platform } from '../../kernel/context.ts'
import type { WorkspaceId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { actingPerson } from '../people/person.queries.ts'
import { isAtLeast, roleTrustMinutes } from './workspace.ts'

/** The role in a row of `workspace_member` as `m`, of the workspace `w`, as far as it is believed: what was told long ago makes a member. */
export const trustedRole = (now: Date) =>
  sql<Role>`case when w.platform = 'web' or m.role_seen_at > ${now}::timestamptz - make_interval(mins => ${roleTrustMinutes})
    then m.role when m.role = 'guest' then 'guest' else 'member' end`

/** Whether the acting person's role in the workspace where they act is this one or a higher one; a stranger there has none. */
export async function isHereAtLeast(ctx: Ctx, wanted: Role): Promise<boolean> {
  return ctx.actor !== 'clock' && (await isAtLeastIn(ctx, ctx.actor.workspace, wanted))
}

/** The same in any workspace: what happened in one may be decided in a direct message, which belongs to none. */
export async function isAtLeastIn(ctx: Ctx, workspace: WorkspaceId, wanted: Role): Promise<boolean> {
  if (ctx.actor === 'clock') return false
  const member = await ctx.db
    .selectFrom('workspace_member as m')
    .innerJoin('workspace as w', 'w.id', 'm.workspace_id')
    .select(trustedRole(ctx.now).as('role'))
    .where('m.user_id', '=', ctx.actor.person)
    .where('m.workspace_id', '=', workspace)
    .executeTakeFirst()
  return member !== undefined && isAtLeast(member.role, wanted)
}

/**
 * The acting person moderates this workspace, wherever they say so.
 * @throws Refusal `forbidden`, also where their role was told too long ago to be believed
 */
export async function assertModerator(ctx: Ctx, workspace: WorkspaceId): Promise<void> {
  if (await isAtLeastIn(ctx, workspace, 'moderator')) return
  const known = await ctx.db
    .selectFrom('workspace_member as m')
    .innerJoin('workspace as w', 'w.id', 'm.workspace_id')
    .select(['m.role', 'w.name'])
    .where('m.user_id', '=', actingPerson(ctx))
    .where('m.workspace_id', '=', workspace)
    .executeTakeFirst()
  if (known === undefined || !isAtLeast(known.role, 'moderator')) throw new Refusal('forbidden', 'correction.only-moderators')
  throw new Refusal('forbidden', 'correction.not-seen', { place: known.name, command: { command: 'help' } })
}

/** Where an account moderates by what was told longer ago than `milliseconds`, by the ids of its platform. */
export const moderationToLookAt = (ctx: Ctx, platform: Exclude<Platform, 'web'>, externalId: string, milliseconds: number) =>
  ctx.db
    .selectFrom('identity as i')
    .innerJoin('workspace_member as m', 'm.user_id', 'i.user_id')
    .innerJoin('workspace as w', 'w.id', 'm.workspace_id')
    .select(['w.id as workspace', 'w.external_id as externalId', 'i.user_id as person'])
    .where('i.platform', '=', platform)
    .where('i.external_id', '=', externalId)
    .where('w.platform', '=', platform)
    .where('w.uninstalled_at', 'is', null)
    .where('m.role', 'in', ['moderator', 'admin'])
    .where('m.role_seen_at', '<', after(ctx.now, -milliseconds))
    .execute()
