import { daysAfter, daysFrom, mondayOf } from '../../kernel/dates.ts'

export const periods = ['day', 'week', 'month', 'year', 'all'] as const
export type Period = (typeof periods)[number]

/** Own days as `2026-03-02`, both included. */
export type Span = { readonly from: string; readonly to: string }

/** The month so many months later (earlier where negative), as `2026-03`. */
export function monthAfter(month: string, months: number): string {
  const date = new Date(`${month}-01`)
  date.setUTCMonth(date.getUTCMonth() + months)
  return date.toISOString().slice(0, 7)
}

/** The period in which a day lies, whole: weeks from Monday, months and years of the calendar. All of time has no begin and no end. */
export function spanOf(period: Period, day: string): Span {
  switch (period) {
    case 'day':
      return { from: day, to: day }
    case 'week':
      return { from: mondayOf(day), to: daysAfter(mondayOf(day), 6) }
    case 'month':
      return { from: `${day.slice(0, 7)}-01`, to: daysAfter(`${monthAfter(day.slice(0, 7), 1)}-01`, -1) }
    case 'year':
      return { from: `${day.slice(0, 4)}-01-01`, to: `${day.slice(0, 4)}-12-31` }
    case 'all':
      return { from: '0001-01-01', to: '9999-12-31' }
  }
  return period satisfies never
}

/** The period before the one in which the day lies; all of time has none. */
export const spanBefore = (period: Period, day: string): Span | null =>
  period === 'all' ? null : spanOf(period, daysAfter(spanOf(period, day).from, -1))

/** The days of a span, in order. */
export const daysOf = ({ from, to }: Span): readonly string[] =>
  Array.from({ length: daysFrom(from, to) + 1 }, (_, n) => daysAfter(from, n))
