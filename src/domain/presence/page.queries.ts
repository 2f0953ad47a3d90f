import type { Ctx } from '../../kernel/context.ts'
import type { PersonId, RoomId } from '../../kernel/ids.ts'

/** Everybody whose time hangs on an open page. */
export async function seatsOnPages(ctx: Ctx): Promise<readonly { readonly person: PersonId; readonly room: RoomId }[]> {
  const rows = await ctx.db
    .selectFrom('presence_interval')
    .select(['user_id as person', 'room_id as room'])
    .where('ended_at', 'is', null)
    .where('away_since', 'is', null)
    .where('evidence', '=', 'web')
    .execute()
  return rows.flatMap(({ person, room }) => (room === null ? [] : [{ person, room }]))
}
