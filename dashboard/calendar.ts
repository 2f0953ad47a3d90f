import ical from 'ical-generator'
import type { FeedEvent } from '../src/domain/reservations/feed.queries.ts'
import type { Locale } from '../src/locales/text.ts'
import { say } from '../src/locales/write.ts'

/** Calendar apps may look again after this long, in seconds. */
const refreshSeconds = 15 * 60

/** Sessions as an iCalendar file. Every time is written in UTC, so that it needs no table of time zones, and each date stands by itself. */
export function calendarFile(events: readonly FeedEvent[], locale: Locale, now: Date): string {
  const calendar = ical({ name: say('reserve.calendar.name', locale), prodId: '//Focus Mate//Reservations//EN', ttl: refreshSeconds })
  for (const { uid, name, note, startsAt, endsAt, changedAt } of events) {
    calendar.createEvent({
      id: `${uid}@focus-mate`,
      stamp: now,
      lastModified: changedAt,
      start: startsAt,
      end: endsAt,
      summary: name,
      ...(note === null ? {} : { description: note }),
    })
  }
  return calendar.toString()
}
