import type { Meridiem } from 'chrono-node'
import { Temporal } from 'temporal-polyfill'
import { later, numberOf, numeral, type Reading } from './korean-reading.ts'

/** A time that belongs to the night of the day before: its date is one day later than the one that is named. */
export const afterMidnight = 'korean/after-midnight'
/** A part of the day says which half is meant, and yet today's may be over: `오늘 새벽 2시` in the evening. */
export const beforeDawn = 'korean/before-dawn'

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
export const minutesAway: Reading = {
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

/** All that say a time of the day. */
export const clockReadings: readonly Reading[] = [clock, noonOrMidnight]
