import type { Locale } from '../../locales/text.ts'

/** How somebody counts their days: in which zone (IANA name), and from which time of day (`04:00`) on. */
export type Calendar = { readonly timezone: string; readonly dayStart: string }

/** A calendar with the one that takes its place at `next.from`, always at the border of two days. */
export type CalendarNow = Calendar & { readonly next: (Calendar & { readonly from: Date }) | null }

/** Night owls finish their day after midnight (domain.md, section 2). */
export const usualDayStart = '04:00'

/** Whether it is a time of day, written as 04:00. */
export const isTimeOfDay = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)

/** Days begin on a quarter of an hour: so do those of every zone, and a quarter of time belongs to one day everywhere. */
export const isQuarter = (timeOfDay: string): boolean => /:(00|15|30|45)$/.test(timeOfDay)

/** The zone in which somebody probably is, until they say: where the platform says, where most who read Korean live, or as their server. */
export const guessedZone = (told: string | null, locale: Locale | null, workspaceZone: string | null): string =>
  told ?? (locale === 'ko' ? 'Asia/Seoul' : (workspaceZone ?? 'UTC'))
