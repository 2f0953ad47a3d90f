import type { Shelter } from '../../db/schema.ts'
import { daysAfter, monthOf, weekdayOf } from '../../kernel/dates.ts'

/** So much focus in a day counts for the streak (domain.md, section 2). */
export const streakSeconds = 10 * 60

/** Missed days of one month that a streak survives by itself. */
export const freezesPerMonth = 2

/** A day that a journey left with less than this, in seconds, asks nothing of anybody. */
export const shortDaySeconds = 12 * 3600

/** An outage of this length, in minutes, protects the days it touches. */
export const protectingMinutes = 15

/** `days` counted ones in the streak from `from` to `last`, the last counted day of all; `best` is the longest ever. */
export type Streak = { readonly days: number; readonly best: number; readonly from: string | null; readonly last: string | null }

export const noStreak: Streak = { days: 0, best: 0, from: null, last: null }

export type SheltersDay = { readonly day: string; readonly kind: Shelter }

/** What keeps a person's streak on days without focus. `rest` are their choices by the day from which each counts, the oldest first. */
export type Shelters = {
  readonly rest: readonly { readonly from: string; readonly weekdays: readonly number[] }[]
  readonly outages: ReadonlySet<string>
  readonly journeys: ReadonlySet<string>
}

/** Freezes used so far, by month. */
export type Freezes = ReadonlyMap<string, number>

const isRest = (day: string, { rest }: Shelters): boolean =>
  rest.findLast(({ from }) => from <= day)?.weekdays.includes(weekdayOf(day)) === true

/** What protects a day by itself, without a freeze. */
export function shelterOf(day: string, shelters: Shelters): Exclude<Shelter, 'freeze'> | null {
  if (isRest(day, shelters)) return 'rest'
  if (shelters.outages.has(day)) return 'outage'
  return shelters.journeys.has(day) ? 'travel' : null
}

/**
 * Why a streak goes on from `last` to `next`, day by day in between; null where it does not. A day that nothing else protects takes
 * a freeze of its month. Freezes are used only where they save the streak: over too long a pause none is lost.
 */
export function bridge(last: string, next: string, shelters: Shelters, used: Freezes): readonly SheltersDay[] | null {
  const days: SheltersDay[] = []
  const frozen = new Map(used)
  for (let day = daysAfter(last, 1); day < next; day = daysAfter(day, 1)) {
    const kind = shelterOf(day, shelters) ?? 'freeze'
    if (kind === 'freeze') {
      const count = (frozen.get(monthOf(day)) ?? 0) + 1
      if (count > freezesPerMonth) return null
      frozen.set(monthOf(day), count)
    }
    days.push({ day, kind })
  }
  return days
}

/** A streak after one more counted day, later than all before it, and the days over which it went on. */
export function walk(
  streak: Streak,
  day: string,
  shelters: Shelters,
  used: Freezes,
): { readonly streak: Streak; readonly over: readonly SheltersDay[] } {
  const over = streak.last === null ? null : bridge(streak.last, day, shelters, used)
  if (over === null) return { streak: { days: 1, best: Math.max(streak.best, 1), from: day, last: day }, over: [] }
  const days = streak.days + 1
  return { streak: { days, best: Math.max(streak.best, days), from: streak.from, last: day }, over }
}

/** The freezes used with those among `over`. */
export function withFreezes(used: Freezes, over: readonly SheltersDay[]): Freezes {
  const frozen = new Map(used)
  for (const { day, kind } of over) if (kind === 'freeze') frozen.set(monthOf(day), (frozen.get(monthOf(day)) ?? 0) + 1)
  return frozen
}
