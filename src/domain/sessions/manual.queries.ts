import { sql } from 'kysely'
import type { SessionSource } from '../../db/schema.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { PersonId, SessionId } from '../../kernel/ids.ts'
import { earning } from './earned.queries.ts'
import type { Manual } from './manual.ts'

/** What is written of the person in this time already, or runs in it: the earliest. `source` is null for what is not credited yet. */
export type Clash = { readonly from: Date; readonly to: Date | null; readonly source: SessionSource | null; readonly name: string | null }

/** The records, and the running focus, of a person that overlap a stretch; `except` is the manual session that is being changed. */
export async function clashWith(ctx: Ctx, person: PersonId, from: Date, to: Date, except: string | null): Promise<Clash | null> {
  const { rows } = await sql<Clash>`
    select h.started_at as "from", h.completed_at as "to", h.source, coalesce(h.room_name, h.aim) as name
    from session_history h
    where h.user_id = ${person}::uuid and h.completed_at > ${from}::timestamptz and h.started_at < ${to}::timestamptz
      and h.earned && tstzrange(${from}::timestamptz, ${to}::timestamptz) and (${except}::uuid is null or h.manual_id is distinct from ${except}::uuid)
    union all
    select e."from", e."to", null, e.name from (${earning(sql`${person}::uuid`, sql`${from}::timestamptz`, sql`${to}::timestamptz`)}) e
    order by 1 limit 1`.execute(ctx.db)
  return rows[0] ?? null
}

/** The records of a manual session. */
export async function sessionsOf(ctx: Ctx, manual: string): Promise<readonly SessionId[]> {
  const rows = await ctx.db.selectFrom('session_history').select('id').where('manual_id', '=', manual).execute()
  return rows.map(({ id }) => id)
}

/** A manual session of this person; null where there is none. */
export async function manualOf(ctx: Ctx, person: PersonId, id: string): Promise<Manual | null> {
  const found = await ctx.db.selectFrom('manual_sessions').selectAll().where('id', '=', id).where('user_id', '=', person).executeTakeFirst()
  return found ?? null
}
