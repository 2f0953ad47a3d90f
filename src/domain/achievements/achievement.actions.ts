import { sql } from 'kysely'
import { rows } from '../../db/rows.ts'
import { emit } from '../../events/emit.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { type AchievementName, type Cause, reachedBetween } from './achievement.ts'

/** How far somebody came in what an achievement counts. */
export type Grown = { readonly person: PersonId; readonly cause: Cause; readonly from: number; readonly to: number }

/** Unlocks what was reached on the way, once and for good, and tells it. Most that grew reached nothing, and cost nothing. */
export async function reach(tx: Tx, grown: readonly Grown[]): Promise<void> {
  const reached = grown.flatMap(({ person, cause, from, to }) =>
    reachedBetween(cause, from, to).map(({ id }) => ({ person, achievement: id })),
  )
  if (reached.length === 0) return
  const { rows: unlocked } = await sql<{ person: PersonId; achievement: AchievementName }>`
    insert into user_achievement (user_id, achievement_id, unlocked_at)
    select distinct x.person, x.achievement, ${tx.now}::timestamptz from ${rows(reached, 'x', { person: 'uuid', achievement: 'text' })}
    order by x.person, x.achievement
    on conflict do nothing returning user_id as person, achievement_id as achievement`.execute(tx.db)
  await emit(tx, ...unlocked.map((one) => ({ type: 'achievement.unlocked', room: null, by: null, ...one }) as const))
}

/** Counts one more of what no table sums up, in the transaction in which it happens, for each time that a person is named. */
export async function countTowards(tx: Tx, cause: Cause, people: readonly PersonId[]): Promise<void> {
  if (people.length === 0) return
  const times = [...Map.groupBy(people, (person) => person)].map(([person, named]) => ({ person, times: named.length }))
  const { rows: counted } = await sql<{ person: PersonId; count: number }>`
    insert into achievement_count (user_id, cause, count)
    select person, ${cause}, times from ${rows(times, 'x', { person: 'uuid', times: 'int' })} order by person
    on conflict (user_id, cause) do update set count = achievement_count.count + excluded.count
    returning user_id as person, count`.execute(tx.db)
  const before = new Map(times.map((one) => [one.person, one.times]))
  await reach(
    tx,
    counted.map(({ person, count }) => ({ person, cause, from: count - (before.get(person) ?? 0), to: count })),
  )
}
