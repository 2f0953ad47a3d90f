import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it, test } from 'vitest'
import { typedTime } from '../../kernel/zones.ts'
import { daysBetween, daysFrom, type Series, startOn } from './recurrence.ts'
import { clashOf, weekdaysIn } from './reservation.ts'

const series = (more: Partial<Series>): Series => ({
  starts_on: '2026-01-31',
  starts_time: '09:00:00',
  timezone: 'America/New_York',
  recurrence: 'none',
  weekdays: [],
  until_date: null,
  times: null,
  ...more,
})

describe('the days of a series', () => {
  it('falls on the last day of shorter months', () => {
    const days = daysFrom(series({ recurrence: 'monthly' }), '2026-01-31', 8)
    expect(days).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30', '2026-07-31', '2026-08-31'])
    expect(daysBetween(series({ starts_on: '2028-01-29', recurrence: 'monthly' }), '2028-02-01', '2028-03-31')).toEqual([
      '2028-02-29',
      '2028-03-29',
    ])
  })
  it('knows working days and chosen days', () => {
    expect(daysFrom(series({ recurrence: 'weekdays' }), '2026-01-31', 6).at(0)).toBe('2026-02-02')
    expect(daysFrom(series({ recurrence: 'weekdays' }), '2026-02-05', 3)).toEqual(['2026-02-05', '2026-02-06', '2026-02-09'])
    expect(daysFrom(series({ recurrence: 'days', weekdays: [1, 3] }), '2026-02-01', 3)).toEqual(['2026-02-02', '2026-02-04', '2026-02-09'])
  })
  it('ends after its last day, and after its number of times', () => {
    expect(daysFrom(series({ recurrence: 'weekly', until_date: '2026-02-14' }), '2026-01-31', 9)).toHaveLength(3)
    expect(daysFrom(series({ recurrence: 'daily', times: 3 }), '2026-02-01', 9)).toEqual(['2026-02-01', '2026-02-02'])
    expect(daysFrom(series({}), '2026-01-01', 9)).toEqual(['2026-01-31'])
  })
})

const zones = ['Asia/Seoul', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Pacific/Apia'] as const
const anySeries = fc
  .record({
    first: fc.integer({ min: 0, max: 2000 }),
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
    timezone: fc.constantFrom(...zones),
    recurrence: fc.constantFrom('daily' as const, 'weekdays' as const, 'weekly' as const, 'monthly' as const, 'days' as const),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  })
  .map(({ first, hour, minute, timezone, recurrence, weekdays }) =>
    series({
      starts_on: Temporal.PlainDate.from('2026-01-01').add({ days: first }).toString(),
      starts_time: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00`,
      timezone,
      recurrence,
      weekdays: recurrence === 'days' ? weekdays : [],
    }),
  )

/** The rule said once more, plainly: does this day belong to the series? */
function belongs({ starts_on, recurrence, weekdays }: Series, day: string): boolean {
  const [first, date] = [Temporal.PlainDate.from(starts_on), Temporal.PlainDate.from(day)]
  if (Temporal.PlainDate.compare(date, first) < 0) return false
  if (recurrence === 'daily') return true
  if (recurrence === 'weekdays') return date.dayOfWeek <= 5
  if (recurrence === 'days') return weekdays.includes(date.dayOfWeek)
  if (recurrence === 'weekly') return date.dayOfWeek === first.dayOfWeek
  return date.day === Math.min(first.day, date.daysInMonth)
}

describe('whatever the series', () => {
  it('has exactly the days that its rule names', () => {
    fc.assert(
      fc.property(anySeries, fc.integer({ min: 0, max: 60 }), (one, later) => {
        const from = Temporal.PlainDate.from(one.starts_on).add({ days: later })
        const all = Array.from({ length: 120 }, (_, n) => from.add({ days: n }).toString())
        expect(daysBetween(one, all[0] ?? '', all.at(-1) ?? '')).toEqual(all.filter((day) => belongs(one, day)))
        expect(daysFrom(one, all[0] ?? '', 2)).toEqual(all.filter((day) => belongs(one, day)).slice(0, 2))
      }),
      { numRuns: 60 },
    )
  })
  it('begins at its time of day on each of its days, or at the turn that skips it', () => {
    fc.assert(
      fc.property(anySeries, (one) => {
        for (const day of daysFrom(one, one.starts_on, 60)) {
          const start = startOn(one, day)
          const shown = typedTime(start, one.timezone)
          const before = typedTime(new Date(start.getTime() - 1000), one.timezone)
          const wanted = `${day} ${one.starts_time.slice(0, 5)}`
          expect(shown === wanted || (before < wanted && shown > wanted)).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('a clash', () => {
  const at = (from: string, minutes: number) => ({ name: from, from: new Date(`2026-03-02T${from}:00Z`), minutes })
  it('is two stretches at the same time, not one after the other', () => {
    expect(clashOf([at('09:00', 50)], [at('09:50', 25), at('08:35', 25)])).toBeNull()
    expect(clashOf([at('09:00', 50)], [at('09:49', 25)])?.name).toBe('09:49')
    expect(clashOf([at('09:00', 50)], [at('08:00', 180)])?.name).toBe('08:00')
  })
})

test.each<[string, readonly number[] | null]>([
  ['mon wed fri', [1, 3, 5]],
  ['Fri, Monday', [1, 5]],
  ['월수금', [1, 3, 5]],
  ['월요일, 수요일', [1, 3]],
  ['토 일', [6, 7]],
  ['sa su', [6, 7]],
  ['someday', null],
  ['m', null],
  ['월 9', null],
  ['', null],
])('the chosen days %s', (typed, days) => expect(weekdaysIn(typed)).toEqual(days))
