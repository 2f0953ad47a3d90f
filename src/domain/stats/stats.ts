import type { PersonId } from '../../kernel/ids.ts'
import type { Period } from './period.ts'

/** What was focused in some time: seconds with what was imported, and counted sessions. `days` are those with anything. */
export type Total = { readonly seconds: number; readonly sessions: number; readonly days: number }

export type TopicTime = { readonly name: string; readonly seconds: number }

/** The whole of what a person sees of their own time. `total` is that of `period`, `before` that of the one before it. */
export type OwnStats = {
  readonly person: PersonId
  readonly today: string
  readonly period: Period
  readonly total: Total
  readonly before: Total | null
  /** When the first day with anything was; null while there is none. */
  readonly since: string | null
  readonly todaySeconds: number
  readonly week: WeekTime
  readonly year: { readonly year: number; readonly days: ReadonlyMap<string, number> }
  readonly months: readonly MonthTime[]
  /** Of the period: 24 sums by hour of the local clock. */
  readonly hours: readonly number[]
  readonly topics: { readonly room: readonly TopicTime[]; readonly subject: readonly TopicTime[]; readonly aim: readonly TopicTime[] }
  /** What everybody here focused in the period; null where it could tell about a single person. */
  readonly here: { readonly name: string; readonly seconds: number } | null
}

/** Seven days from Monday, with the sum of the week before. */
export type WeekTime = {
  readonly days: readonly DayTime[]
  readonly seconds: number
  readonly sessions: number
  readonly lastSeconds: number
}

export type DayTime = { readonly day: string; readonly seconds: number }
export type MonthTime = { readonly month: string; readonly seconds: number }

/** The hour (0 to 22) from which the two busiest hours of the day begin; null where nothing was focused. */
export function busiestHour(hours: readonly number[]): number | null {
  if (hours.every((seconds) => seconds === 0)) return null
  const pairs = hours.slice(0, -1).map((seconds, hour) => seconds + (hours[hour + 1] ?? 0))
  return pairs.indexOf(Math.max(...pairs))
}
