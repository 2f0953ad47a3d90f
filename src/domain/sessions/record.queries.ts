import { after, days } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isUuid, type PersonId, type SessionId } from '../../kernel/ids.ts'
import { dayBounds } from '../people/calendar.queries.ts'
import { creditsOn, newestCredits } from './why.queries.ts'
import type { Credit } from './why.ts'

/** How far back records are offered to be chosen. */
const offeredDays = 60

/** What is written down of an own day: focus and told breaks, in order; what was corrected to nothing is gone from it. */
export async function recordsOn(ctx: Ctx, person: PersonId, day: string): Promise<readonly Credit[]> {
  const records = await creditsOn(ctx, person, await dayBounds(ctx, person, day))
  return records.filter(({ seconds }) => seconds > 0).toSorted((a, b) => a.from.getTime() - b.from.getTime())
}

/** The newest records, the last one first. */
export async function newestRecords(ctx: Ctx, person: PersonId, limit: number): Promise<readonly Credit[]> {
  const records = await newestCredits(ctx, person, after(ctx.now, -days(offeredDays)), limit)
  return records.filter(({ seconds }) => seconds > 0)
}

/** Whose record it is, where it was made, and the manual session behind it; null where there is none. */
export async function recordCalled(ctx: Ctx, id: string) {
  if (!isUuid(id)) return null
  const found = await ctx.db
    .selectFrom('session_history as h')
    .leftJoin('room as r', 'r.id', 'h.room_id')
    .leftJoin('solo_session as o', 'o.id', 'h.solo_id')
    .select([
      'h.id',
      'h.user_id',
      'h.manual_id',
      'h.seconds',
      'h.source',
      'h.started_at',
      'h.completed_at',
      'h.room_name',
      'h.aim',
      'h.subject',
      'h.session_type',
    ])
    .select((e) => e.fn.coalesce('h.workspace_id', 'r.workspace_id', 'o.workspace_id').as('workspace_id'))
    .where('h.id', '=', id as SessionId)
    .executeTakeFirst()
  return found ?? null
}

export type RecordFound = NonNullable<Awaited<ReturnType<typeof recordCalled>>>
