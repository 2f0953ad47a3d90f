import { type Kysely, sql } from 'kysely'
import type { DB } from '../../src/db/schema.ts'

/** The least that ends all due focus phases: the rows that our verbs write, in one transaction of plain statements. */
export async function settleBare(db: Kysely<DB>, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const run = (statement: ReturnType<typeof sql>) => statement.execute(tx)
    await run(sql`create temporary table due on commit drop as
      select room_id, phase_id, ends_at, uuidv7() as next, uuidv7() as event from timer where status = 'running' and ends_at <= ${now}`)
    await run(sql`analyze due`)
    await run(sql`update phase_span s set ended_at = d.ends_at from due d where s.phase_id = d.phase_id and s.ended_at is null`)
    await run(sql`update phase p set outcome = 'ended', ended_at = d.ends_at from due d where p.id = d.phase_id`)
    await run(
      sql`insert into phase (id, room_id, type, round, planned_seconds, started_at) select next, room_id, 'break', 1, 300, ends_at from due`,
    )
    await run(sql`insert into phase_span (phase_id, started_at) select next, ends_at from due`)
    await run(sql`update timer t set phase_id = d.next, phase_type = 'break', completed_rounds = 1, planned_seconds = 300,
      ends_at = d.ends_at + interval '5 minutes', version = t.version + 1, updated_at = d.ends_at from due d where t.room_id = d.room_id`)
    await run(sql`insert into session_history (user_id, room_id, phase_id, session_type, seconds, source, room_name, started_at, completed_at, earned, workspace_id)
      select i.user_id, d.room_id, d.phase_id, 'work', extract(epoch from s.ended_at - s.started_at)::int, 'room', r.room_name, s.started_at, s.ended_at,
        tstzmultirange(tstzrange(s.started_at, s.ended_at)), r.workspace_id
      from due d join phase_span s on s.phase_id = d.phase_id join presence_interval i on i.room_id = d.room_id join room r on r.id = d.room_id`)
    await run(sql`update "user" u set total_focus_time = u.total_focus_time + h.seconds, total_sessions = u.total_sessions + 1, updated_at = ${now}
      from due d join session_history h on h.phase_id = d.phase_id where u.id = h.user_id`)
    await run(sql`insert into user_day (user_id, day, room_seconds, sessions, hours)
      select h.user_id, (h.completed_at at time zone 'Asia/Seoul' - interval '4 hours')::date, h.seconds, 1, array_fill(0, array[24])
      from due d join session_history h on h.phase_id = d.phase_id
      on conflict (user_id, day) do update set room_seconds = user_day.room_seconds + excluded.room_seconds, sessions = user_day.sessions + 1`)
    await run(sql`insert into user_topic_day (user_id, day, kind, topic, seconds, sessions)
      select h.user_id, (h.completed_at at time zone 'Asia/Seoul' - interval '4 hours')::date, 'room', h.room_name, h.seconds, 1
      from due d join session_history h on h.phase_id = d.phase_id
      on conflict (user_id, day, kind, topic) do update set seconds = user_topic_day.seconds + excluded.seconds, sessions = user_topic_day.sessions + 1`)
    await run(sql`insert into workspace_day (workspace_id, day, seconds, sessions)
      select h.workspace_id, (h.completed_at - interval '4 hours')::date, sum(h.seconds), count(*)
      from due d join session_history h on h.phase_id = d.phase_id group by 1, 2
      on conflict (workspace_id, day) do update set seconds = workspace_day.seconds + excluded.seconds, sessions = workspace_day.sessions + excluded.sessions`)
    await run(sql`update user_progress p set focus_seconds = p.focus_seconds + h.seconds, sessions = p.sessions + 1
      from due d join session_history h on h.phase_id = d.phase_id where p.user_id = h.user_id`)
    await run(sql`update achievement_count c set count = c.count + 1
      from due d join session_history h on h.phase_id = d.phase_id where c.user_id = h.user_id and c.cause = 'together'`)
    await run(sql`insert into event (id, type, room_id, data, created_at)
      select event, 'timer.moved', room_id, jsonb_build_object('id', event, 'type', 'timer.moved', 'room', room_id, 'by', null, 'verb', 'end', 'at', ends_at,
        'from', 'work', 'to', 'break', 'status', 'running', 'phase', next, 'endsAt', ends_at + interval '5 minutes'), ${now} from due`)
    await run(sql`insert into queue.job (id, name, data, start_after, created_on, keep_until, expire_seconds, deletion_seconds, retry_limit, retry_delay,
        retry_backoff, retry_delay_max, policy, heartbeat_seconds)
      select uuidv7(), q.name, e.data, ${now}, ${now}, ${now}::timestamptz + q.retention_seconds * interval '1 second', q.expire_seconds, q.deletion_seconds,
        q.retry_limit, q.retry_delay, q.retry_backoff, q.retry_delay_max, q.policy, q.heartbeat_seconds
      from due d join event e on e.id = d.event cross join queue.queue q where q.name = 'reaction'`)
  })
}
