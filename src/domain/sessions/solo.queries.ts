import { sql } from 'kysely'
import { after, minutes } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { PersonId, SessionId, SoloId } from '../../kernel/ids.ts'
import { freshMinutes, type Solo } from './solo.ts'

/** The session that a person started by themselves and that runs, or is asked about; null where there is none. */
export async function openSolo(ctx: Ctx, person: PersonId): Promise<Solo | null> {
  const found = await ctx.db
    .selectFrom('solo_session')
    .selectAll()
    .where('user_id', '=', person)
    .where('kind', '=', 'self-run')
    .where('state', 'in', ['running', 'asking'])
    .executeTakeFirst()
  return found ?? null
}

/** The same of the acting person; null for the clock. */
export const mySolo = async (ctx: Ctx): Promise<Solo | null> => (ctx.actor === 'clock' ? null : openSolo(ctx, ctx.actor.person))

/** What a session that ended earned: no seconds where it was too short, was earned elsewhere, or waits for something earlier. */
export type SoloOutcome = {
  readonly solo: Solo
  readonly session: SessionId | null
  readonly seconds: number
}

/** Any solo session with what it earned so far; null where it is gone. */
export async function soloOutcome(ctx: Ctx, id: SoloId): Promise<SoloOutcome | null> {
  const solo = await ctx.db.selectFrom('solo_session').selectAll().where('id', '=', id).executeTakeFirst()
  if (solo === undefined) return null
  const session = await ctx.db.selectFrom('session_history').select(['id', 'seconds']).where('solo_id', '=', id).executeTakeFirst()
  return { solo, session: session?.id ?? null, seconds: session?.seconds ?? 0 }
}

/** The same of the acting person; null for what is somebody else's. */
export async function mySoloOutcome(ctx: Ctx, id: SoloId): Promise<SoloOutcome | null> {
  const outcome = await soloOutcome(ctx, id)
  return ctx.actor !== 'clock' && outcome?.solo.user_id === ctx.actor.person ? outcome : null
}

/**
 * The acting person's newest session by themselves, with what it earned: within an hour of its end or of its credit, and while they were in
 * no room since. Null otherwise.
 */
export async function mySoloJustOver(ctx: Ctx): Promise<SoloOutcome | null> {
  if (ctx.actor === 'clock') return null
  const { rows } = await sql<{ id: SoloId }>`
    select s.id from (
      select * from solo_session where user_id = ${ctx.actor.person}::uuid and kind = 'self-run' order by started_at desc limit 1) s
    where s.state in ('ended', 'lapsed') and greatest(s.ended_at, s.credited_at) > ${after(ctx.now, -minutes(freshMinutes))}
      and not exists (select 1 from presence_interval i
        where i.user_id = s.user_id and i.room_id is not null and coalesce(i.ended_at, 'infinity') > s.ended_at)`.execute(ctx.db)
  const [newest] = rows
  return newest === undefined ? null : soloOutcome(ctx, newest.id)
}
