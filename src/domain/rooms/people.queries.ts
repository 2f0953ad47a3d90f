import type { Ctx } from '../../kernel/context.ts'
import type { RoomId } from '../../kernel/ids.ts'
import { isShown } from '../people/visibility.queries.ts'

/** Names of those present in the rooms who may be named to everyone, longest there first; `limit` at most. The rooms must be ones that whoever looks may see. */
export async function peopleInRooms(ctx: Ctx, rooms: readonly RoomId[], limit: number): Promise<readonly string[]> {
  if (rooms.length === 0) return []
  const people = await ctx.db
    .selectFrom('participant as p')
    .innerJoin('user', 'user.id', 'p.user_id')
    .select('user.display_name as name')
    .where('p.room_id', 'in', rooms)
    .where('p.left_at', 'is', null)
    .where(isShown('p.user_id'))
    .orderBy('p.joined_at')
    .limit(limit)
    .execute()
  return people.map(({ name }) => name)
}
