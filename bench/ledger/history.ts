import { type Kysely, sql } from 'kysely'
import type { DB } from '../../src/db/schema.ts'
import { days, minutes } from '../../src/kernel/clock.ts'

/** People with ten sessions each over the last year, five of them in a room together. */
export type Size = { readonly people: number }
export const sessionsEach = 10
const peopleInRoom = 5

const tables = [
  'user',
  'user_settings',
  'user_calendar',
  'workspace',
  'room',
  'participant',
  'phase',
  'phase_span',
  'presence_interval',
  'session_history',
  'user_day',
  'user_topic_day',
  'user_progress',
  'workspace_day',
]

/** Keys that lie in the table in the order of their numbers, as those of the product do. */
const key = (kind: string, n: string) => sql.raw(`('0198c0de-${kind}-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`)
export const personKey = (n: number) => key('0001', `${n}`)
export const phaseKey = (n: number) => key('0004', `${n}`)

/**
 * Writes the history of so many people, ending at `now`; `open` rooms end a phase whose credit is not written yet. Indexes are built
 * afterwards and references not asked for, or a million people would take an hour.
 */
export async function writeHistory(db: Kysely<DB>, { people }: Size, now: Date, open: number): Promise<void> {
  const rooms = Math.ceil(people / peopleInRoom)
  const person = sql`generate_series(0, ${people - 1}::int) n`
  const room = sql`generate_series(0, ${rooms - 1}::int) r`
  const noon = new Date(now.getTime() - (now.getTime() % days(1)) - days(1))
  // The k-th session of the people of room r: on a day of its own, at a time of its own, between 9 and 20 o'clock in Seoul.
  const began = sql`${noon}::timestamptz - make_interval(days => k * 36 + r % 36, secs => -(r * 37 % 39000))`
  const ended = sql`${began} + interval '25 minutes'`
  const day = sql`((${began}) at time zone 'Asia/Seoul' - interval '4 hours')::date`
  const each = sql`(select n, n / ${peopleInRoom} as r, k from ${person}, generate_series(0, ${sessionsEach - 1}::int) k) x`
  const stretch = sql`tstzmultirange(tstzrange(${began}, ${ended}))`
  const statements = [
    sql`insert into workspace (id, platform, external_id, name, timezone, installed_at)
      select ${key('0002', 'w')}, 'discord', w::text, 'Server ' || w, 'Asia/Seoul', ${noon} from generate_series(0, 999) w`,
    sql`insert into "user" (id, username, display_name, total_focus_time, total_sessions, created_at, updated_at)
      select ${key('0001', 'n')}, 'person.' || n, 'Person ' || n, ${1500 * sessionsEach}, ${sessionsEach}, ${noon}, ${noon} from ${person}`,
    sql`insert into user_settings (user_id, updated_at) select ${key('0001', 'n')}, ${noon} from ${person}`,
    sql`insert into user_calendar (user_id, effective_from, timezone, day_start) select ${key('0001', 'n')}, '-infinity', 'Asia/Seoul', '04:00' from ${person}`,
    sql`insert into room (id, workspace_id, room_name, created_at, updated_at)
      select ${key('0003', 'r')}, ${key('0002', 'r % 1000')}, 'Room ' || r, ${noon}, ${noon} from ${room}`,
    sql`insert into timer (room_id, updated_at) select ${key('0003', 'r')}, ${noon} from ${room}`,
    sql`insert into participant (room_id, user_id, joined_at, is_host) select ${key('0003', `n / ${peopleInRoom}`)}, ${key('0001', 'n')}, ${noon}, n % ${peopleInRoom} = 0 from ${person}`,
    sql`insert into phase (id, room_id, type, round, planned_seconds, outcome, started_at, ended_at, credited_at)
      select ${key('0004', `r * ${sessionsEach} + k`)}, ${key('0003', 'r')}, 'work', 1, 1500, 'ended', ${began}, ${ended}, ${ended}
      from ${room}, generate_series(0, ${sessionsEach - 1}::int) k`,
    sql`insert into phase_span (phase_id, started_at, ended_at)
      select ${key('0004', `r * ${sessionsEach} + k`)}, ${began}, ${ended} from ${room}, generate_series(0, ${sessionsEach - 1}::int) k`,
    sql`insert into presence_interval (id, user_id, room_id, workspace_id, evidence, started_at, ended_at)
      select ${key('0005', `n::bigint * ${sessionsEach} + k`)}, ${key('0001', 'n')}, ${key('0003', 'r')}, ${key('0002', 'r % 1000')}, 'voice', ${began}, ${ended} from ${each}`,
    sql`insert into session_history (id, user_id, room_id, phase_id, session_type, seconds, source, room_name, started_at, completed_at, earned, workspace_id)
      select ${key('0006', `n::bigint * ${sessionsEach} + k`)}, ${key('0001', 'n')}, ${key('0003', 'r')}, ${key('0004', `r * ${sessionsEach} + k`)}, 'work', 1500, 'room',
        'Room ' || r, ${began}, ${ended}, ${stretch}, ${key('0002', 'r % 1000')} from ${each}`,
    sql`insert into user_day (user_id, day, room_seconds, sessions, hours)
      select ${key('0001', 'n')}, ${day}, 1500, 1, array_fill(0, array[12]) || array[1500] || array_fill(0, array[11]) from ${each}`,
    sql`insert into user_topic_day (user_id, day, kind, topic, seconds, sessions)
      select ${key('0001', 'n')}, ${day}, 'room', 'Room ' || r, 1500, 1 from ${each}`,
    sql`insert into user_progress (user_id, focus_seconds, sessions, streak_days, best_streak_days, streak_from, last_day)
      select ${key('0001', 'n')}, ${1500 * sessionsEach}, ${sessionsEach}, 1, 1, d, d
      from (select n, ((${noon}::timestamptz - make_interval(days => n / ${peopleInRoom} % 36)) at time zone 'Asia/Seoul')::date as d from ${person}) x`,
    // Phases that are over and whose credit is not written yet: those who were there get it while it is measured.
    sql`insert into phase (id, room_id, type, round, planned_seconds, outcome, started_at, ended_at)
      select ${key('0004', `${rooms * sessionsEach} + r`)}, ${key('0003', 'r')}, 'work', 1, 1500, 'ended', ${new Date(now.getTime() - minutes(25))}, ${now}
      from generate_series(0, ${open - 1}::int) r`,
    sql`insert into phase_span (phase_id, started_at, ended_at)
      select ${key('0004', `${rooms * sessionsEach} + r`)}, ${new Date(now.getTime() - minutes(25))}, ${now} from generate_series(0, ${open - 1}::int) r`,
    sql`insert into presence_interval (user_id, room_id, workspace_id, evidence, started_at)
      select ${key('0001', 'n')}, ${key('0003', `n / ${peopleInRoom}`)}, ${key('0002', `n / ${peopleInRoom} % 1000`)}, 'voice', ${new Date(now.getTime() - minutes(25))}
      from generate_series(0, ${open * peopleInRoom - 1}::int) n`,
  ]
  await db.connection().execute(async (connection) => {
    const { rows: indexes } = await sql<{ name: string; definition: string }>`
      select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
      where i.indrelid = any(${tables}::regclass[]::oid[]) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`.execute(
      connection,
    )
    for (const { name } of indexes) await sql.raw(`drop index ${name}`).execute(connection)
    await sql`set session_replication_role = replica`.execute(connection)
    await sql`set statement_timeout = 0`.execute(connection)
    for (const statement of statements) await statement.execute(connection)
    for (const { definition } of indexes) await sql.raw(definition).execute(connection)
    await sql`set session_replication_role = default`.execute(connection)
    await sql`vacuum (analyze)`.execute(connection)
  })
}

/** The number of the first phase whose credit is not written yet. */
export const firstOpen = ({ people }: Size): number => Math.ceil(people / peopleInRoom) * sessionsEach
