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

/** A length of time in seconds as `3 h 20 min` or `3시간 20분`; begun minutes are dropped, under a minute it is `40 s` or `40초`. */
export function duration(seconds: number, locale: Locale): string {
  const whole = Math.max(Math.floor(seconds), 0)
  const unit = units[locale]
  if (whole < 60) return whole + unit.second
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  const parts = [hours > 0 ? number(hours, locale) + unit.hour : null, minutes > 0 ? minutes + unit.minute : null]
  return parts.filter((part) => part !== null).join(' ')
}

/** The time of day on a clock in `timezone` (IANA): 14:25. */
export const clockTime = (time: Date, timezone: string): string => formatter('en', timezone, 'clock').format(time)

/** The day in `timezone` (IANA): November 23, 2026 or 2026년 11월 23일. */
export const dayOf = (time: Date, locale: Locale, timezone: string): string => formatter(locale, timezone, 'date').format(time)

const dayStyles: Readonly<Record<DayForm, Intl.DateTimeFormatOptions>> = {
  day: { weekday: 'long', day: 'numeric', month: 'long' },
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

/** A day of the calendar (`2026-03-02`, or the first of a month as `2026-03`), whatever the zone: Mon, 월; 2 Mar, 3월 2일. */
export function calendarDay(day: string, as: DayForm, locale: Locale): string {
  const known = dayFormatters[locale].get(as)
  const format = known ?? new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'ko', { ...dayStyles[as], timeZone: 'UTC' })
  if (known === undefined) dayFormatters[locale].set(as, format)
  return format.format(new Date(day))
}

/** How far `time` is from `now`: `in 12 minutes`, `12분 후`; in the past `12 minutes ago`, `12분 전`. */
export function countdown(time: Date, now: Date, locale: Locale): string {
  const seconds = Math.round((time.getTime() - now.getTime()) / 1000)
  const [value, unit] = largestUnit(seconds)
  return relatives[locale].format(value, unit)
}

/** Ninety minutes are said in minutes and a day and a half in hours, since a rounded larger unit would mislead. */
function largestUnit(seconds: number): [value: number, unit: 'second' | 'minute' | 'hour' | 'day'] {
  const distance = Math.abs(seconds)
  if (distance < 60) return [seconds, 'second']
  if (distance < 90 * 60) return [Math.round(seconds / 60), 'minute']
  if (distance < 36 * 3600) return [Math.round(seconds / 3600), 'hour']
  return [Math.round(seconds / 86_400), 'day']
}

/** Formatters are slow to make; the zones and languages that people really use are few. */
const formatters = new Map<string, Intl.DateTimeFormat>()
const mostFormatters = 500

function formatter(locale: Locale, timezone: string, as: 'clock' | 'date'): Intl.DateTimeFormat {
  const name = `${locale} ${timezone} ${as}`
  const known = formatters.get(name)
  if (known) return known
  const style: Intl.DateTimeFormatOptions =
    as === 'clock' ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } : { dateStyle: 'long' }
  const made = new Intl.DateTimeFormat(locale, { ...style, timeZone: timezone })
  if (formatters.size >= mostFormatters) formatters.clear()
  formatters.set(name, made)
  return made
}
