import { sql } from 'kysely'
import type { SessionSource } from '../../db/schema.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import type { Manual } from './manual.ts'

/** What is written of the person in this time already, or runs in it: the earliest. `source` is null for what is not credited yet. */
export type Clash = { readonly from: Date; readonly to: Date | null; readonly source: SessionSource | null; readonly name: string | null }

/** The records, and the running focus, of a person that overlap a stretch; `except` is the manual session that is being changed. */
export async function clashWith(ctx: Ctx, person: PersonId, from: Date, to: Date, except: string | null): Promise<Clash | null> {
  const { rows } = await sql<Clash>`
    select h.started_at as "from", h.completed_at as "to", h.source, coalesce(h.room_name, h.aim) as name
    from session_history h
    where h.user_id = ${person}::uuid and h.completed_at > ${from}::timestamptz and h.started_at < ${to}::timestamptz
      and h.earned && tstzrange(${from}::timestamptz, ${to}::timestamptz) and h.manual_id is distinct from ${except}::uuid
    union all
    select greatest(i.started_at, s.started_at), least(i.ended_at, s.ended_at), null, r.room_name
    from presence_interval i
    join phase p on p.room_id = i.room_id and p.type = 'work' and p.credited_at is null
    join phase_span s on s.phase_id = p.id
    join room r on r.id = i.room_id
    where i.user_id = ${person}::uuid and i.started_at < ${to}::timestamptz and coalesce(i.ended_at, 'infinity') > ${from}::timestamptz
      and s.started_at < ${to}::timestamptz and coalesce(s.ended_at, 'infinity') > ${from}::timestamptz
      and greatest(i.started_at, s.started_at) < least(i.ended_at, s.ended_at, 'infinity')
    union all
    select i.started_at, i.ended_at, null, coalesce(o.channel_name, o.aim)
    from presence_interval i join solo_session o on o.id = i.solo_id and o.kind <> 'afk' and o.state in ('running', 'asking')
    where i.user_id = ${person}::uuid and i.started_at < ${to}::timestamptz and coalesce(i.ended_at, 'infinity') > ${from}::timestamptz
    order by 1 limit 1`.execute(ctx.db)
  return rows[0] ?? null
}

/** A manual session of this person; null where there is none. */
export async function manualOf(ctx: Ctx, person: PersonId, id: string): Promise<Manual | null> {
  const found = await ctx.db.selectFrom('manual_sessions').selectAll().where('id', '=', id).where('user_id', '=', person).executeTakeFirst()
  return found ?? null
}
