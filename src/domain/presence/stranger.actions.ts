import { sql } from 'kysely'
import { after, days } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, SessionId } from '../../kernel/ids.ts'
import { retractSessions } from '../sessions/session.actions.ts'
import { strangerDays } from '../voice/voice.ts'

const batch = 500

/**
 * Forgets what was recorded more than 14 days ago of people who never used the product, and takes it out of every total. What hangs
 * together goes together: a stay and the phases it lies in, as long as one of them reaches into these days, are all kept, so that what
 * is left still says how its credit came about.
 */
export async function forgetStrangers(tx: Tx): Promise<void> {
  const old = after(tx.now, -days(strangerDays))
  type Found = { readonly id: PersonId; readonly met: Date }
  for (let last: Found | undefined, found = batch; found === batch; ) {
    const { rows }: { rows: Found[] } = await sql<Found>`
      select id, created_at as met from "user" where first_used_at is null and created_at < ${old}::timestamptz
        and (created_at, id) > (coalesce(${last?.met ?? null}::timestamptz, '-infinity'), coalesce(${last?.id ?? null}::uuid, '00000000-0000-0000-0000-000000000000'))
      order by created_at, id limit ${batch}`.execute(tx.db)
    await forget(
      tx,
      rows.map(({ id }) => id),
      old,
    )
    found = rows.length
    last = rows.at(-1)
  }
}

async function forget(tx: Tx, people: readonly PersonId[], old: Date): Promise<void> {
  if (people.length === 0) return
  const theirs = sql`any(${people as PersonId[]}::uuid[])`
  // A stretch of time each in which somebody was somewhere or a focus phase that they were in went on: nothing of them reaches over its ends.
  const stretches = sql`
    select user_id, r as stretch from (
      select i.user_id, range_agg(tstzrange(least(i.started_at, p.began), greatest(coalesce(i.ended_at, 'infinity'), p.ended), '[]')) as together
      from presence_interval i
      left join lateral (select min(p.started_at) as began, max(coalesce(p.ended_at, 'infinity')) as ended from phase p
        where p.room_id = i.room_id and p.type = 'work' and p.started_at < coalesce(i.ended_at, 'infinity') and coalesce(p.ended_at, 'infinity') > i.started_at) p on true
      where i.user_id = ${theirs} group by i.user_id) x
    cross join lateral unnest(together) r where upper(r) < ${old}::timestamptz`
  const lies = (row: string, from: string, to: string) =>
    sql<boolean>`${sql.ref(`${row}.user_id`)} = x.user_id and x.stretch @> ${sql.ref(`${row}.${from}`)} and x.stretch @> ${sql.ref(`${row}.${to}`)}`
  // What a moderator credited of an outage lies between two stays.
  const { rows } = await sql<{ id: SessionId }>`
    select h.id from session_history h join (${stretches}) x on ${lies('h', 'started_at', 'completed_at')}
    union
    select h.id from session_history h where h.user_id = ${theirs} and h.completed_at < ${old}::timestamptz and num_nonnulls(h.phase_id, h.solo_id) = 0`.execute(
    tx.db,
  )
  await retractSessions(
    tx,
    rows.map(({ id }) => id),
  )
  await sql`with x as materialized (${stretches}), solos as (
      delete from solo_session o using x where o.ended_at is not null and ${lies('o', 'started_at', 'ended_at')})
    delete from presence_interval i using x where i.ended_at is not null and ${lies('i', 'started_at', 'ended_at')}`.execute(tx.db)
}
