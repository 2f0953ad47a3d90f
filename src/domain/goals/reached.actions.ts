import { sql } from 'kysely'
import { rows } from '../../db/rows.ts'
import type { GoalKind } from '../../db/schema.ts'
import { emit } from '../../events/emit.ts'
import type { Tx } from '../../kernel/context.ts'
import { daysAfter, mondayOf } from '../../kernel/dates.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { countTowards } from '../achievements/achievement.actions.ts'
import { goalAt } from './goal.queries.ts'
import { todays } from './today.queries.ts'

/** What `progress` is told of a day. */
export type DayGrown = {
  readonly person: PersonId
  readonly day: string
  readonly focusAfter: number
  readonly focusBefore: number
  readonly sessions: number
}

type Reached = {
  readonly person: PersonId
  readonly kind: GoalKind
  readonly period: string
  readonly amount: number
  readonly isFirst: boolean
}

/**
 * Writes down the goals that days and weeks have just reached, once per period, and tells it where it is news: for today or yesterday,
 * to those who have set a goal. The usual one, which nobody chose, is reached without a word, and gives way to one that is set for the
 * first time, which counts no second time.
 */
export async function reachGoals(tx: Tx, changes: readonly DayGrown[]): Promise<void> {
  const reached = await writeReached(tx, changes)
  if (reached.length === 0) return
  for (const kind of ['day', 'week'] as const) {
    await countTowards(
      tx,
      `${kind}-goals`,
      reached.filter((one) => one.kind === kind && one.isFirst).map(({ person }) => person),
    )
  }
  const today = await todays(
    tx,
    reached.map(({ person }) => person),
  )
  const setting = await withOwnGoals(
    tx,
    reached.map(({ person }) => person),
  )
  const isNews = ({ person, kind, period }: Reached): boolean => {
    const yesterday = daysAfter(today(person), -1)
    return setting.has(person) && period >= (kind === 'day' ? yesterday : mondayOf(yesterday))
  }
  const news = reached.filter(isNews).map(({ isFirst, ...one }) => one)
  await emit(tx, ...news.map((one) => ({ type: 'goal.reached', room: null, by: null, ...one }) as const))
}

async function withOwnGoals(tx: Tx, people: readonly PersonId[]): Promise<ReadonlySet<PersonId>> {
  const found = await tx.db.selectFrom('user_goals').select('user_id').distinct().where('user_id', 'in', people).execute()
  return new Set(found.map(({ user_id }) => user_id))
}

/** Of days that grew, and of weeks whose goal was not reached yet: by one statement. */
async function writeReached(tx: Tx, changes: readonly DayGrown[]): Promise<readonly Reached[]> {
  const days = changes
    .filter(({ focusBefore, focusAfter }) => focusAfter > focusBefore)
    .map(({ person, day, focusAfter: seconds }) => ({ person, day, seconds }))
  const weeks = new Map(
    changes
      .filter(({ sessions }) => sessions > 0)
      .map(({ person, day }) => [`${person} ${mondayOf(day)}`, { person, monday: mondayOf(day) }]),
  )
  if (days.length + weeks.size === 0) return []
  const { rows: reached } = await sql<Reached>`
    insert into goal_reached (user_id, kind, period_start, amount, reached_at)
    select person, kind, period, amount, ${tx.now}::timestamptz from (
      select x.person, 'day' as kind, x.day as period, g.minutes as amount
      from ${rows(days, 'x', { person: 'uuid', day: 'date', seconds: 'int' })} cross join lateral ${goalAt('x.person', sql.ref('x.day'))} g
      where g.minutes > 0 and x.seconds >= g.minutes * 60
      union all
      select x.person, 'week', x.monday, g.sessions
      from ${rows([...weeks.values()], 'x', { person: 'uuid', monday: 'date' })}
      cross join lateral ${goalAt('x.person', sql`(x.monday + 6)`)} g
      where g.sessions > 0
        and not exists (select from goal_reached r where r.user_id = x.person and r.kind = 'week' and r.period_start = x.monday and r.amount = g.sessions)
        and g.sessions <= (select sum(d.sessions) from user_day d where d.user_id = x.person and d.day between x.monday and x.monday + 6)) x
    order by person, kind, period
    on conflict (user_id, kind, period_start) do update set amount = excluded.amount, reached_at = excluded.reached_at
    where goal_reached.amount <> excluded.amount
      and goal_reached.reached_at < (select min(g.created_at) from user_goals g where g.user_id = goal_reached.user_id)
    returning user_id as person, kind, period_start as period, amount, old.user_id is null as "isFirst"`.execute(tx.db)
  return reached
}
