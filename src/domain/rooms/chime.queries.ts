import { sql } from 'kysely'
import type { ChimeSound } from '../../db/schema.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { BindingId, RoomId, WorkspaceId } from '../../kernel/ids.ts'

export type ChimePlace = { readonly binding: BindingId; readonly room: RoomId; readonly workspace: WorkspaceId }

/** Voice channels of these rooms where chimes are wanted and somebody sits; none in a workspace that is on trial. */
export async function chimePlaces(ctx: Ctx, rooms: readonly RoomId[]): Promise<readonly ChimePlace[]> {
  const { rows } = await sql<ChimePlace>`
    select b.id as binding, b.room_id as room, b.workspace_id as workspace
    from room_binding b join room r on r.id = b.room_id join workspace w on w.id = b.workspace_id
    where b.room_id = any(${rooms as RoomId[]}::uuid[]) and b.platform = 'discord' and b.voice_channel is not null
      and r.is_active and r.chime and r.chime_volume > 0
      and w.uninstalled_at is null and (w.trial_until is null or w.trial_until <= ${ctx.now}::timestamptz)
      and exists (select from presence_interval p
        where p.room_id = b.room_id and coalesce(p.ended_at, 'infinity') = 'infinity'
          and p.workspace_id = b.workspace_id and p.evidence = 'voice')`.execute(ctx.db)
  return rows
}

/** `guild` is Discord's id of the server, `volume` percent. */
export type RoomChime = {
  readonly room: RoomId
  readonly guild: string
  readonly channel: string
  readonly sound: ChimeSound
  readonly volume: number
}

/** How and where the room sounds now; null where it doesn't any more. */
export async function roomChime(ctx: Ctx, binding: BindingId): Promise<RoomChime | null> {
  const { rows } = await sql<RoomChime>`
    select r.id as room, w.external_id as guild, b.voice_channel as channel, r.chime_sound as sound, r.chime_volume as volume
    from room_binding b join room r on r.id = b.room_id join workspace w on w.id = b.workspace_id
    where b.id = ${binding}::uuid and b.voice_channel is not null and r.is_active and r.chime and r.chime_volume > 0
      and w.uninstalled_at is null`.execute(ctx.db)
  return rows[0] ?? null
}
