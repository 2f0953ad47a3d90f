import { sql } from 'kysely'
import { rows } from '../../db/rows.ts'
import type { Ctx, Tx } from '../../kernel/context.ts'
import { daysAfter } from '../../kernel/dates.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { freezesOf, type Span, sheltersOf } from './shelters.queries.ts'
import { type Freezes, noStreak, type SheltersDay, type Streak, streakSeconds, walk, withFreezes } from './streak.ts'

/** Where somebody stands: all they focused, and their streak with the days over which it went on. */
export type Standing = {
  readonly person: PersonId
  readonly seconds: number
  readonly sessions: number
  readonly streak: Streak
  readonly over: readonly SheltersDay[]
}

type Row = {
  person: PersonId
  focus_seconds: number
  sessions: number
  streak_days: number
  best_streak_days: number
  streak_from: string | null
  last_day: string | null
}

/** What is written down of where people stand; those without a row were never seen to focus. `over` is left out. */
export async function writtenStandings(ctx: Ctx, people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Standing>> {
  const found = await sql<Row>`
    select user_id as person, focus_seconds, sessions, streak_days, best_streak_days, streak_from, last_day from user_progress
    where user_id = any(${[...people]}::uuid[])`.execute(ctx.db)
  return new Map(
    found.rows.map(
      ({ person, focus_seconds: seconds, sessions, streak_days: days, best_streak_days: best, streak_from: from, last_day: last }) => [
        person,
        { person, seconds, sessions, streak: { days, best, from, last }, over: [] },
      ],
    ),
  )
}

/** Where people stand by their days alone: what must be written down of them. */
export async function standingsByDays(ctx: Ctx, people: readonly PersonId[]): Promise<readonly Standing[]> {
  if (people.length === 0) return []
  const found = await sql<{ person: PersonId; seconds: number; sessions: number; days: readonly string[] | null }>`
    select p as person, coalesce(sum(d.focus_seconds), 0)::int as seconds, coalesce(sum(d.sessions), 0)::int as sessions,
      (array_agg(d.day::text order by d.day) filter (where d.focus_seconds >= ${streakSeconds})) as days
    from unnest(${[...people]}::uuid[]) p left join user_day d on d.user_id = p group by p`.execute(ctx.db)
  const spans = found.rows.flatMap(({ person, days }): Span[] => {
    const [from, to] = [days?.[0], days?.at(-1)]
    return from === undefined || to === undefined ? [] : [{ person, from, to }]
  })
  const shelters = await sheltersOf(ctx, spans)
  return found.rows.map(({ person, seconds, sessions, days }) => ({
    person,
    seconds,
    sessions,
    ...walkAll(noStreak, days ?? [], shelters(person), new Map()),
  }))
}

/** A streak after these counted days, in their order, each later than all before. */
export function walkAll(
  before: Streak,
  days: readonly string[],
  shelters: Parameters<typeof walk>[2],
  used: Freezes,
): { readonly streak: Streak; readonly over: readonly SheltersDay[] } {
  let streak = before
  let frozen = used
  const over: SheltersDay[] = []
  for (const day of days) {
    const step = walk(streak, day, shelters, frozen)
    streak = step.streak
    frozen = withFreezes(frozen, step.over)
    over.push(...step.over)
  }
  return { streak, over }
}

/** Standings after new counted days, each later than the last one that is written down. */
export async function advance(
  ctx: Ctx,
  steps: readonly { readonly standing: Standing; readonly days: readonly string[] }[],
): Promise<readonly Standing[]> {
  const spans = steps.flatMap(({ standing: { person, streak }, days }): Span[] => {
    const [first, to] = [days[0], days.at(-1)]
    if (first === undefined || to === undefined || streak.last === null) return []
    const from = daysAfter(streak.last, 1)
    return from < to ? [{ person, from, to }] : []
  })
  const shelters = await sheltersOf(ctx, spans)
  const freezes = await freezesOf(ctx, spans)
  return steps.map(({ standing, days }) => ({
    ...standing,
    ...walkAll(standing.streak, days, shelters(standing.person), freezes(standing.person)),
  }))
}

/** Writes standings down. `anew`: the days over which these people's streaks went on are all given, and take the place of those before. */
export async function writeStandings(tx: Tx, standings: readonly Standing[], anew: readonly PersonId[]): Promise<void> {
  const list = standings.map(({ person, seconds, sessions, streak }) => ({ person, seconds, sessions, ...streak }))
  await sql`insert into user_progress (user_id, focus_seconds, sessions, streak_days, best_streak_days, streak_from, last_day)
    select person, seconds, sessions, days, best, "from", last
    from ${rows(list, 'x', { person: 'uuid', seconds: 'int', sessions: 'int', days: 'int', best: 'int', '"from"': 'date', last: 'date' })}
    order by person
    on conflict (user_id) do update set focus_seconds = excluded.focus_seconds, sessions = excluded.sessions, streak_days = excluded.streak_days,
      best_streak_days = excluded.best_streak_days, streak_from = excluded.streak_from, last_day = excluded.last_day`.execute(tx.db)
  if (anew.length > 0) await sql`delete from streak_day where user_id = any(${[...anew]}::uuid[])`.execute(tx.db)
  const over = standings.flatMap(({ person, over }) => over.map(({ day, kind }) => ({ person, day, kind })))
  if (over.length === 0) return
  await sql`insert into streak_day (user_id, day, kind) select person, day, kind
    from ${rows(over, 'x', { person: 'uuid', day: 'date', kind: 'text' })} order by person, day`.execute(tx.db)
}

/** Works out anew, from their days, where people stand. Their rows are locked in one order. */
export async function recomputeStreaks(tx: Tx, people: readonly PersonId[]): Promise<void> {
  if (people.length === 0) return
  await sql`select id from "user" where id = any(${[...people]}::uuid[]) order by id for no key update`.execute(tx.db)
  await writeStandings(tx, await standingsByDays(tx, people), people)
}
