import { sql } from 'kysely'
import type { App } from '../../kernel/context.ts'

/** What is wrong with the reactions to all events: each was done once, and what it had to tell waits for delivery once. */
export async function brokenErrands(app: App): Promise<readonly string[]> {
  const { rows } = await sql<{ problem: string }>`
    with reaction as (
      select data ->> 'id' as event, count(*) as times, bool_and(state = 'completed') as done from queue.job where name = 'reaction' group by 1
    ), line as (
      select data ->> 'event' as event, count(*) as times from queue.job where name = 'discord-line' group by 1
    ), told as (
      select e.id::text, e.type, (select count(*) from room_binding b where b.room_id = e.room_id and b.platform = 'discord') as places,
        e.type in ('timer.moved', 'timer.voted', 'timer.warned') as is_said
      from event e
    )
    select format('event %s (%s) has %s reactions', t.id, t.type, coalesce(r.times, 0)) as problem
    from told t left join reaction r on r.event = t.id where coalesce(r.times, 0) <> 1
    union all
    select format('the reaction to %s is not done', event) from reaction where not done
    union all
    select format('event %s (%s) is said %s times in %s places', t.id, t.type, coalesce(l.times, 0), t.places)
    from told t left join line l on l.event = t.id where coalesce(l.times, 0) <> case when t.is_said then t.places else 0 end
    union all
    select format('given up: %s', data) from queue.job where name = 'given-up'`.execute(app.db)
  return rows.map(({ problem }) => problem)
}

/** How many reactions wait or run, and how many timers should have ended before `limit`. */
export async function unsettled(app: App, limit: Date): Promise<{ readonly reactions: number; readonly overdue: number }> {
  const { rows } = await sql<{ reactions: number; overdue: number }>`
    select (select count(*)::int from queue.job where name = 'reaction' and state < 'completed') as reactions,
      (select count(*)::int from timer where status = 'running' and ends_at < ${limit}) as overdue`.execute(app.db)
  const [found] = rows
  if (found === undefined) throw new Error('a count is one row')
  return found
}
