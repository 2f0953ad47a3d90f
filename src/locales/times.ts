import { daysFrom } from '../kernel/dates.ts'
import type { DayForm, Locale } from './text.ts'

const units = {
  en: { hour: ' h', minute: ' min', second: ' s' },
  ko: { hour: '시간', minute: '분', second: '초' },
} as const satisfies Record<Locale, object>

const numbers = { en: new Intl.NumberFormat('en'), ko: new Intl.NumberFormat('ko') }
const relatives = {
  en: new Intl.RelativeTimeFormat('en', { numeric: 'auto' }),
  ko: new Intl.RelativeTimeFormat('ko', { numeric: 'auto' }),
}

/** A number as the language writes it: 12,345. */
export const number = (value: number, locale: Locale): string => numbers[locale].format(value)

/** A length of time in seconds as `3 h 20 min` or `3시간 20분`; begun minutes are dropped, under a minute it is `40 s` or `40초`, and nothing `0 min`. */
export function duration(seconds: number, locale: Locale): string {
  const whole = Math.max(Math.floor(seconds), 0)
  const unit = units[locale]
  if (whole === 0) return whole + unit.minute
  if (whole < 60) return whole + unit.second
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  const parts = [hours > 0 ? number(hours, locale) + unit.hour : null, minutes > 0 ? minutes + unit.minute : null]
  return parts.filter((part) => part !== null).join(' ')
}

/** The time of day on a clock in `timezone` (IANA): 14:25. */
export const clockTime = (time: Date, timezone: string): string => formatter(timezone, 'clock').format(time)

/** The day of a moment in `timezone` (IANA), as a day of the calendar is written; with its year where that is another than now. */
export function dayOf(time: Date, now: Date, locale: Locale, timezone: string): string {
  const [day, today] = [isoDay(time, timezone), isoDay(now, timezone)]
  const written = calendarDay(day, 'day', locale)
  const year = day.slice(0, 4)
  if (year === today.slice(0, 4)) return written
  return locale === 'ko' ? `${year}년 ${written}` : `${written} ${year}`
}

const isoDay = (time: Date, timezone: string): string => formatter(timezone, 'day').format(time)

const dayStyles: Readonly<Record<DayForm, Intl.DateTimeFormatOptions>> = {
  day: { weekday: 'short', day: 'numeric', month: 'long' },
  weekday: { weekday: 'short' },
  date: { day: 'numeric', month: 'short' },
  month: { month: 'short' },
  'month-year': { month: 'long', year: 'numeric' },
  year: { year: 'numeric' },
}
const dayFormatters = {
  en: new Map<DayForm, Intl.DateTimeFormat>(),
  ko: new Map<DayForm, Intl.DateTimeFormat>(),
} as const satisfies Record<Locale, object>

/** A day of the calendar (`2026-03-02`, or the first of a month as `2026-03`), whatever the zone: Mon 2 March, 3월 2일 (월); Mo, 월; 2 Mar, 3월 2일. */
export function calendarDay(day: string, as: DayForm, locale: Locale): string {
  const known = dayFormatters[locale].get(as)
  const format = known ?? new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'ko', { ...dayStyles[as], timeZone: 'UTC' })
  if (known === undefined) dayFormatters[locale].set(as, format)
  const written = format.format(new Date(day))
  // Seven of them stand side by side in a chart that is as narrow as a phone.
  return as === 'weekday' ? written.slice(0, 2) : written
}

/**
 * How far `time` is from `now`: `in 12 minutes`, `12분 후`; in the past `12 minutes ago`, `12분 전`. Days are those of the calendar in
 * `timezone`, so that `tomorrow` is the day that people call so.
 */
export function countdown(time: Date, now: Date, locale: Locale, timezone: string): string {
  const seconds = Math.round((time.getTime() - now.getTime()) / 1000)
  const [value, unit] = largestUnit(seconds, () => daysFrom(isoDay(now, timezone), isoDay(time, timezone)))
  return relatives[locale].format(value, unit)
}

/** Ninety minutes are said in minutes and a day and a half in hours, since a rounded larger unit would mislead. */
function largestUnit(seconds: number, days: () => number): [value: number, unit: 'second' | 'minute' | 'hour' | 'day'] {
  const distance = Math.abs(seconds)
  if (distance < 60) return [seconds, 'second']
  if (distance < 90 * 60) return [Math.round(seconds / 60), 'minute']
  if (distance < 36 * 3600) return [Math.round(seconds / 3600), 'hour']
  return [days(), 'day']
}

/** Formatters are slow to make; the zones that people really use are few. */
const formatters = new Map<string, Intl.DateTimeFormat>()
const mostFormatters = 500

function formatter(timezone: string, as: 'clock' | 'day'): Intl.DateTimeFormat {
  const name = `${timezone} ${as}`
  const known = formatters.get(name)
  if (known) return known
  const style: Intl.DateTimeFormatOptions =
    as === 'clock' ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } : { year: 'numeric', month: '2-digit', day: '2-digit' }
  // Of all English dates Canada's alone are written 2026-03-02.
  const made = new Intl.DateTimeFormat('en-CA', { ...style, timeZone: timezone })
  if (formatters.size >= mostFormatters) formatters.clear()
  formatters.set(name, made)
  return made
}
