import type { Ctx } from '../../kernel/context.ts'
import type { SessionId } from '../../kernel/ids.ts'

/** The most seconds that one of these sessions counts, and 0 for none. */
export async function longestOf(ctx: Ctx, sessions: readonly SessionId[]): Promise<number> {
  if (sessions.length === 0) return 0
  const row = await ctx.db
    .selectFrom('session_history')
    .select((e) => e.fn.max('seconds').as('seconds'))
    .where('id', 'in', sessions)
    .executeTakeFirst()
  return row?.seconds ?? 0
}
