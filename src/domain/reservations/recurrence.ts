import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import type { Recurrence } from '../../db/schema.ts'
import { momentAt } from '../../kernel/zones.ts'

/** On which days a reservation takes place and at what time of day, by the calendar of its zone. Days are written 2026-03-31, times 09:00:00. */
export type Series = {
  readonly starts_on: string
  readonly starts_time: string
  readonly timezone: string
  readonly recurrence: Recurrence
  /** Chosen days, from 1 for Monday to 7 for Sunday. */
  readonly weekdays: readonly number[]
  readonly until_date: string | null
  readonly times: number | null
}

const dayNames = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
const workdays = dayNames.slice(0, 5)

/** The rule counts days alone, in UTC, where none is longer than another; the zone comes in with the time of day. */
const atMidnight = (day: string): Temporal.ZonedDateTime => Temporal.PlainDate.from(day).toZonedDateTime('UTC')

function ruleOf(series: Series): RRuleTemporal<Temporal.ZonedDateTime> {
  const first = Temporal.PlainDate.from(series.starts_on)
  const ends = {
    ...(series.times === null ? {} : { count: series.times }),
    ...(series.until_date === null ? {} : { until: atMidnight(series.until_date) }),
  }
  const common = { dtstart: atMidnight(series.starts_on), temporal: Temporal, ...ends }
  switch (series.recurrence) {
    case 'none':
      return new RRuleTemporal({ ...common, freq: 'DAILY', count: 1 })
    case 'daily':
      return new RRuleTemporal({ ...common, freq: 'DAILY' })
    case 'weekdays':
      return new RRuleTemporal({ ...common, freq: 'WEEKLY', byDay: [...workdays] })
    case 'days':
      return new RRuleTemporal({ ...common, freq: 'WEEKLY', byDay: series.weekdays.map((day) => dayNames[day - 1] ?? 'MO') })
    case 'weekly':
      return new RRuleTemporal({ ...common, freq: 'WEEKLY' })
    case 'monthly': {
      if (first.day <= 28) return new RRuleTemporal({ ...common, freq: 'MONTHLY' })
      // Of the 28th up to the day itself the last that the month has.
      const byMonthDay = Array.from({ length: first.day - 27 }, (_, n) => 28 + n)
      return new RRuleTemporal({ ...common, freq: 'MONTHLY', byMonthDay, bySetPos: [-1] })
    }
  }
}

/** At most `most` days of the series, the first on `from` or later. */
export function daysFrom(series: Series, from: string, most: number): readonly string[] {
  const rule = ruleOf(series)
  const days: string[] = []
  let next = rule.next(atMidnight(from), true)
  while (next !== null && days.length < most) {
    days.push(next.toPlainDate().toString())
    next = rule.next(next)
  }
  return days
}

/** The days of the series from one day to another, both included. */
export const daysBetween = (series: Series, from: string, to: string): readonly string[] =>
  ruleOf(series)
    .between(atMidnight(from), atMidnight(to), true)
    .map((date) => date.toPlainDate().toString())

/** When it begins on one of its days: the time of day holds over the turns of the clocks. */
export const startOn = ({ starts_time, timezone }: Pick<Series, 'starts_time' | 'timezone'>, day: string): Date =>
  momentAt(Temporal.PlainDate.from(day).toPlainDateTime(Temporal.PlainTime.from(starts_time)), timezone)
