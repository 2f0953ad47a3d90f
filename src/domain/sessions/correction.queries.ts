import { sql } from 'kysely'
import type { SessionSource } from '../../db/schema.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import type { Text } from '../../locales/text.ts'
import { ownDay } from '../people/calendar.queries.ts'
import { shownName } from '../people/visibility.queries.ts'
import { called } from '../people/visibility.ts'
import { secondsIn } from './earned.queries.ts'

/** A correction as its person is told: what it was about, how much counted before and after, and the own day it lies in. */
export type Corrected = {
  readonly by: Text
  readonly reason: string | null
  readonly from: Date
  readonly to: Date
  readonly place: string | null
  readonly source: SessionSource
  readonly before: number
  readonly after: number
  readonly day: string
}

/** Null where the correction, or its session, is gone. */
export async function correctionOf(ctx: Ctx, id: string): Promise<Corrected | null> {
  const { rows } = await sql<Omit<Corrected, 'day' | 'by'> & { person: PersonId; name: string | null; isGone: boolean }>`
    select ${shownName('u')} as name, c.corrected_by is null as "isGone", c.reason, coalesce(lower(c.earned_before), h.started_at) as "from", coalesce(upper(c.earned_before), h.completed_at) as "to",
      coalesce(h.room_name, h.aim) as place, h.source, ${secondsIn(sql`c.earned_before`)} as before, ${secondsIn(sql`c.earned_after`)} as after,
      h.user_id as person
    from session_correction c join session_history h on h.id = c.session_id left join "user" u on u.id = c.corrected_by
    where c.id = ${id}::uuid`.execute(ctx.db)
  const [row] = rows
  if (row === undefined) return null
  const { name, isGone, ...rest } = row
  return { ...rest, by: isGone ? { key: 'commands.person.gone' } : called(name), day: await ownDay(ctx, row.person, row.from) }
}
