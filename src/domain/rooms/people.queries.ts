import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import type { RoomId } from '../../kernel/ids.ts'
import { isShown, shownName } from '../people/visibility.queries.ts'
import type { Person, RoomView, Someone } from './room.queries.ts'

/** More people than this fit into no list of a chat. */
const mostListed = 25

/** Whom a host may act on in their room: those present who may be named, without the host and without whoever asks, longest there first. */
export const othersPresent = (ctx: Ctx, { room, standing }: RoomView): Promise<readonly Person[]> =>
  ctx.db
    .selectFrom('participant as p')
    .innerJoin('user', 'user.id', 'p.user_id')
    .select(['user.id', 'user.display_name as name'])
    .where('p.room_id', '=', room.id)
    .where('p.left_at', 'is', null)
    .where('p.user_id', '<>', standing.person)
    .where(sql<boolean>`p.user_id is distinct from ${room.host_id}::uuid`)
    .where(isShown('p.user_id'))
    .orderBy('p.joined_at')
    .limit(mostListed)
    .execute()

/** Who may not come back into a room, the last banned first; also those who may not be named, since they can be let in again. */
export const bannedFrom = (ctx: Ctx, room: RoomId): Promise<readonly Someone[]> =>
  ctx.db
    .selectFrom('room_ban as b')
    .innerJoin('user', 'user.id', 'b.user_id')
    .select(['user.id', shownName('user').as('name')])
    .where('b.room_id', '=', room)
    .orderBy('b.created_at', 'desc')
    .limit(mostListed)
    .execute()

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
