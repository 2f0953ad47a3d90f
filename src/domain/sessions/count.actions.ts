import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, SessionId } from '../../kernel/ids.ts'
import { progress } from '../goals/progress.actions.ts'
import { dayTally, type Tally, topicTally, workspaceTally } from './tallies.queries.ts'

type Sign = 1 | -1

/**
 * Lets sessions count (`1`), or no longer (`-1`), in all that follows from `session_history`: totals, days, topics, workspaces, and
 * with them streaks, goals and achievements. Whoever changes a session takes it away before and adds it after.
 * People are locked in one order; where a transaction counts more than once, two of them may still meet, and one is done again.
 */
export async function countSessions(tx: Tx, sessions: readonly SessionId[], sign: Sign): Promise<void> {
  if (sessions.length === 0) return
  const counted = sql`select * from session_history where id = any(${sessions as SessionId[]}::uuid[]) and session_type = 'work'`
  await sql`select id from "user" where id in (select user_id from (${counted}) h) order by id for no key update`.execute(tx.db)
  await sql`
    update "user" u set total_focus_time = u.total_focus_time + ${sign}::bigint * h.seconds,
      total_sessions = u.total_sessions + ${sign}::int * h.sessions, updated_at = ${tx.now}
    from (select user_id, sum(seconds) as seconds, (count(*) filter (where seconds > 0))::int as sessions from (${counted}) h group by user_id) h
    where u.id = h.user_id`.execute(tx.db)
  const days = await add(tx, dayTally, counted, sign)
  for (const tally of [topicTally, workspaceTally]) await add(tx, tally, counted, sign)
  await progress(
    tx,
    (days as readonly DayWritten[]).map(({ user_id: person, day, focus_seconds: after, delta, sessions: count }) => ({
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
  await add(tx, workspaceTally, sql`select * from session_history where user_id = ${person}::uuid and session_type = 'work'`, sign)
}

type DayWritten = {
  readonly user_id: PersonId
  readonly day: string
  readonly focus_seconds: number
  readonly delta: number
  readonly sessions: number
}

/** Adds the sums of these sessions to their rows, or takes them away; a row of nothing goes. */
async function add(tx: Tx, tally: Tally, counted: RawBuilder<unknown>, sign: Sign): Promise<readonly unknown[]> {
  const { table, keys, amounts, lists } = tally
  const list = sql.raw([...keys, ...amounts, ...lists].join(', '))
  const sums = (before: string, more: string) =>
    sql.raw(
      [
        ...amounts.map((name) => `${name} = ${before}.${name} ${sign === 1 ? '+' : '-'} ${more}.${name}`),
        ...lists.map(
          (name) =>
            `${name} = (select array_agg(a ${sign === 1 ? '+' : '-'} b order by n) from unnest(${before}.${name}, ${more}.${name}) with ordinality as t(a, b, n))`,
        ),
      ].join(', '),
    )
  const same = (one: string, other: string) => sql.raw(keys.map((key) => `${one}.${key} = ${other}.${key}`).join(' and '))
  const name = sql.raw(table)
  const order = sql.raw(keys.join(', '))
  const write =
    sign === 1
      ? sql`insert into ${name} (${list}) select ${list} from x order by ${order}
          on conflict (${order}) do update set ${sums(table, 'excluded')} returning *`
      : sql`update ${name} w set ${sums('w', 'x')} from x where ${same('w', 'x')} returning w.*`
  const { rows } = await sql`
    with x as materialized (${tally.of(counted)}), written as (${write})
    ${
      tally === dayTally
        ? sql`select w.user_id, w.day, w.focus_seconds, x.room_seconds + x.voice_seconds + x.solo_seconds + x.reported_seconds as delta, x.sessions
            from written w join x on ${same('w', 'x')}`
        : sql`select count(*) from written`
    }`.execute(tx.db)
  if (sign === -1) {
    const nothing = sql.raw(amounts.map((amount) => `w.${amount} = 0`).join(' and '))
    await sql`delete from ${name} w using (${tally.of(counted)}) x where ${same('w', 'x')} and ${nothing}`.execute(tx.db)
  }
  return rows
}
