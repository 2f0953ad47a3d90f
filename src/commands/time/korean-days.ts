import type { ParsingContext } from 'chrono-node'
import { Temporal } from 'temporal-polyfill'
import { type Found, later, numberOf, numeral, type Reading } from './korean-reading.ts'

const dayWords: Readonly<Record<string, number>> = {
  그글피: 4,
  글피: 3,
  내일모레: 2,
  모레: 2,
  내일: 1,
  낼: 1,
  오늘: 0,
  어제: -1,
  엊그제: -2,
  그저께: -2,
  그제: -2,
}
const countedDays: Readonly<Record<string, number>> = {
  하루: 1,
  이틀: 2,
  사흘: 3,
  나흘: 4,
  닷새: 5,
  엿새: 6,
  일주일: 7,
  열흘: 10,
  보름: 15,
}
const weekdays = '월화수목금토일'
const weeks: Readonly<Record<string, number>> = { 지지난: -2, 지난: -1, 저번: -1, 이번: 0, 다음: 1, 담: 1, 다다음: 2 }
const months: Readonly<Record<string, number>> = { 지난: -1, 저번: -1, 이번: 0, 다음: 1, 담: 1, 다다음: 2 }
const years: Readonly<Record<string, number>> = { 재작년: -2, 작년: -1, 올해: 0, 내년: 1, 내후년: 2 }

const anyOf = (words: Readonly<Record<string, number>>): string =>
  Object.keys(words)
    .toSorted((a, b) => b.length - a.length)
    .join('|')
/** `(화)` or `화요일` behind a date, which already says the day. */
const spoken = `(?:\\s*\\(?[${weekdays}](?:요일|\\)))?`

/** The day and the time on the clock where the person is, without the zone of this machine in between. */
const wallOf = ({ reference }: ParsingContext): Temporal.PlainDateTime =>
  Temporal.Instant.fromEpochMilliseconds(reference.instant.getTime() + reference.getTimezoneOffset() * 60_000)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime()

const on = (context: ParsingContext, date: Temporal.PlainDate): Found =>
  context.createParsingComponents({ year: date.year, month: date.month, day: date.day })

/** A date of the calendar, or nothing where there is none such: 2월 30일. */
function calendarDay(year: number, month: number, day: number): Temporal.PlainDate | null {
  if (month < 1 || month > 12 || day < 1) return null
  const first = Temporal.PlainDate.from({ year, month, day: 1 })
  return day > first.daysInMonth ? null : first.with({ day })
}

const dayWord: Reading = {
  pattern: new RegExp(`(${anyOf(dayWords)})은?`),
  read: ([, word = ''], context) =>
    on(
      context,
      wallOf(context)
        .toPlainDate()
        .add({ days: dayWords[word] ?? 0 }),
    ),
}

/** 사흘 뒤, 2주 후, 3일 전, 한 달 뒤. */
const daysAway: Reading = {
  pattern: new RegExp(`(?:(${anyOf(countedDays)})|(${numeral})\\s*(일|주일|주|달|개월|년))\\s*(${later}|전)에?`),
  read: ([, counted, count = '', unit = '', way], context) => {
    const number = counted === undefined ? numberOf(count) : (countedDays[counted] ?? 0)
    const field = counted !== undefined || unit === '일' ? 'days' : unit.startsWith('주') ? 'weeks' : unit === '년' ? 'years' : 'months'
    const today = wallOf(context).toPlainDate()
    return on(context, way === '전' ? today.subtract({ [field]: number }) : today.add({ [field]: number }))
  },
}

/** 다음 주 월요일: weeks begin on Monday. */
const weekdayOfWeek: Reading = {
  pattern: new RegExp(`(${anyOf(weeks)})\\s*주\\s*([${weekdays}])(?:요일|(?=\\s|$))`),
  read: ([, week = '', name = ''], context) => {
    const today = wallOf(context).toPlainDate()
    const monday = today.subtract({ days: today.dayOfWeek - 1 })
    return on(context, monday.add({ days: 7 * (weeks[week] ?? 0) + weekdays.indexOf(name) }))
  },
}

/** 월요일: the nearest one in the direction that is asked for, chosen once the time is known. */
const weekday: Reading = {
  pattern: new RegExp(`(?:돌아오는\\s*|이번\\s*|다음\\s*|지난\\s*)?([${weekdays}])요일`),
  read: ([, name = ''], context) => context.createParsingComponents({ weekday: (weekdays.indexOf(name) + 1) % 7 }),
}

/** 12월 25일, 내년 1월 1일, 2027년 3월 2일, 25일, 다음 달 3일, 이번 달 말일. */
const monthDay: Reading = {
  pattern: new RegExp(
    `(?:(?:(\\d{4})년|(${anyOf(years)}))\\s*)?(?:(\\d{1,2})월\\s*|(${anyOf(months)})\\s*달\\s*)?(?:(\\d{1,2})일|(말일))(?!\\s*(?:${later}|전))${spoken}`,
  ),
  read: ([, yearTyped, yearWord, monthTyped, monthWord, dayTyped, last], context) => {
    const today = wallOf(context).toPlainDate()
    const year = yearTyped === undefined ? today.year + (years[yearWord ?? ''] ?? 0) : Number(yearTyped)
    const base = monthWord === undefined ? today.with({ day: 1 }) : today.with({ day: 1 }).add({ months: months[monthWord] ?? 0 })
    const month = monthTyped === undefined ? base.month : Number(monthTyped)
    const yearMeant = monthWord === undefined ? year : base.year
    const first = calendarDay(yearMeant, month, 1)
    if (!first) return null
    const day = last === undefined ? Number(dayTyped) : first.daysInMonth
    const open = monthTyped === undefined && monthWord === undefined
    // Of two months that follow each other one at least has 31 days.
    const date =
      calendarDay(yearMeant, month, day) ?? (open ? calendarDay(first.add({ months: 1 }).year, first.add({ months: 1 }).month, day) : null)
    if (!date) return null
    const known = context.createParsingComponents({ day: date.day })
    const sure = { year: yearTyped ?? yearWord ?? monthWord, month: monthTyped ?? monthWord }
    for (const field of ['year', 'month'] as const) {
      if (sure[field] === undefined) known.imply(field, date[field])
      else known.assign(field, date[field])
    }
    return known
  },
}

/** 2026. 12. 1. and 12. 1. as Korean writes dates in figures. */
const figures: Reading = {
  pattern: new RegExp(`(?:(\\d{4})\\.\\s*)?(\\d{1,2})\\.\\s*(\\d{1,2})\\.${spoken}`),
  read: ([, year, month, day], context) => {
    const date = calendarDay(year === undefined ? wallOf(context).year : Number(year), Number(month), Number(day))
    if (!date) return null
    if (year !== undefined) return on(context, date)
    return context.createParsingComponents({ month: date.month, day: date.day })
  },
}

/** All that say a day. */
export const dayReadings: readonly Reading[] = [daysAway, weekdayOfWeek, weekday, monthDay, figures, dayWord]
