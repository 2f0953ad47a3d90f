import { Refusal } from '../../kernel/refusal.ts'
import type { Locale } from '../../locales/text.ts'
import { zoneOfCity } from './cities.ts'
import { isTimezone } from './person.ts'

/** How somebody counts their days: in which zone (IANA name), and from which time of day (`04:00`) on. */
export type Calendar = { readonly timezone: string; readonly dayStart: string }

/** A calendar with the one that takes its place at `next.from`, always at the border of two days. */
export type CalendarNow = Calendar & { readonly next: (Calendar & { readonly from: Date }) | null }

/** Night owls finish their day after midnight (domain.md, section 2). */
export const usualDayStart = '04:00'

/** A time of day as `04:00`, where it is written as 04:00, 4:00, 4, 4시, 4시 반 or 4시 30분; null for anything else. */
export function timeOfDayIn(text: string): string | null {
  const [, hour, figures, half, spoken] = timeOfDay.exec(text.normalize('NFKC').trim()) ?? []
  if (hour === undefined) return null
  const minute = half === undefined ? (figures ?? spoken ?? '0') : '30'
  return Number(hour) > 23 || Number(minute) > 59 ? null : `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
}
const timeOfDay = /^(\d{1,2})(?::(\d{2})|시(?:\s*(?:(반)|(\d{1,2})분))?)?$/u

/**
 * Why the text is no beginning of a day; null where it is one. Days begin on a quarter of an hour: so do those of every zone, and a
 * quarter of time belongs to one day everywhere.
 */
export function dayStartFault(typed: string): Refusal | null {
  const time = timeOfDayIn(typed)
  if (time === null) return new Refusal('invalid', 'settings.day-start.unknown', { time: typed })
  return /:(00|15|30|45)$/.test(time) ? null : new Refusal('invalid', 'settings.day-start.quarter', { time })
}

/** Why the text names no zone; null where it does. */
export const zoneFault = (zone: string): Refusal | null =>
  isTimezone(zone) || zoneOfCity(zone) !== null ? null : new Refusal('invalid', 'settings.timezone.unknown', { zone })

/** The zone in which somebody probably is, until they say: where the platform says, where most who read Korean live, or as their server. */
export const guessedZone = (told: string | null, locale: Locale | null, workspaceZone: string | null): string =>
  told ?? (locale === 'ko' ? 'Asia/Seoul' : (workspaceZone ?? 'UTC'))
