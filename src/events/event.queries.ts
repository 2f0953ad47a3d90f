import type { Ctx } from '../kernel/context.ts'
import type { Told } from './event.ts'

/** What happened, or null where it is gone with its room. */
export async function eventOf(ctx: Ctx, id: string): Promise<Told | null> {
  const row = await ctx.db.selectFrom('event').select('data').where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : (row.data as Told)
}
