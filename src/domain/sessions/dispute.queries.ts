import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import type { PersonId } from '../../kernel/ids.ts'

/** So many are told at once, so that a large server is not called together for one record. */
const mostAsked = 5

/** The moderators of the workspace where the acting person acts, those seen last first; never themselves. */
export async function moderatorsToAsk(ctx: Ctx): Promise<readonly PersonId[]> {
  if (ctx.actor === 'clock') return []
  const rows = await ctx.db
    .selectFrom('workspace_member')
    .select('user_id')
    .where('workspace_id', '=', ctx.actor.workspace)
    .where('role', 'in', ['moderator', 'admin'])
    .where('user_id', '<>', ctx.actor.person)
    .orderBy('role_seen_at', 'desc')
    .limit(mostAsked)
    .execute()
  return rows.map(({ user_id }) => user_id)
}

/** Whether the acting person has shown this day here within the last day: asking twice calls nobody twice. */
export async function shownBefore(ctx: Ctx, day: string): Promise<boolean> {
  if (ctx.actor === 'clock') return false
  const { rows } = await sql<{ shown: boolean }>`
    select exists (select from event where user_id = ${ctx.actor.person}::uuid and type = 'day.shown' and data ->> 'day' = ${day}
      and data ->> 'workspace' = ${ctx.actor.workspace} and created_at > ${ctx.now}::timestamptz - interval '1 day') as shown`.execute(
    ctx.db,
  )
  return rows[0]?.shown ?? false
}
