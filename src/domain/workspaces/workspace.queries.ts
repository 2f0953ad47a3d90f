import { sql } from 'kysely'
import type { Role } from '../../db/schema.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isAtLeast, roleTrustMinutes } from './workspace.ts'

/** The role in a row of `workspace_member` as `m`, of the workspace `w`, as far as it is believed: what was told long ago makes a member. */
export const trustedRole = (now: Date) =>
  sql<Role>`case when w.platform = 'web' or m.role_seen_at > ${now}::timestamptz - make_interval(mins => ${roleTrustMinutes})
    then m.role when m.role = 'guest' then 'guest' else 'member' end`

/** Whether the acting person's role in the workspace where they act is this one or a higher one; a stranger there has none. */
export async function isHereAtLeast(ctx: Ctx, wanted: Role): Promise<boolean> {
  if (ctx.actor === 'clock') return false
  const member = await ctx.db
    .selectFrom('workspace_member as m')
    .innerJoin('workspace as w', 'w.id', 'm.workspace_id')
    .select(trustedRole(ctx.now).as('role'))
    .where('m.user_id', '=', ctx.actor.person)
    .where('m.workspace_id', '=', ctx.actor.workspace)
    .executeTakeFirst()
  return member !== undefined && isAtLeast(member.role, wanted)
}
