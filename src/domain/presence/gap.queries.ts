import { sql } from 'kysely'
import type { Ctx, Platform } from '../../kernel/context.ts'
import type { GapId, OutageId, RoomId } from '../../kernel/ids.ts'

export type Gap = { readonly platform: Platform; readonly from: Date; readonly to: Date; readonly room: string }

/** A gap that waits for an answer; null where it was answered. */
export async function openGap(ctx: Ctx, gap: GapId): Promise<Gap | null> {
  const { rows } = await sql<Gap>`
    select o.platform, lower(g.missed) as "from", upper(g.missed) as "to", r.room_name as room
    from outage_gap g join outage o on o.id = g.outage_id join room r on r.id = g.room_id
    where g.id = ${gap}::uuid and g.answered_at is null`.execute(ctx.db)
  return rows[0] ?? null
}

/** How many people of a room still wait for an answer about an outage, and how long it was for the longest, in seconds. */
export async function openGaps(ctx: Ctx, outage: OutageId, room: RoomId): Promise<{ readonly count: number; readonly seconds: number }> {
  const { rows } = await sql<{ count: number; seconds: number }>`
    select count(*)::int as count, coalesce(max(extract(epoch from upper(missed) - lower(missed))), 0)::int as seconds
    from outage_gap where outage_id = ${outage}::uuid and room_id = ${room}::uuid and answered_at is null`.execute(ctx.db)
  return rows[0] ?? { count: 0, seconds: 0 }
}
