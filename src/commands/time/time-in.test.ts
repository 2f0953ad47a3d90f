import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { momentAt, typedTime } from '../../kernel/zones.ts'
import { type Sought, timeIn } from './time-in.ts'

/** Monday 23 November 2026, 14:00 in Seoul. */
const seoul = { now: new Date('2026-11-23T05:00:00Z'), timezone: 'Asia/Seoul' }

function read(typed: string, sought: Sought = {}, clock = seoul): string | null {
  const time = timeIn(typed, clock, sought)
  return time && typedTime(time, clock.timezone)
}

const korean: readonly (readonly [string, string])[] = [
  ['내일 오전 9시', '2026-11-24 09:00'],
  ['내일 오전9시', '2026-11-24 09:00'],
  ['내일 오전 9시에', '2026-11-24 09:00'],
  ['내일 9시부터', '2026-11-24 09:00'],
  ['내일, 9시', '2026-11-24 09:00'],
  ['낼 9시', '2026-11-24 09:00'],
  ['내일 아홉 시', '2026-11-24 09:00'],
  ['내일 열두 시', '2026-11-24 12:00'],
  ['내일 열한시 반', '2026-11-24 11:30'],
  ['내일 세 시', '2026-11-24 15:00'],
  ['내일 3시', '2026-11-24 15:00'],
  ['내일 새벽 3시', '2026-11-24 03:00'],
  ['내일 아침 7시', '2026-11-24 07:00'],
  ['내일 낮 1시', '2026-11-24 13:00'],
  ['내일 낮 12시', '2026-11-24 12:00'],
  ['내일 점심 12시 30분', '2026-11-24 12:30'],
  ['내일 오전 12시', '2026-11-24 00:00'],
  ['내일 오후 12시', '2026-11-24 12:00'],
  ['내일 오후 3:15', '2026-11-24 15:15'],
  ['오전 9:30', '2026-11-24 09:30'],
  ['내일 14시', '2026-11-24 14:00'],
  ['내일 14시 5분', '2026-11-24 14:05'],
  ['내일 14시 정각', '2026-11-24 14:00'],
  ['내일 오후 14시', '2026-11-24 14:00'],
  ['내일 14:00', '2026-11-24 14:00'],
  ['모레 저녁 7시 반', '2026-11-25 19:30'],
  ['내일모레 7시', '2026-11-25 07:00'],
  ['글피 오후 1시', '2026-11-26 13:00'],
  ['오늘 밤 11시', '2026-11-23 23:00'],
  ['오늘밤 11시 30분', '2026-11-23 23:30'],
  ['오늘 밤 12시', '2026-11-24 00:00'],
  ['오늘 밤 1시', '2026-11-24 01:00'],
  ['오늘 자정', '2026-11-24 00:00'],
  ['내일 정오', '2026-11-24 12:00'],
  ['오늘 새벽 2시', '2026-11-24 02:00'],
  ['오늘 9시', '2026-11-23 21:00'],
  ['9시', '2026-11-23 21:00'],
  ['3시', '2026-11-23 15:00'],
  ['2시', '2026-11-24 14:00'],
  ['0시', '2026-11-24 00:00'],
  ['내일 24시', '2026-11-25 00:00'],
  ['월요일 9시', '2026-11-30 09:00'],
  ['월요일 오후 3시', '2026-11-23 15:00'],
  ['화요일 14:00', '2026-11-24 14:00'],
  ['금요일 밤 12시', '2026-11-28 00:00'],
  ['일요일 아침 8시', '2026-11-29 08:00'],
  ['돌아오는 수요일 10시', '2026-11-25 10:00'],
  ['이번 주 금요일 18:30', '2026-11-27 18:30'],
  ['다음 주 월요일 14:00', '2026-11-30 14:00'],
  ['다음주 수 10시', '2026-12-02 10:00'],
  ['다다음 주 월요일 9시', '2026-12-07 09:00'],
  ['2시간 뒤', '2026-11-23 16:00'],
  ['두 시간 후', '2026-11-23 16:00'],
  ['한 시간 반 뒤', '2026-11-23 15:30'],
  ['1시간 20분 후', '2026-11-23 15:20'],
  ['30분 뒤', '2026-11-23 14:30'],
  ['30분 있다가', '2026-11-23 14:30'],
  ['지금', '2026-11-23 14:00'],
  ['사흘 뒤 오후 3시', '2026-11-26 15:00'],
  ['3일 뒤 21:00', '2026-11-26 21:00'],
  ['일주일 뒤 9시', '2026-11-30 09:00'],
  ['2주 후 14시', '2026-12-07 14:00'],
  ['한 달 뒤 9시', '2026-12-23 09:00'],
  ['12월 25일 21시', '2026-12-25 21:00'],
  ['12월 1일 (화) 9시', '2026-12-01 09:00'],
  ['12월 1일 화요일 오후 2시', '2026-12-01 14:00'],
  ['1월 3일 9시', '2027-01-03 09:00'],
  ['25일 오후 3시', '2026-11-25 15:00'],
  ['20일 오후 3시', '2026-12-20 15:00'],
  ['31일 9시', '2026-12-31 09:00'],
  ['다음 달 3일 9시', '2026-12-03 09:00'],
  ['이번 달 말일 저녁 8시', '2026-11-30 20:00'],
  ['내년 1월 1일 0시', '2027-01-01 00:00'],
  ['2027년 3월 2일 14시 30분', '2027-03-02 14:30'],
  ['2026. 12. 1. 오후 3시', '2026-12-01 15:00'],
  ['3/15 밤 9시', '2027-03-15 21:00'],
  ['2026-12-01 오후 3시', '2026-12-01 15:00'],
]

const english: readonly (readonly [string, string])[] = [
  ['tomorrow 9am', '2026-11-24 09:00'],
  ['Tomorrow at 9 AM', '2026-11-24 09:00'],
  ['tomorrow at 9', '2026-11-24 09:00'],
  ['tomorrow at 3', '2026-11-24 15:00'],
  ['tomorrow 3pm', '2026-11-24 15:00'],
  ['tomorrow 03:00', '2026-11-24 03:00'],
  ['tomorrow 9:15pm', '2026-11-24 21:15'],
  ['tomorrow at noon', '2026-11-24 12:00'],
  ['tomorrow 12am', '2026-11-24 00:00'],
  ['tomorrow 12pm', '2026-11-24 12:00'],
  ['tomorrow evening at 7', '2026-11-24 19:00'],
  ['9am tomorrow', '2026-11-24 09:00'],
  ['tomorrow, 14:00', '2026-11-24 14:00'],
  ['day after tomorrow 9am', '2026-11-25 09:00'],
  ['the day after tomorrow at 9am', '2026-11-25 09:00'],
  ['today 18:00', '2026-11-23 18:00'],
  ['today at 9', '2026-11-23 21:00'],
  ['tonight at 11', '2026-11-23 23:00'],
  ['tonight 23:30', '2026-11-23 23:30'],
  ['at 9', '2026-11-23 21:00'],
  ['at 3', '2026-11-23 15:00'],
  ['9pm', '2026-11-23 21:00'],
  ['9am', '2026-11-24 09:00'],
  ['21:00', '2026-11-23 21:00'],
  ['13:00', '2026-11-24 13:00'],
  ['noon', '2026-11-24 12:00'],
  ['midnight', '2026-11-24 00:00'],
  ['24:00', '2026-11-24 00:00'],
  ['Monday 14:30', '2026-11-23 14:30'],
  ['monday 10am', '2026-11-30 10:00'],
  ['on Tuesday at 10am', '2026-11-24 10:00'],
  ['tue 10am', '2026-11-24 10:00'],
  ['friday 18:30', '2026-11-27 18:30'],
  ['this friday 6pm', '2026-11-27 18:00'],
  ['next monday at 9', '2026-11-30 09:00'],
  ['next week monday 9am', '2026-11-30 09:00'],
  ['monday next week 9am', '2026-11-30 09:00'],
  ['21:00 on friday', '2026-11-27 21:00'],
  ['sunday 8 in the morning', '2026-11-29 08:00'],
  ['in 2 hours', '2026-11-23 16:00'],
  ['in two hours', '2026-11-23 16:00'],
  ['2 hours from now', '2026-11-23 16:00'],
  ['in 30 minutes', '2026-11-23 14:30'],
  ['in 45 min', '2026-11-23 14:45'],
  ['in an hour', '2026-11-23 15:00'],
  ['in half an hour', '2026-11-23 14:30'],
  ['in 1h30m', '2026-11-23 15:30'],
  ['in 3 days at 9am', '2026-11-26 09:00'],
  ['a week from now 9am', '2026-11-30 09:00'],
  ['now', '2026-11-23 14:00'],
  ['3/15 21:00', '2027-03-15 21:00'],
  ['12/25 9pm', '2026-12-25 21:00'],
  ['12/25/2027 9pm', '2027-12-25 21:00'],
  ['Dec 25 9pm', '2026-12-25 21:00'],
  ['December 25th at 9pm', '2026-12-25 21:00'],
  ['25 December at 21:00', '2026-12-25 21:00'],
  ['25 Dec 2027, 21:00', '2027-12-25 21:00'],
  ['March 3rd 2027 10:00', '2027-03-03 10:00'],
  ['Jan 3 9am', '2027-01-03 09:00'],
  ['2026-12-01 9am', '2026-12-01 09:00'],
  ['tomorrow 오전 9시', '2026-11-24 09:00'],
  ['내일 9am', '2026-11-24 09:00'],
]

const iso: readonly (readonly [string, string])[] = [
  ['2026-12-01T09:00', '2026-12-01 09:00'],
  ['2026-12-01 09:00', '2026-12-01 09:00'],
  ['2026-12-01T09:00:00', '2026-12-01 09:00'],
  ['2026-12-01T09:00Z', '2026-12-01 18:00'],
  ['2026-12-01t09:00:00.000z', '2026-12-01 18:00'],
  ['2026-12-01T09:00+09:00', '2026-12-01 09:00'],
  ['2026-12-01T09:00-05:00', '2026-12-01 23:00'],
  ['2026-12-01T09:00[America/New_York]', '2026-12-01 23:00'],
]

const past: readonly (readonly [string, string])[] = [
  ['어제 3시', '2026-11-22 15:00'],
  ['어제 새벽 3시', '2026-11-22 03:00'],
  ['그저께 밤 11시', '2026-11-21 23:00'],
  ['그제 9시', '2026-11-21 09:00'],
  ['어젯밤 11시', '2026-11-22 23:00'],
  ['오늘 오전 10시', '2026-11-23 10:00'],
  ['9시', '2026-11-23 09:00'],
  ['3시', '2026-11-23 03:00'],
  ['21:00', '2026-11-22 21:00'],
  ['13:30', '2026-11-23 13:30'],
  ['월요일 9시', '2026-11-23 09:00'],
  ['금요일 저녁 8시', '2026-11-20 20:00'],
  ['지난주 수요일 10시', '2026-11-18 10:00'],
  ['2시간 전', '2026-11-23 12:00'],
  ['20일 오후 3시', '2026-11-20 15:00'],
  ['12월 31일 9시', '2025-12-31 09:00'],
  ['3일 전 9시', '2026-11-20 09:00'],
  ['yesterday 3pm', '2026-11-22 15:00'],
  ['last night at 11pm', '2026-11-22 23:00'],
  ['last friday 9am', '2026-11-20 09:00'],
  ['friday 9am', '2026-11-20 09:00'],
  ['2 hours ago', '2026-11-23 12:00'],
  ['this morning at 9', '2026-11-23 09:00'],
  ['11/20 9:00', '2026-11-20 09:00'],
  ['2026-11-20 09:00', '2026-11-20 09:00'],
]

const wholeDays: readonly (readonly [string, string])[] = [
  ['오늘', '2026-11-23'],
  ['내일', '2026-11-24'],
  ['금요일', '2026-11-27'],
  ['다음 주 금요일', '2026-12-04'],
  ['12월 31일', '2026-12-31'],
  ['31일', '2026-12-31'],
  ['한 달 뒤', '2026-12-23'],
  ['12/31까지', '2026-12-31'],
  ['tomorrow', '2026-11-24'],
  ['friday', '2026-11-27'],
  ['until December 31', '2026-12-31'],
  ['2026-12-31', '2026-12-31'],
  ['today', '2026-11-23'],
]

const none = [
  '',
  'blah',
  'tomorrow',
  '내일',
  'tomorrow morning',
  '내일 오전',
  'tomorrow 9am blah',
  '내일 오전 9시 도서관',
  'tomorrow 25:00',
  '내일 25시',
  '내일 9시 75분',
  '내일 오전 14시',
  '2월 30일 9시',
  '13월 1일 9시',
  '2026-02-30 09:00',
  '2026-12-01T09:00[Mars/Olympus]',
  'from 3pm to 5pm',
  'tomorrow 9am and friday 9am',
  '3',
  '1'.repeat(101),
]

describe('a typed time', () => {
  test.each(korean)('%s in Korean', (typed, meant) => expect(read(typed)).toBe(meant))
  test.each(english)('%s in English', (typed, meant) => expect(read(typed)).toBe(meant))
  test.each(iso)('%s by ISO 8601', (typed, meant) => expect(read(typed)).toBe(meant))
  test.each(past)('%s, which is over', (typed, meant) => expect(read(typed, { past: true })).toBe(meant))
  test.each(wholeDays)('%s as a day', (typed, meant) => expect(read(typed, { day: true })).toBe(`${meant} 00:00`))
  test.each(none)('“%s” is none', (typed) => expect(read(typed)).toBeNull())

  test('has at least sixty phrases of each language', () => {
    expect(korean.length).toBeGreaterThanOrEqual(60)
    expect(english.length).toBeGreaterThanOrEqual(60)
  })
})

describe('the turn of the clocks in New York', () => {
  const spring = { now: new Date('2026-03-07T17:00:00Z'), timezone: 'America/New_York' }
  const autumn = { now: new Date('2026-10-31T16:00:00Z'), timezone: 'America/New_York' }
  test('a time that is skipped is the moment of the turn', () => {
    expect(timeIn('tomorrow 2:30am', spring)).toEqual(new Date('2026-03-08T07:00:00Z'))
    expect(timeIn('2026-03-08 02:00', spring)).toEqual(new Date('2026-03-08T07:00:00Z'))
  })
  test('a time that comes twice is the first', () => {
    expect(timeIn('내일 새벽 1시 30분', autumn)).toEqual(new Date('2026-11-01T05:30:00Z'))
  })
  test('hours from now are hours lived through', () => {
    const night = { ...spring, now: new Date('2026-03-08T06:30:00Z') }
    expect(timeIn('in 2 hours', night)).toEqual(new Date('2026-03-08T08:30:00Z'))
    expect(timeIn('2시간 뒤', night)).toEqual(new Date('2026-03-08T08:30:00Z'))
  })
  test('the day after keeps its time of day', () => {
    expect(timeIn('tomorrow 9am', spring)).toEqual(new Date('2026-03-08T13:00:00Z'))
    expect(timeIn('내일 9시', autumn)).toEqual(new Date('2026-11-01T14:00:00Z'))
  })
})

const zones = fc.constantFrom(
  'Asia/Seoul',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Asia/Kolkata',
)
const moments = fc.date({ min: new Date('2024-01-01T00:00:00Z'), max: new Date('2030-01-01T00:00:00Z'), noInvalidDate: true })
const clocks = fc.record({ now: moments, timezone: zones })

describe('whatever the zone and the moment', () => {
  test('a time written by us is read as the same moment', () => {
    fc.assert(
      fc.property(clocks, moments, (clock, moment) => {
        const typed = typedTime(moment, clock.timezone)
        const back = timeIn(typed, clock)
        expect(back && typedTime(back, clock.timezone)).toBe(typed)
      }),
    )
  })
  test('tomorrow at an hour is that hour of the next day in both languages, or the turn that skips it', () => {
    fc.assert(
      fc.property(clocks, fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (clock, hour, minute) => {
        const today = Temporal.PlainDate.from(typedTime(clock.now, clock.timezone).slice(0, 10))
        const meant = momentAt(today.add({ days: 1 }).toPlainDateTime({ hour, minute }), clock.timezone)
        const figures = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
        const half = hour < 12 ? '오전' : '오후'
        expect(timeIn(`tomorrow ${figures}`, clock)).toEqual(meant)
        expect(timeIn(`내일 ${figures}`, clock)).toEqual(meant)
        expect(timeIn(`내일 ${half} ${hour % 12 === 0 ? 12 : hour % 12}시 ${minute}분`, clock)).toEqual(meant)
      }),
    )
  })
  test('a bare time is the next one to come, or the last that was', () => {
    fc.assert(
      fc.property(clocks, fc.integer({ min: 0, max: 23 }), (clock, hour) => {
        const typed = `${String(hour).padStart(2, '0')}:00`
        const [next, last] = [timeIn(typed, clock), timeIn(typed, clock, { past: true })]
        expect(next && next.getTime() - clock.now.getTime()).toBeGreaterThan(0)
        expect(next && next.getTime() - clock.now.getTime()).toBeLessThanOrEqual(25 * 3_600_000)
        expect(last && clock.now.getTime() - last.getTime()).toBeGreaterThanOrEqual(0)
        expect(last && clock.now.getTime() - last.getTime()).toBeLessThan(25 * 3_600_000)
      }),
    )
  })
  test('minutes from now are that many, in both languages', () => {
    fc.assert(
      fc.property(clocks, fc.integer({ min: 1, max: 600 }), (clock, minutes) => {
        const meant = Math.floor(clock.now.getTime() / 1000) * 1000 + minutes * 60_000
        expect(timeIn(`${minutes}분 뒤`, clock)?.getTime()).toBe(meant)
        expect(Math.floor((timeIn(`in ${minutes} minutes`, clock)?.getTime() ?? 0) / 1000) * 1000).toBe(meant)
      }),
    )
  })
  test('nothing that is typed breaks it', () => {
    const words = fc.array(
      fc.constantFrom(
        '내일',
        '오전',
        '9시',
        '반',
        '월요일',
        'tomorrow',
        '9am',
        '3/15',
        '말일',
        '31일',
        '뒤',
        '전',
        '2026',
        ':',
        '24:00',
        'next',
        '-',
      ),
      {
        maxLength: 6,
      },
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          words.map((list) => list.join(' ')),
        ),
        clocks,
        fc.record({ past: fc.boolean(), day: fc.boolean() }),
        (typed, clock, sought) => {
          const time = timeIn(typed, clock, sought)
          expect(time === null || !Number.isNaN(time.getTime())).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })
})
