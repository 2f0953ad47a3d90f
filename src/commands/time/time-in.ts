import type { ParsedComponents } from 'chrono-node'
import { Temporal } from 'temporal-polyfill'
import { momentAt, type WallClock, wallTime } from '../../kernel/zones.ts'
import { folded } from '../../locales/names.ts'
import { times } from './korean.ts'
import { afterMidnight, beforeDawn } from './korean-clock.ts'

/** What is looked for: a moment to come, a moment that was, or a whole day, whose first moment is meant. */
export type Sought = { readonly past?: boolean; readonly day?: boolean }

const longestTyped = 100
const filler = /^[\s,]*(?:(?:at|on|by|from|until|에|부터|까지|쯤|경)[\s,]*)?$/
/** ISO 8601 with date and time, with or without a zone: 2026-12-01T09:00, 2026-12-01 09:00+09:00, 2026-12-01T09:00[Asia/Seoul]. */
const isoPattern = /^\d{4}-\d{2}-\d{2}(?:[t ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)?(z|[+-]\d{2}(?::?\d{2})?)?(\[[a-z/_+-]+\])?$/

/**
 * The moment that a person means by a typed time: in Korean, in English or by ISO 8601, read in their own zone; null where it is none,
 * or leaves the time of day open. `14:00` is a clock of 24 hours. A bare hour from 1 to 6 is in the afternoon, from 7 to 11 in the
 * morning, unless only the other half of the day fits what is sought; a day or a year left out is the nearest that fits.
 * The moment may still lie on the wrong side of now where the words leave no choice.
 */
export function timeIn(text: string, clock: WallClock, sought: Sought = {}): Date | null {
  const typed = respelled(folded(text).replace(/\s+/gu, ' ').trim())
  if (typed === '' || typed.length > longestTyped) return null
  if (isoPattern.test(typed)) return isoTime(typed.toUpperCase(), clock.timezone, sought)
  const offset = Temporal.Instant.fromEpochMilliseconds(clock.now.getTime()).toZonedDateTimeISO(clock.timezone).offsetNanoseconds / 6e10
  const [found, another] = times.parse(typed, { instant: clock.now, timezone: offset })
  if (found === undefined || another !== undefined || found.end) return null
  const around = [typed.slice(0, found.index), typed.slice(found.index + found.text.length)]
  if (!around.every((rest) => filler.test(rest))) return null
  return sought.day ? dayOf(found.start, typed, clock, sought) : momentOf(found.start, typed, clock, sought)
}

/** Ways to say a day for which the readers know another. */
const respelled = (typed: string): string =>
  typed
    .replace('어젯밤', '어제 밤')
    .replace(/\blast night\b/, 'yesterday')
    .replace(/^day after tomorrow/, 'the day after tomorrow')
    .replace(/\bnext week,? (?:on )?((?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/, 'next $1')
    .replace(/\b((?:mon|tues|wednes|thurs|fri|satur|sun)day),? next week\b/, 'next $1')
    .replace(/\b24:00\b/, '24시')

function isoTime(typed: string, timezone: string, { day }: Sought): Date | null {
  try {
    const withTime = /\d[T ]\d/.test(typed)
    if (!withTime && !day) return null
    if (day) return momentAt(Temporal.PlainDate.from(typed.slice(0, 10)).toPlainDateTime(), timezone)
    if (/\[/.test(typed)) return new Date(Temporal.ZonedDateTime.from(namedZone(typed)).epochMilliseconds)
    if (/(?:Z|[+-]\d{2}(?::?\d{2})?)$/.test(typed.slice(11))) return new Date(Temporal.Instant.from(typed).epochMilliseconds)
    return momentAt(Temporal.PlainDateTime.from(typed), timezone)
  } catch (error) {
    // A day or a zone that does not exist.
    if (error instanceof RangeError) return null
    throw error
  }
}

/** Zones are found whatever their case; the letters of the time are upper case. */
const namedZone = (typed: string): string => typed.replace(/\[.*\]$/, (zone) => zone.toLowerCase())

function momentOf(found: ParsedComponents, typed: string, clock: WallClock, sought: Sought): Date | null {
  if (!found.isCertain('hour')) return null
  if (found.isCertain('timezoneOffset')) return found.date()
  const hours = hoursMeant(found, typed)
  const steps = stepsOf(found, typed, clock, sought)
  const fits = (moment: Date): boolean => (sought.past ? moment <= clock.now : moment > clock.now)
  // Without a day the next 9 o'clock may be tonight's; a day that was named keeps the likelier hour as long as it can be moved.
  const ways = onlyTime(found)
    ? steps.flatMap((away) => hours.map((hour) => ({ away, hour })))
    : hours.flatMap((hour) => steps.map((away) => ({ away, hour })))
  const moments = ways.map(({ away, hour }) => momentWith(found, hour, away, clock.timezone)).filter((moment) => moment !== null)
  return moments.find(fits) ?? moments[0] ?? null
}

function dayOf(found: ParsedComponents, typed: string, clock: WallClock, sought: Sought): Date | null {
  if (onlyTime(found) || found.isCertain('timezoneOffset')) return null
  const today = wallTime(clock.now, clock.timezone).toPlainDate()
  const fits = (date: Temporal.PlainDate): boolean => Temporal.PlainDate.compare(date, today) * (sought.past ? -1 : 1) >= 0
  const dates = stepsOf(found, typed, clock, sought)
    .map((away) => dateWith(found, away))
    .filter((date) => date !== null)
  const date = dates.find(fits) ?? dates[0]
  return date === undefined ? null : momentAt(date.toPlainDateTime(), clock.timezone)
}

/** The hours of 24 that are meant, the likelier first. */
function hoursMeant(found: ParsedComponents, typed: string): readonly number[] {
  const hour = found.get('hour') ?? 0
  const exact = found.isCertain('meridiem') || /\d:\d\d|noon|midnight|\b0\d\b/.test(typed) || hour === 0 || hour > 12
  if (exact) return [hour]
  if (hour === 12) return [12, 0]
  return hour <= 6 ? [hour + 12, hour] : [hour, hour + 12]
}

type Away = { readonly days?: number; readonly months?: number; readonly years?: number }
const nowhere: Away = { days: 0 }

const onlyTime = (found: ParsedComponents): boolean =>
  (['weekday', 'day', 'month', 'year'] as const).every((field) => !found.isCertain(field))

/** How far a date that was not wholly said may be moved to fit. */
function stepsOf(found: ParsedComponents, typed: string, clock: WallClock, { past }: Sought): readonly Away[] {
  const way = past ? -1 : 1
  if (onlyTime(found)) return found.tags().has('casualReference/midnight') ? [{ days: -1 }, nowhere] : [nowhere, { days: way }]
  const weekday = found.isCertain('day') ? null : found.get('weekday')
  if (weekday !== null && found.isCertain('weekday')) {
    if (/\b(?:next|last|past|this)\b/.test(typed)) return [nowhere]
    const today = wallTime(clock.now, clock.timezone).toPlainDate()
    const nearest = today.add({ days: (((weekday - today.dayOfWeek) % 7) + 7) % 7 })
    const here = Temporal.PlainDate.from({ year: found.get('year') ?? 0, month: found.get('month') ?? 1, day: found.get('day') ?? 1 })
    const { days } = here.until(nearest)
    return past ? [{ days }, { days: days - 7 }] : [{ days }, { days: days + 7 }]
  }
  if (found.isCertain('day') && !found.isCertain('month')) return [nowhere, { months: way }, { months: 2 * way }]
  if (found.isCertain('month') && !found.isCertain('year')) return [nowhere, { years: way }]
  return found.tags().has(beforeDawn) && /오늘/.test(typed) && !past ? [nowhere, { days: 1 }] : [nowhere]
}

function dateWith(found: ParsedComponents, away: Away): Temporal.PlainDate | null {
  const [year, month, day] = [found.get('year'), found.get('month'), found.get('day')]
  if (year === null || month === null || day === null) return null
  try {
    const date = Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).add(away)
    return away.months !== undefined || away.years !== undefined ? (date.day === day ? date : null) : date
  } catch (error) {
    // The 30th of February.
    if (error instanceof RangeError) return null
    throw error
  }
}

function momentWith(found: ParsedComponents, hour: number, away: Away, timezone: string): Date | null {
  const date = dateWith(found, away)
  if (date === null) return null
  const night = found.tags().has(afterMidnight) ? 1 : 0
  const time = new Temporal.PlainTime(hour === 24 ? 0 : hour, found.get('minute') ?? 0, found.get('second') ?? 0)
  return momentAt(date.add({ days: hour === 24 ? 1 : night }).toPlainDateTime(time), timezone)
}
