import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { isUuid, type PersonId, type PhaseId, type PresenceId, type RoomId, type TodoId } from '../../kernel/ids.ts'
import { shortestSessionSeconds } from '../sessions/earned.queries.ts'
import type { Counted } from './debrief.ts'

/**
 * The focus phase of a room that a debrief is about: `asked` is that phase, or the break that came after it; without it the last one.
 * Null where there is none, or it still runs.
 */
export async function phaseAsked(ctx: Ctx, room: RoomId, asked: string | undefined): Promise<PhaseId | null> {
  if (asked !== undefined && !isUuid(asked)) return null
  const { rows } = await sql<{ id: PhaseId }>`
    select w.id from phase w
    where w.room_id = ${room}::uuid and w.type = 'work' and w.ended_at is not null and (${asked === undefined}
      or w.id = ${asked ?? null}::uuid
      or w.ended_at <= (select b.started_at from phase b where b.id = ${asked ?? null}::uuid and b.room_id = w.room_id and b.type <> 'work'))
    order by w.started_at desc limit 1`.execute(ctx.db)
  return rows[0]?.id ?? null
}

/** What a person has of a focus phase that is over. */
export async function countedOf(ctx: Ctx, phase: PhaseId, person: PersonId): Promise<Counted> {
  const { rows } = await sql<{ seconds: number | null; owed: boolean }>`
    select h.seconds, p.credited_at is null and (
      select coalesce(sum(extract(epoch from least(coalesce(i.ended_at, 'infinity'), s.ended_at) - greatest(i.started_at, s.started_at))), 0)
      from presence_interval i join phase_span s on s.phase_id = p.id and s.started_at < coalesce(i.ended_at, 'infinity') and s.ended_at > i.started_at
      where i.room_id = p.room_id and i.user_id = ${person}::uuid) >= ${shortestSessionSeconds} as owed
    from phase p left join session_history h on h.phase_id = p.id and h.user_id = ${person}::uuid
    where p.id = ${phase}::uuid`.execute(ctx.db)
  const [row] = rows
  if (row !== undefined && row.seconds !== null) return { seconds: row.seconds }
  return row?.owed === true ? 'undecided' : 'nothing'
}

type Seat = { readonly aim: string | null; readonly subject: string | null; readonly todo: TodoId | null }

/** What somebody means to do in the room they are in; undefined where they are not in it. */
export const seatOf = (ctx: Ctx, room: RoomId, person: PersonId): Promise<Seat | undefined> =>
  ctx.db
    .selectFrom('participant')
    .select(['aim', 'subject', 'todo_id as todo'])
    .where('room_id', '=', room)
    .where('user_id', '=', person)
    .where('left_at', 'is', null)
    .executeTakeFirst()

/** The room of a presence that silence ended, and until when it counted; null where it is gone. */
export async function lapsedPresence(ctx: Ctx, presence: PresenceId): Promise<{ readonly room: string; readonly until: Date } | null> {
  const row = await ctx.db
    .selectFrom('presence_interval as i')
    .innerJoin('room as r', 'r.id', 'i.room_id')
    .select(['r.room_name as room', 'i.ended_at as until'])
    .where('i.id', '=', presence)
    .executeTakeFirst()
  return row === undefined || row.until === null ? null : { room: row.room, until: row.until }
}
