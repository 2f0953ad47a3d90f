import { type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { ownDay } from '../people/calendar.queries.ts'
import { actingPerson } from '../people/person.queries.ts'
import { canSeeStats } from '../people/visibility.ts'
import { seesOthers } from '../workspaces/settings.queries.ts'
import { spanOf } from './period.ts'
import { totalOf } from './stats.queries.ts'

/** What others see of a person by default: the total of the week, in that person's own days. */
export type OthersStats = { readonly person: PersonId; readonly weekSeconds: number }

/** Whether the acting person may see what somebody focused and achieved. */
export async function maySeeStats(ctx: Ctx, person: PersonId): Promise<boolean> {
  const viewer = { person: actingPerson(ctx), isFriend: false, maySeeOthers: await mayLookHere(ctx, person) }
  const { visibility, first_used_at: usedAt } = await ctx.db
    .selectFrom('user_settings as s')
    .innerJoin('user as u', 'u.id', 's.user_id')
    .select(['s.visibility', 'u.first_used_at'])
    .where('s.user_id', '=', person)
    .executeTakeFirstOrThrow()
  return canSeeStats(viewer, { person, visibility, hasUsed: usedAt !== null })
}

/** Null where the acting person may not see it, whatever the reason: it looks like somebody who shows nothing. */
export async function othersStats(ctx: Ctx, person: PersonId): Promise<OthersStats | null> {
  if (!(await maySeeStats(ctx, person))) return null
  const today = await ownDay(ctx, person)
  return { person, weekSeconds: (await totalOf(ctx, person, spanOf('week', today))).seconds }
}

/** Whether the workspace shows nobody's stats to anybody else. */
export const isOffHere = async ({ actor, ...ctx }: Ctx): Promise<boolean> =>
  actor !== 'clock' && !(await seesOthers({ ...ctx, actor }, actor.workspace))

/** The workspace lets its people see each other, and the person belongs to it or sits in the same room. */
async function mayLookHere(ctx: Ctx, person: PersonId): Promise<boolean> {
  if (ctx.actor === 'clock') return false
  const { person: me, workspace } = ctx.actor
  if (!(await seesOthers(ctx, workspace))) return false
  const { rows } = await sql<{ shared: SqlBool }>`
    select exists (select from workspace_member m where m.user_id = ${person}::uuid and m.workspace_id = ${workspace}::uuid)
      or exists (select from participant theirs join participant mine on mine.room_id = theirs.room_id and mine.left_at is null
        where theirs.user_id = ${person}::uuid and theirs.left_at is null and mine.user_id = ${me}::uuid) as shared`.execute(ctx.db)
  return rows[0]?.shared === true
}
