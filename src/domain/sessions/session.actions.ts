import { sql } from 'kysely'
import type { Tx } from '../../kernel/context.ts'
import type { PhaseId } from '../../kernel/ids.ts'

/** A stretch shorter than this is no session. */
export const shortestSessionSeconds = 60

/**
 * Writes down who earned what in focus phases that are over: the overlap of each person's presence with the running
 * stretches of the phase (domain.md, section 0), once per phase and person, and the totals with it.
 * Phases of other types earn nothing.
 */
export async function creditPhases(tx: Tx, phases: readonly PhaseId[]): Promise<void> {
  if (phases.length === 0) return
  await sql`
    with earned as (
      select i.user_id, p.id as phase_id, p.room_id,
        floor(extract(epoch from sum(least(i.ended_at, s.ended_at) - greatest(i.started_at, s.started_at))))::int as seconds,
        min(greatest(i.started_at, s.started_at)) as started_at, max(least(i.ended_at, s.ended_at)) as completed_at
      from phase p
      join phase_span s on s.phase_id = p.id
      join presence_interval i on i.room_id = p.room_id and i.started_at < s.ended_at and coalesce(i.ended_at, 'infinity') > s.started_at
      where p.id = any(${phases as PhaseId[]}::uuid[]) and p.type = 'work' and p.ended_at is not null
      group by i.user_id, p.id
    ), credited as (
      insert into session_history (user_id, room_id, phase_id, session_type, seconds, source, room_name, started_at, completed_at)
      select e.user_id, e.room_id, e.phase_id, 'work', e.seconds, 'room', r.room_name, e.started_at, e.completed_at
      from earned e join room r on r.id = e.room_id
      where e.seconds >= ${shortestSessionSeconds}
      on conflict (phase_id, user_id) do nothing
      returning user_id, seconds
    )
    update "user" u set total_focus_time = u.total_focus_time + c.seconds, total_sessions = u.total_sessions + c.sessions, updated_at = ${tx.now}
    from (select user_id, sum(seconds)::int as seconds, count(*)::int as sessions from credited group by user_id) c
    where u.id = c.user_id`.execute(tx.db)
}
