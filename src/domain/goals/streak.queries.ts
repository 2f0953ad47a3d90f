import type { Shelter } from '../../db/schema.ts'
import type { Ctx } from '../../kernel/context.ts'
import { daysAfter, daysFrom, monthOf } from '../../kernel/dates.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { ownDay } from '../people/calendar.queries.ts'
import { freezesOf, sheltersOf } from './shelters.queries.ts'
import { writtenStandings } from './standing.actions.ts'
import { bridge, freezesPerMonth, noStreak, shelterOf, streakSeconds, withFreezes } from './streak.ts'

/** How a day stands in a streak: `today` is open while it does not count yet. */
export type StripDay = { readonly day: string; readonly kind: 'counted' | Shelter | 'missed' | 'today' }

/** `current` days in a row up to now, 0 where the streak is over; `today`: this day counts already; `strip`: the last 14 own days, the oldest first. */
export type StreakNow = {
  readonly current: number
  readonly best: number
  readonly today: boolean
  readonly freezesLeft: number
  readonly strip: readonly StripDay[]
}

const stripDays = 14

/** A person's streak as it stands today: days since the last counted one are kept, or end it, as they would if today counted. */
export async function streakOf(ctx: Ctx, person: PersonId): Promise<StreakNow> {
  const today = await ownDay(ctx, person)
  const first = daysAfter(today, 1 - stripDays)
  const { days, best, last } = (await writtenStandings(ctx, [person])).get(person)?.streak ?? noStreak
  const from = last !== null && last < first ? last : first
  const span = [{ person, from, to: today }]
  const shelters = (await sheltersOf(ctx, span))(person)
  const used = (await freezesOf(ctx, span))(person)
  const over = last === null ? null : bridge(last, today, shelters, used)
  const kept = new Map([...(await keptDays(ctx, person, first)), ...(over ?? []).map(({ day, kind }) => [day, kind] as const)])
  const counted = await countedDays(ctx, person, first)
  const kindOf = (day: string): StripDay['kind'] => {
    if (counted.has(day)) return 'counted'
    if (day === today) return 'today'
    return kept.get(day) ?? shelterOf(day, shelters) ?? 'missed'
  }
  return {
    current: over === null ? 0 : days,
    best,
    today: counted.has(today),
    freezesLeft: freezesPerMonth - (withFreezes(used, over ?? []).get(monthOf(today)) ?? 0),
    strip: Array.from({ length: daysFrom(first, today) + 1 }, (_, n) => daysAfter(first, n)).map((day) => ({ day, kind: kindOf(day) })),
  }
}

async function keptDays(ctx: Ctx, person: PersonId, from: string): Promise<readonly (readonly [string, Shelter])[]> {
  const rows = await ctx.db
    .selectFrom('streak_day')
    .select(['day', 'kind'])
    .where('user_id', '=', person)
    .where('day', '>=', from)
    .execute()
  return rows.map(({ day, kind }) => [day, kind] as const)
}

async function countedDays(ctx: Ctx, person: PersonId, from: string): Promise<ReadonlySet<string>> {
  const rows = await ctx.db
    .selectFrom('user_day')
    .select('day')
    .where('user_id', '=', person)
    .where('day', '>=', from)
    .where('focus_seconds', '>=', streakSeconds)
    .execute()
  return new Set(rows.map(({ day }) => day))
}
