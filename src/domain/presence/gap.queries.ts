import { sql } from 'kysely'
import type { Ctx, Platform } from '../../kernel/context.ts'
import type { GapId, OutageId, RoomId } from '../../kernel/ids.ts'
import { actingPerson } from '../people/person.queries.ts'

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

/** What the acting person was asked last and has not answered, or null. */
export async function newestGap(ctx: Ctx): Promise<GapId | null> {
  const gap = await ctx.db
    .selectFrom('outage_gap')
    .select('id')
    .where('user_id', '=', actingPerson(ctx))
    .where('answered_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return gap?.id ?? null
}

/** The last outage about which somebody in a room still waits for an answer, or null. */
export async function newestOutage(ctx: Ctx, room: RoomId): Promise<OutageId | null> {
  const gap = await ctx.db
    .selectFrom('outage_gap')
    .select('outage_id')
    .where('room_id', '=', room)
    .where('answered_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return gap?.outage_id ?? null
}
