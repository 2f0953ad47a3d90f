import { Temporal } from 'temporal-polyfill'

/** A person's clock: the moment, and the IANA zone in which they read it. */
export type WallClock = { readonly now: Date; readonly timezone: string }

/** What the clocks and calendars of the zone show at a moment. */
export const wallTime = (moment: Date, timezone: string): Temporal.PlainDateTime =>
  Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timezone).toPlainDateTime()

/**
 * The moment at which the clocks of the zone show `wall`. Where they show it twice, the first; where they skip it, the next moment
 * they do show, which is the turn itself.
 */
export function momentAt(wall: Temporal.PlainDateTime, timezone: string): Date {
  const early = wall.toZonedDateTime(timezone, { disambiguation: 'earlier' })
  if (early.toPlainDateTime().equals(wall)) return new Date(early.epochMilliseconds)
  const turn = early.getTimeZoneTransition('next')
  return new Date((turn ?? wall.toZonedDateTime(timezone)).epochMilliseconds)
}

/** The calendar day in the zone as YYYY-MM-DD. */
export const dayIn = (moment: Date, timezone: string): string => wallTime(moment, timezone).toPlainDate().toString()

/** The time as one types it in the zone: 2026-11-24 09:00. */
export const typedTime = (moment: Date, timezone: string): string =>
  wallTime(moment, timezone).toString({ smallestUnit: 'minute' }).replace('T', ' ')
