import { daysAfter } from '../../kernel/dates.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { daysOf, monthAfter, type Period, type Span, spanOf } from './period.ts'

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
  /** Of the total, what was brought along from elsewhere, in seconds. */
  readonly brought: number
  /** Beside the total of all time: hours of which no day is known, in seconds; 0 for other periods. */
  readonly undated: number
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
export type DayTotal = DayTime & { readonly sessions: number }
export type MonthTime = { readonly month: string; readonly seconds: number }

/** From and to which hour of the day (0 to 24) most was focused: two hours, or one where the other is empty; null where nothing was. */
export function busiestHours(hours: readonly number[]): { readonly from: number; readonly to: number } | null {
  if (hours.every((seconds) => seconds === 0)) return null
  const pairs = hours.slice(0, -1).map((seconds, hour) => seconds + (hours[hour + 1] ?? 0))
  const first = pairs.indexOf(Math.max(...pairs))
  return { from: hours[first] === 0 ? first + 1 : first, to: hours[first + 1] === 0 ? first + 1 : first + 2 }
}

/** The sum over those days that lie in the span. */
export function sumOf(days: readonly DayTotal[], { from, to }: Span): Total {
  const inside = days.filter(({ day }) => day >= from && day <= to)
  return {
    seconds: inside.reduce((sum, { seconds }) => sum + seconds, 0),
    sessions: inside.reduce((sum, { sessions }) => sum + sessions, 0),
    days: inside.filter(({ seconds }) => seconds > 0).length,
  }
}

/** The week in which a day lies. `days` reach back to the week before it. */
export function weekIn(days: readonly DayTotal[], day: string): WeekTime {
  const week = spanOf('week', day)
  const found = new Map(days.map((one) => [one.day, one.seconds]))
  const { seconds, sessions } = sumOf(days, week)
  const last = sumOf(days, spanOf('week', daysAfter(week.from, -1)))
  return { days: daysOf(week).map((one) => ({ day: one, seconds: found.get(one) ?? 0 })), seconds, sessions, lastSeconds: last.seconds }
}

/** The last `count` months up to `last` (`2026-03`), the oldest first. `days` reach back to the first of them. */
export const monthsIn = (days: readonly DayTotal[], last: string, count: number): readonly MonthTime[] =>
  Array.from({ length: count }, (_, n) => monthAfter(last, n - count + 1)).map((month) => ({
    month,
    seconds: sumOf(days, spanOf('month', `${month}-01`)).seconds,
  }))
