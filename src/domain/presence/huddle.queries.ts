import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import type { PersonId, WorkspaceId } from '../../kernel/ids.ts'

/** In which Slack workspace the person is in a huddle, as far as Slack told; null: in none. Which huddle it is nobody knows. */
export async function huddleOf(ctx: Ctx, person: PersonId): Promise<WorkspaceId | null> {
  const row = await ctx.db
    .selectFrom('identity as i')
    .innerJoin('workspace as w', (join) =>
      join.on('w.platform', '=', 'slack').on('w.external_id', '=', sql<string>`split_part(i.external_id, ':', 1)`),
    )
    .select('w.id')
    .where('i.user_id', '=', person)
    .where('i.huddle_since', 'is not', null)
    .where('w.uninstalled_at', 'is', null)
    .orderBy('i.huddle_since')
    .executeTakeFirst()
  return row?.id ?? null
}

/** Slack accounts that we believe to be in a huddle, of people who sit in a room: their time hangs on it. */
export async function huddlesThatCount(ctx: Ctx): Promise<readonly string[]> {
  const rows = await ctx.db
    .selectFrom('identity as i')
    .innerJoin('participant as p', (join) => join.onRef('p.user_id', '=', 'i.user_id').on('p.left_at', 'is', null))
    .select('i.external_id')
    .distinct()
    .where('i.platform', '=', 'slack')
    .where('i.huddle_since', 'is not', null)
    .execute()
  return rows.map(({ external_id }) => external_id)
}
