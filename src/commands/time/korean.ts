import { Chrono, en, type Meridiem, type Parser, type ParsingContext } from 'chrono-node'
import { Temporal } from 'temporal-polyfill'

/** A time that belongs to the night of the day before: its date is one day later than the one that is named. */
export const afterMidnight = 'korean/after-midnight'
/** A part of the day says which half is meant, and yet today's may be over: `오늘 새벽 2시` in the evening. */
export const beforeDawn = 'korean/before-dawn'

const numerals = ['한', '두', '세', '네', '다섯', '여섯', '일곱', '여덟', '아홉', '열', '열한', '열두']
/** Longest first, since 열 begins 열한 and 열두. */
const numeral = `\\d{1,3}|${numerals.toReversed().join('|')}`
const numberOf = (text: string): number => (/^\d/.test(text) ? Number(text) : numerals.indexOf(text) + 1)

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
const later = '뒤|후|이후|있다가|이따가?'
/** `(화)` or `화요일` behind a date, which already says the day. */
const spoken = `(?:\\s*\\(?[${weekdays}](?:요일|\\)))?`

/** The day and the time on the clock where the person is, without the zone of this machine in between. */
const wallOf = ({ reference }: ParsingContext): Temporal.PlainDateTime =>
  Temporal.Instant.fromEpochMilliseconds(reference.instant.getTime() + reference.getTimezoneOffset() * 60_000)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime()

type Found = ReturnType<Parser['extract']>
type Reading = { readonly pattern: RegExp; read(match: RegExpMatchArray, context: ParsingContext): Found }

const parser = ({ pattern, read }: Reading): Parser => ({ pattern: () => pattern, extract: (context, match) => read(match, context) })

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

const partsOfDay = ['오전', '오후', '새벽', '아침', '점심', '저녁', '낮', '밤', 'am', 'pm'] as const
type PartOfDay = (typeof partsOfDay)[number]

/** The hour of 24 that `hour` on the clock means in a part of the day, or null where it lies in none. */
function hourIn(part: PartOfDay, hour: number): number | null {
  if (hour > 12) return part === '오전' || part === '새벽' || part === 'am' ? null : hour
  const evening = hour === 12 ? 12 : hour + 12
  switch (part) {
    case '오전':
    case 'am':
    case '새벽':
      return hour % 12
    case '아침':
      return hour
    case '낮':
    case '점심':
      return hour >= 10 && hour < 12 ? hour : evening
    case '오후':
    case 'pm':
    case '저녁':
      return evening
    case '밤':
      return hour >= 6 && hour < 12 ? hour + 12 : hour % 12
  }
}

/** 오전 9시, 저녁 7시 반, 아홉 시 20분, 밤 11:30. Without a part of the day `meridiem` stays open. */
const clock: Reading = {
  pattern: new RegExp(
    `(?:(${partsOfDay.join('|')})에?\\s*)?(?:(${numeral})\\s*시(?!간)(?:\\s*(?:(반)|(\\d{1,2})분?|정각))?|(?<=(?:${partsOfDay.join('|')})에?\\s*)(\\d{1,2}):(\\d{2}))`,
  ),
  read: ([, part, spokenHour, half, minuteTyped, figureHour, figureMinute], context) => {
    const typed = spokenHour === undefined ? Number(figureHour) : numberOf(spokenHour)
    const minute = half === undefined ? Number(minuteTyped ?? figureMinute ?? 0) : 30
    const named = part as PartOfDay | undefined
    const hour = named === undefined ? typed : hourIn(named, typed)
    if (hour === null || typed > 24 || minute > 59 || (typed === 24 && minute > 0)) return null
    const components = context.createParsingComponents({ hour: hour % 24, minute })
    if (named !== undefined || typed > 12) components.assign('meridiem', (hour % 24 < 12 ? 0 : 1) as Meridiem)
    if (typed === 24 || (named === '밤' && hour < 6)) components.addTag(afterMidnight)
    if (named === '새벽') components.addTag(beforeDawn)
    return components
  },
}

/** 정오, and 자정: midnight at the end of the day that is named. */
const noonOrMidnight: Reading = {
  pattern: /(정오|자정)/,
  read: ([, word], context) => {
    const components = context.createParsingComponents({ hour: word === '정오' ? 12 : 0, minute: 0, meridiem: word === '정오' ? 1 : 0 })
    if (word === '자정') components.addTag(afterMidnight)
    return components
  },
}

/** 지금, 2시간 뒤, 한 시간 반 뒤, 1시간 20분 후, 30분 전: counted on the clock that never turns. */
const minutesAway: Reading = {
  pattern: new RegExp(`(?:(지금)|(?:(${numeral})\\s*시간(?:\\s*(반))?)?\\s*(?:(\\d{1,4})\\s*분)?(?<=간|반|분)\\s*(${later}|전)에?)`),
  read: ([, now, hours, half, minutes, way], context) => {
    const away = (hours === undefined ? 0 : numberOf(hours) * 60) + (half === undefined ? 0 : 30) + Number(minutes ?? 0)
    const signed = now === undefined ? (way === '전' ? -away : away) : 0
    const then = wallInUtc(context.reference.instant.getTime() + signed * 60_000)
    return context.createParsingComponents({ ...then, timezoneOffset: 0 })
  },
}

const wallInUtc = (milliseconds: number) => {
  const { year, month, day, hour, minute, second } = Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO('UTC')
  return { year, month, day, hour, minute, second }
}

const readings = [minutesAway, daysAway, weekdayOfWeek, weekday, monthDay, figures, dayWord, clock, noonOrMidnight]

/** English and Korean in any mix: a date in one and a time in the other still belong together. */
export const times: Chrono = (() => {
  const { parsers, refiners } = en.casual
  return new Chrono({ parsers: [...readings.map(parser), ...parsers], refiners: [...refiners] })
})()
