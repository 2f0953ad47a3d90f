import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import type { PersonId, RoomId, WorkspaceId } from '../../kernel/ids.ts'

/** Nobody is in the room `r`, and its timer rests. */
const rests: RawBuilder<boolean> = sql`(r.empty_since is not null and not exists (
  select from timer t where t.room_id = r.id and t.status <> 'idle'))`

/** An earlier reservation opened the room `r`, and nobody needs it any more. */
const isLeftBehind: RawBuilder<boolean> = sql`(${rests} and exists (
  select from reservation_occurrence o where o.room_id = r.id and o.opened_room))`

/** Rooms that earlier reservations of the host left behind: they would count among the rooms that one person may own. */
export async function roomsLeftBehind(ctx: Ctx, host: PersonId, workspace: WorkspaceId): Promise<readonly RoomId[]> {
  const { rows } = await sql<{ id: RoomId }>`
    select r.id from room r where r.host_id = ${host}::uuid and r.workspace_id = ${workspace}::uuid and r.is_active and ${isLeftBehind}
    order by r.id`.execute(ctx.db)
  return rows.map(({ id }) => id)
}

/** `rests`: nobody is in it and its timer does not run. `voice`: its voice channel there. `max`: how many rooms one person may have there. */
export type OwnRoom = {
  readonly id: RoomId
  readonly name: string
  readonly isPrivate: boolean
  readonly rests: boolean
  readonly voice: string | null
  readonly max: number
}

/**
 * The room in which a reservation takes place whose host has as many rooms as one person may: one that others may enter, best one that
 * lives in the channel of the reservation. Null where a room of its own can open.
 */
export async function ownRoomInstead(ctx: Ctx, host: PersonId, workspace: WorkspaceId, channel: string | null): Promise<OwnRoom | null> {
  const { rows } = await sql<OwnRoom>`
    select r.id, r.room_name as name, r.is_private as "isPrivate", ${rests} as rests, w.rooms_per_host as max,
      b.voice_channel as voice
    from (select *, count(*) over () as owned from room r
      where r.host_id = ${host}::uuid and r.workspace_id = ${workspace}::uuid and r.is_active and not ${isLeftBehind}) r
    join workspace w on w.id = r.workspace_id left join room_binding b on b.room_id = r.id and b.workspace_id = w.id
    where r.owned >= w.rooms_per_host
    order by r.is_private, (b.channel = ${channel}::text) is true desc, rests desc, r.created_at limit 1`.execute(ctx.db)
  return rows[0] ?? null
}
