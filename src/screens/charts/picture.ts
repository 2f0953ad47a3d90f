import type { Text } from '../../locales/text.ts'

/**
 * A picture as data, drawn by `svgOf` in the reader's language; its title says what is to be seen in it. Days are own days as
 * `2026-03-02`, months `2026-03`; all amounts are seconds.
 */
export type Picture = WeekPicture | YearPicture | HoursPicture | MonthsPicture | TopicsPicture | DayPicture

/** How a day stands in the streak: focused enough, a rest day, saved by a freeze, by an outage, missed, or still going on. */
export type StreakDay = 'kept' | 'rest' | 'frozen' | 'protected' | 'missed' | 'open'

/** Seven days from Monday with the daily goal, today's share of it, and how the last 14 days stand in the streak (the oldest first). */
export type WeekPicture = {
  readonly kind: 'week'
  readonly title: Text
  readonly days: readonly { readonly day: string; readonly seconds: number }[]
  /** Null in a week that is over. */
  readonly today: string | null
  /** Seconds a day; null without a goal. */
  readonly goal: number | null
  readonly streak: { readonly days: number; readonly strip: readonly StreakDay[] } | null
}

/** Every day of a year; those that are missing had nothing. `until` is the last day that has come. */
export type YearPicture = {
  readonly kind: 'year'
  readonly title: Text
  readonly year: number
  readonly until: string
  readonly days: ReadonlyMap<string, number>
}

/** When in the day the person focuses: 24 sums by hour of the local clock. */
export type HoursPicture = { readonly kind: 'hours'; readonly title: Text; readonly hours: readonly number[] }

/** Months side by side, the oldest first; `current` is the one that goes on. */
export type MonthsPicture = {
  readonly kind: 'months'
  readonly title: Text
  readonly months: readonly { readonly month: string; readonly seconds: number }[]
  readonly current: string
}

/** What the time went into, the largest first. */
export type TopicsPicture = {
  readonly kind: 'topics'
  readonly title: Text
  readonly topics: readonly { readonly name: Text; readonly seconds: number }[]
}

/** `focus` counted, `break` is a break, `calm` was there and did not count, `warning` needs an answer. */
export type StretchTone = 'focus' | 'break' | 'calm' | 'warning'
export type Stretch = { readonly from: Date; readonly to: Date; readonly tone: StretchTone }

/** A timeline of one day: what happened, track under track. Stretches may reach over its borders and are cut there. */
export type DayPicture = {
  readonly kind: 'day'
  readonly title: Text
  readonly from: Date
  readonly to: Date
  readonly tracks: readonly { readonly label: Text; readonly stretches: readonly Stretch[] }[]
  /** What the tones that are used mean. */
  readonly legend: readonly { readonly tone: StretchTone; readonly label: Text }[]
}
