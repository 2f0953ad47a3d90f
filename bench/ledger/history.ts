import { type Kysely, sql } from 'kysely'
import type { DB } from '../../src/db/schema.ts'
import { days, minutes } from '../../src/kernel/clock.ts'

/** People with ten sessions each over the last year, in rooms of five; a number that five divides. */
export type Size = { readonly people: number }
const sessionsEach = 10
const peopleInRoom = 5
const workspaces = 1000

const tables = [
  'workspace',
  'user',
  'user_settings',
  'user_calendar',
  'identity',
  'workspace_member',
  'room',
  'timer',
  'participant',
  'phase',
  'phase_span',
  'presence_interval',
  'session_history',
  'user_day',
  'user_topic_day',
  'workspace_day',
  'user_progress',
  'user_achievement',
  'achievement_count',
]

/** Keys that lie in the table in the order of their numbers, as those of the product do. */
const key = (kind: string, n: string) => sql.raw(`('0198c0de-${kind}-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`)
export const personKey = (n: number) => key('0001', `${n}`)
/** Of the workspace in which a person is. */
export const workspaceKey = (person: number) => key('0002', `${Math.floor(person / peopleInRoom) % workspaces}`)
export const phaseKey = (n: number) => key('0004', `${n}`)

/** The number of the first phase whose credit is not written yet. */
export const firstOpen = ({ people }: Size): number => (people / peopleInRoom) * sessionsEach

/**
 * Writes the history of so many people, ending at `now`, as the product's verbs would have left it; in `open` rooms a phase has ended whose
 * credit is not written yet. Rows lie in the tables as it happened, so that what one person did is far apart. References are not asked for
 * and indexes are built afterwards, all in the transaction that empties the tables, which then writes no log of it: else it takes hours.
 */
export async function writeHistory(db: Kysely<DB>, size: Size, now: Date, open: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx)
    await sql`set local statement_timeout = 0`.execute(tx)
    await sql`set local maintenance_work_mem = '256MB'`.execute(tx)
    await sql`truncate ${sql.join(tables.map((name) => sql.table(name)))} cascade`.execute(tx)
    const { rows: indexes } = await sql<{ drop: string; make: string }>`
      select case when c.oid is null then format('drop index %s', i.indexrelid::regclass) else format('alter table %s drop constraint %I', i.indrelid::regclass, c.conname) end as drop,
        case when c.oid is null then pg_get_indexdef(i.indexrelid) else format('alter table %s add constraint %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) end as make
      from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.conrelid = i.indrelid
      where i.indrelid = any(${tables.map((name) => `"${name}"`)}::regclass[]::oid[])
        and not exists (select from pg_constraint f where f.conindid = i.indexrelid and f.contype = 'f')`.execute(tx)
    for (const { drop } of indexes) await sql.raw(drop).execute(tx)
    for (const statement of statements(size, now, open)) await statement.execute(tx)
    for (const { make } of indexes) await sql.raw(make).execute(tx)
  })
  await db.connection().execute(async (connection) => {
    await sql`set statement_timeout = 0`.execute(connection)
    await sql`vacuum (analyze, buffer_usage_limit '64MB')`.execute(connection)
    await sql`reset statement_timeout`.execute(connection)
  })
}

function statements(size: Size, now: Date, open: number) {
  const rooms = size.people / peopleInRoom
  const yesterday = new Date(now.getTime() - (now.getTime() % days(1)) - days(1))
  const first = new Date(yesterday.getTime() - days(36 * sessionsEach))
  const lately = new Date(now.getTime() - minutes(25))
  const room = sql.raw(`generate_series(0, ${rooms - 1}) r`)
  const person = sql.raw(`(select n, n / ${peopleInRoom} as r from generate_series(0, ${size.people - 1}) n) p`)
  const [roomKey, homeKey, whoseKey] = [key('0003', 'r'), key('0002', `r % ${workspaces}`), key('0001', 'n')]
  // The sessions of all people, one after the other.
  const each =
    sql.raw(`(select past.*, past.r * ${peopleInRoom} + seat as n, (${sessionsEach - 1} - k) * ${size.people}::bigint + r * ${peopleInRoom} + seat as nth
    from past, generate_series(0, ${peopleInRoom - 1}) seat) x`)
  const unpaid = sql.raw(`generate_series(0, ${open - 1}) r`)
  const unpaidKey = key('0004', `${firstOpen(size)} + r`)
  return [
    // A session in every room each 36 days: between 9 and 20 o'clock in Seoul, within one hour of the clock.
    sql`create temporary table past on commit drop as
      select k, r, ${key('0004', `r * ${sessionsEach} + k`)} as phase, ${roomKey} as room, ${homeKey} as workspace, 'Room ' || r as name,
        began, began + interval '25 minutes' as ended, (began at time zone 'Asia/Seoul')::date as day,
        array_fill(0, array[9 + r * 7 % 11]) || 1500 || array_fill(0, array[14 - r * 7 % 11]) as hours
      from (select k, r, ${yesterday}::timestamptz + make_interval(days => -36 * k - r % 36, hours => r * 7 % 11, mins => r % 35) as began
        from generate_series(${sessionsEach - 1}::int, 0, -1) k, ${room}) x`,
    sql`insert into workspace (id, platform, external_id, name, timezone, installed_at)
      select ${key('0002', 'w')}, 'discord', w::text, 'Server ' || w, 'Asia/Seoul', ${first} from ${sql.raw(`generate_series(0, ${workspaces - 1}) w`)}`,
    sql`insert into "user" (id, username, display_name, total_focus_time, total_sessions, first_used_at, created_at, updated_at)
      select ${whoseKey}, 'person.' || n, 'Person ' || n, ${1500 * sessionsEach}, ${sessionsEach}, ${first}::timestamptz, ${first}, ${yesterday} from ${person}`,
    sql`insert into user_settings (user_id, updated_at) select ${whoseKey}, ${first} from ${person}`,
    sql`insert into user_calendar (user_id, effective_from, timezone, day_start) select ${whoseKey}, '-infinity', 'Asia/Seoul', '04:00' from ${person}`,
    sql`insert into identity (id, user_id, platform, external_id, display_name, created_at)
      select ${key('0007', 'n')}, ${whoseKey}, 'discord', n::text, 'Person ' || n, ${first} from ${person}`,
    sql`insert into workspace_member (workspace_id, user_id, role, role_seen_at, joined_at)
      select ${homeKey}, ${whoseKey}, 'member', ${yesterday}, ${first} from ${person}`,
    sql`insert into room (id, workspace_id, room_name, host_id, created_at, updated_at)
      select ${roomKey}, ${homeKey}, 'Room ' || r, ${key('0001', `r * ${peopleInRoom}`)}, ${first}::timestamptz, ${first} from ${room}`,
    sql`insert into timer (room_id, updated_at) select ${roomKey}, ${yesterday} from ${room}`,
    sql`insert into participant (room_id, user_id, joined_at, is_host) select ${roomKey}, ${whoseKey}, ${first}::timestamptz, n % ${peopleInRoom} = 0 from ${person}`,
    sql`insert into phase (id, room_id, type, round, planned_seconds, outcome, started_at, ended_at, credited_at)
      select phase, room, 'work', 1, 1500, 'ended', began, ended, ended from past`,
    sql`insert into phase_span (phase_id, started_at, ended_at) select phase, began, ended from past`,
    sql`insert into presence_interval (id, user_id, room_id, workspace_id, evidence, started_at, ended_at)
      select ${key('0005', 'nth')}, ${whoseKey}, room, workspace, 'voice', began, ended from ${each}`,
    sql`insert into session_history (id, user_id, room_id, phase_id, session_type, seconds, source, room_name, started_at, completed_at, earned, workspace_id)
      select ${key('0006', 'nth')}, ${whoseKey}, room, phase, 'work', 1500, 'room', name, began, ended, tstzmultirange(tstzrange(began, ended)), workspace from ${each}`,
    sql`insert into user_day (user_id, day, room_seconds, sessions, hours) select ${whoseKey}, day, 1500, 1, hours from ${each}`,
    sql`insert into user_topic_day (user_id, day, kind, topic, seconds, sessions) select ${whoseKey}, day, 'room', name, 1500, 1 from ${each}`,
    sql`insert into workspace_day (workspace_id, day, seconds, sessions)
      select workspace, day, 1500 * ${peopleInRoom}::int * count(*), ${peopleInRoom}::int * count(*) from past group by workspace, day`,
    sql`insert into user_progress (user_id, focus_seconds, sessions, streak_days, best_streak_days, streak_from, last_day)
      select ${whoseKey}, ${1500 * sessionsEach}, ${sessionsEach}, 1, 1, day, day from ${each} where k = 0`,
    sql`insert into user_achievement (user_id, achievement_id, unlocked_at)
      select ${whoseKey}, a.id, ${yesterday} from ${person} join achievement a on a.amount <= ${sessionsEach} and a.cause = 'sessions' or a.amount = 1 and a.cause = 'together'`,
    sql`insert into achievement_count (user_id, cause, count) select ${whoseKey}, 'together', ${sessionsEach} from ${person}`,
    // Phases that are over and whose credit is not written yet: those who were there get it while it is measured.
    sql`insert into phase (id, room_id, type, round, planned_seconds, outcome, started_at, ended_at)
      select ${unpaidKey}, ${roomKey}, 'work', 1, 1500, 'ended', ${lately}::timestamptz, ${now} from ${unpaid}`,
    sql`insert into phase_span (phase_id, started_at, ended_at) select ${unpaidKey}, ${lately}::timestamptz, ${now} from ${unpaid}`,
    sql`insert into presence_interval (user_id, room_id, workspace_id, evidence, started_at)
      select ${key('0001', `r * ${peopleInRoom} + seat`)}, ${roomKey}, ${homeKey}, 'voice', ${lately}
      from ${unpaid}, ${sql.raw(`generate_series(0, ${peopleInRoom - 1}) seat`)}`,
  ]
}
