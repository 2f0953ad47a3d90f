import { type Kysely, sql } from 'kysely'
import type { DB } from '../db/schema.ts'
import { dayTally, sumsOf, type Tally, topicTally, workspaceTally } from '../domain/sessions/tallies.queries.ts'

export type Crowd = {
  /** Those with an even number on Discord, the others on Slack, where everyone has opened App Home. */
  readonly workspaces: number
  /** All together, spread over the workspaces in turn; each runs its first focus phase of 25 minutes. */
  readonly rooms: number
  /** In each room, from its beginning. */
  readonly people: number
  /** Focus phases that each room has behind it, every one credited to all of its people: at most four, which reach no goal yet. */
  readonly past: number
  /** When the first room's running phase ends. */
  readonly endsAt: Date
  /** The running phases end evenly over this time; 0: all at once. */
  readonly overSeconds: number
}

/** The names that the statements below give: a row can be found again without reading it. */
export const filledIds = {
  room: (n: number) => sql<string>`md5('room ' || ${n}::int)::uuid`,
  person: (room: number, seat: number) => sql<string>`md5('person ' || ${room}::int || ' ' || ${seat}::int)::uuid`,
  workspace: (n: number) => sql<string>`md5('workspace ' || ${n}::int)::uuid`,
}

/** Fills an empty database set by set, in the shape that our verbs would have left. Rooms are named `Room 1`, people `person.1.1`. */
export async function fill(db: Kysely<DB>, { workspaces, rooms, people, past, endsAt, overSeconds }: Crowd): Promise<void> {
  const platform = sql`case when n % ${workspaces}::int % 2 = 0 then 'discord' else 'slack' end`
  const room = sql`(select n, ${platform} as platform, md5('room ' || n)::uuid as id, md5('workspace ' || n % ${workspaces}::int)::uuid as workspace,
    ${endsAt}::timestamptz + n * ${overSeconds / rooms}::float8 * interval '1 second' as ends_at,
    ${endsAt}::timestamptz + n * ${overSeconds / rooms}::float8 * interval '1 second' - interval '25 minutes' as started_at
    from generate_series(0, ${rooms - 1}::int) n) r`
  const person = sql`(select r.*, seat, md5('person ' || n || ' ' || seat)::uuid as person
    from ${room}, generate_series(1, ${people}::int) seat) p`
  const before = sql`(select r.*, ago, md5('phase ' || n || ' ' || ago)::uuid as phase, started_at - ago * interval '30 minutes' as from_at,
    started_at - ago * interval '30 minutes' + interval '25 minutes' as to_at from ${room}, generate_series(1, ${past}::int) ago) b`
  const earliest = sql`started_at - ${past + 1}::int * interval '30 minutes'`
  const statements = [
    sql`insert into workspace (id, platform, external_id, name, installed_at)
      select md5('workspace ' || n)::uuid, ${platform}, n::text, 'Server ' || n, ${endsAt}::timestamptz - interval '1 year' from generate_series(0, ${workspaces - 1}::int) n`,
    sql`insert into "user" (id, username, display_name, total_focus_time, total_sessions, first_used_at, created_at, updated_at)
      select person, 'person.' || n || '.' || seat, 'Person ' || n || '.' || seat, 1500 * ${past}::int, ${past}::int, ${earliest}, ${earliest}, ${earliest} from ${person}`,
    sql`insert into user_settings (user_id, updated_at) select person, ${earliest} from ${person}`,
    sql`insert into user_calendar (user_id, effective_from, timezone, day_start) select person, '-infinity', 'Asia/Seoul', '04:00' from ${person}`,
    sql`insert into identity (user_id, platform, external_id, display_name, home_opened_at, created_at)
      select person, platform, n || '0' || seat, 'Person ' || n || '.' || seat, case when platform = 'slack' then started_at end, ${earliest} from ${person}`,
    sql`insert into workspace_member (workspace_id, user_id, role, role_seen_at, joined_at)
      select workspace, person, 'member', ${endsAt}::timestamptz, ${earliest} from ${person}`,
    sql`insert into room (id, workspace_id, room_name, host_id, created_at, updated_at)
      select id, workspace, 'Room ' || n, md5('person ' || n || ' 1')::uuid, ${earliest}, ${earliest} from ${room}`,
    sql`insert into room_binding (room_id, workspace_id, platform, channel, created_at)
      select id, workspace, platform, 'channel ' || n, ${earliest} from ${room}`,
    sql`insert into participant (room_id, user_id, is_host, joined_at) select id, person, seat = 1, ${earliest} from ${person}`,
    sql`insert into presence_interval (user_id, room_id, evidence, started_at) select person, id, 'joined', ${earliest} from ${person}`,
    sql`insert into phase (id, room_id, type, round, planned_seconds, outcome, started_at, ended_at, credited_at)
      select phase, id, 'work', 1, 1500, 'ended', from_at, to_at, to_at from ${before}`,
    sql`insert into phase_span (phase_id, started_at, ended_at) select phase, from_at, to_at from ${before}`,
    sql`insert into session_history (user_id, room_id, phase_id, session_type, seconds, source, room_name, started_at, completed_at, earned, workspace_id)
      select md5('person ' || n || ' ' || seat)::uuid, id, phase, 'work', 1500, 'room', 'Room ' || n, from_at, to_at,
        tstzmultirange(tstzrange(from_at, to_at)), workspace
      from ${before}, generate_series(1, ${people}::int) seat`,
    ...[dayTally, topicTally, workspaceTally].map(tallied),
    sql`insert into user_progress (user_id, focus_seconds, sessions, streak_days, best_streak_days, streak_from, last_day)
      select user_id, sum(focus_seconds), sum(sessions), count(*), count(*), min(day), max(day) from user_day group by user_id`,
    sql`insert into user_achievement (user_id, achievement_id, unlocked_at)
      select person, a.id, ${endsAt} from ${person} join achievement a on a.amount <= ${past}::int and (a.cause = 'sessions' or a.cause = 'together' and ${people}::int > 1)`,
    sql`insert into achievement_count (user_id, cause, count)
      select person, 'together', ${past}::int from ${person} where ${people}::int > 1 and ${past}::int > 0`,
    sql`insert into phase (id, room_id, type, round, planned_seconds, started_at) select md5('phase ' || n)::uuid, id, 'work', 1, 1500, started_at from ${room}`,
    sql`insert into phase_span (phase_id, started_at) select md5('phase ' || n)::uuid, started_at from ${room}`,
    sql`insert into timer (room_id, status, phase_id, planned_seconds, ends_at, updated_at)
      select id, 'running', md5('phase ' || n)::uuid, 1500, ends_at, started_at from ${room}`,
  ]
  for (const statement of statements) await statement.execute(db)
  await sql`analyze`.execute(db)
}

function tallied(tally: Tally) {
  const { table, keys, amounts, lists } = tally
  const columns = sql.raw([...keys, ...amounts, ...lists].join(', '))
  return sql`insert into ${sql.table(table)} (${columns}) select ${columns} from (${sumsOf(tally, sql`select * from session_history`)}) x`
}
