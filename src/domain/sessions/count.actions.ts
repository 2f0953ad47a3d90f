import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, SessionId } from '../../kernel/ids.ts'
import { progress } from '../goals/progress.actions.ts'
import { cuts, dayTally, sumsOf, type Tally, topicTally, workspaceTally } from './tallies.queries.ts'

type Sign = 1 | -1

/**
 * Lets sessions count (`1`), or no longer (`-1`), in all that follows from `session_history`: totals, days, topics, workspaces, and
 * with them streaks, goals and achievements. Whoever changes a session takes it away before and adds it after.
 * People are locked in one order; where a transaction counts more than once, two of them may still meet, and one is done again.
 */
export async function countSessions(tx: Tx, sessions: readonly SessionId[], sign: Sign): Promise<void> {
  if (sessions.length === 0) return
  const counted = sql`select * from session_history where id = any(${sessions as SessionId[]}::uuid[]) and session_type = 'work'`
  await sql`
    with h as materialized (
      select user_id, sum(seconds) as seconds, (count(*) filter (where seconds > 0))::int as sessions from (${counted}) h group by user_id),
    locked as materialized (select id from "user" where id in (select user_id from h) order by id for no key update)
    update "user" u set total_focus_time = u.total_focus_time + ${sign}::bigint * h.seconds,
      total_sessions = u.total_sessions + ${sign}::int * h.sessions, updated_at = ${tx.now}
    from locked join h on h.user_id = locked.id where u.id = locked.id`.execute(tx.db)
  const days = await add(tx, [dayTally, topicTally, workspaceTally], counted, sign)
  await progress(
    tx,
    days.map(({ user_id: person, day, focus_seconds: after, delta, sessions: count }) => ({
      person,
      day,
      focusBefore: after - sign * delta,
      focusAfter: after,
      sessions: sign * count,
    })),
  )
}

/**
 * Lets what a person focused count in the totals of workspaces (`1`), or no longer (`-1`). Whether it may is read from how they are seen,
 * so whoever changes that takes it away before and adds it after.
 */
export async function countInWorkspaces(tx: Tx, person: PersonId, sign: Sign): Promise<void> {
  await sql`select id from "user" where id = ${person}::uuid for no key update`.execute(tx.db)
  await add(tx, [workspaceTally], sql`select * from session_history where user_id = ${person}::uuid and session_type = 'work'`, sign)
}

type DayWritten = {
  readonly user_id: PersonId
  readonly day: string
  readonly focus_seconds: number
  readonly delta: number
  readonly sessions: number
}

/**
 * Adds the sums of these sessions to their rows in these tables, or takes them away; a row of nothing goes. All in one statement, since
 * sessions are cut up only once there.
 * @returns what `user_day` holds now where it is among them
 */
async function add(tx: Tx, tallies: readonly Tally[], counted: RawBuilder<unknown>, sign: Sign): Promise<readonly DayWritten[]> {
  const parts = [
    sql`counted as materialized (${counted})`,
    ...[...new Set(tallies.map(({ cut }) => cut))].map(
      (cut) => sql`${piecesIn(cut)} as materialized (${cuts[cut](sql`select * from counted`)})`,
    ),
    ...tallies.flatMap((tally) => [
      sql`${sumsIn(tally)} as materialized (${tally.of(sql`select * from ${piecesIn(tally.cut)}`)})`,
      sql`${writtenIn(tally)} as (${write(tally, sign)})`,
    ]),
  ]
  const days = sql`
    select w.user_id, w.day, w.focus_seconds, x.room_seconds + x.voice_seconds + x.solo_seconds + x.reported_seconds as delta, x.sessions
    from ${writtenIn(dayTally)} w join ${sumsIn(dayTally)} x on ${same(dayTally, 'w', 'x')}`
  const { rows } = await sql<DayWritten>`with ${sql.join(parts)} ${tallies.includes(dayTally) ? days : sql`select where false`}`.execute(
    tx.db,
  )
  for (const tally of sign === 1 ? [] : tallies) {
    const nothing = sql.raw(tally.amounts.map((amount) => `w.${amount} = 0`).join(' and '))
    await sql`delete from ${sql.table(tally.table)} w using (${sumsOf(tally, counted)}) x where ${same(tally, 'w', 'x')} and ${nothing}`.execute(
      tx.db,
    )
  }
  return rows
}

const piecesIn = (cut: Tally['cut']) => sql.table(`pieces_${cut}`)
const sumsIn = ({ table }: Tally) => sql.table(`sums_${table}`)
const writtenIn = ({ table }: Tally) => sql.table(`written_${table}`)
const same = ({ keys }: Tally, one: string, other: string) => sql.raw(keys.map((key) => `${one}.${key} = ${other}.${key}`).join(' and '))

function write(tally: Tally, sign: Sign): RawBuilder<unknown> {
  const { table, keys, amounts, lists } = tally
  const list = sql.raw([...keys, ...amounts, ...lists].join(', '))
  const order = sql.raw(keys.join(', '))
  const operator = sign === 1 ? '+' : '-'
  const sums = (before: string, more: string) =>
    sql.raw(
      [
        ...amounts.map((name) => `${name} = ${before}.${name} ${operator} ${more}.${name}`),
        ...lists.map(
          (name) =>
            `${name} = (select array_agg(a ${operator} b order by n) from unnest(${before}.${name}, ${more}.${name}) with ordinality as t(a, b, n))`,
        ),
      ].join(', '),
    )
  return sign === 1
    ? sql`insert into ${sql.table(table)} (${list}) select ${list} from ${sumsIn(tally)} order by ${order}
        on conflict (${order}) do update set ${sums(table, 'excluded')} returning *`
    : sql`update ${sql.table(table)} w set ${sums('w', 'x')} from ${sumsIn(tally)} x where ${same(tally, 'w', 'x')} returning w.*`
}
