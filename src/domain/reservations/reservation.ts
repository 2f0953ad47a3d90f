import type { OccurrenceState, Recurrence } from '../../db/schema.ts'
import { after, minutes } from '../../kernel/clock.ts'
import type { OccurrenceId, PersonId, ReservationId, RoomId, WorkspaceId } from '../../kernel/ids.ts'
import type { Series } from './recurrence.ts'

/** A room still opens this long after its time, and says that it is late; after that the date is missed. */
export const latestMinutes = 60
/** From here on an opening says that it is late. */
export const lateMinutes = 2
/** So many dates of a series are written down ahead. */
export const datesAhead = 3
/** Reservations with dates to come that one person may have made. */
export const mostReservations = 50
/** Nothing is planned further ahead. */
export const furthestDays = 366
/** Dates of the calendar feed, and those among which a clash is looked for. */
export const horizonDays = 90
/** Reminder where none is chosen. */
export const usualRemindMinutes = 10

/** One date of a reservation, as whoever looks sees it. */
export type ReservationView = Series & {
  readonly id: OccurrenceId
  readonly reservation: ReservationId
  readonly workspace: WorkspaceId
  readonly day: string
  readonly startsAt: Date
  readonly state: OccurrenceState
  readonly openedAt: Date | null
  readonly name: string
  readonly note: string | null
  readonly workMinutes: number
  readonly breakMinutes: number
  readonly remindMinutes: number
  /** The name is null where it is nobody else’s to read. */
  readonly host: { readonly id: PersonId; readonly name: string | null } | null
  /** The room whose timer starts; null: a room is opened. */
  readonly room: { readonly id: RoomId; readonly name: string; readonly isPrivate: boolean } | null
  readonly voiceChannel: string | null
  /** At most eleven of those who come besides the host and may be named to everyone, by when they joined; `comingCount` counts all. */
  readonly coming: readonly { readonly id: PersonId; readonly name: string }[]
  readonly comingCount: number
  readonly standing: {
    readonly person: PersonId
    readonly isHost: boolean
    readonly isComing: boolean
    readonly isInvited: boolean
    /** A member of the workspace who acts there. */
    readonly isNeighbour: boolean
  }
}

/** What one date has of its own: what is null, and the time where it was not moved, is as its series says. */
export type OwnDate = {
  readonly state: OccurrenceState
  readonly starts_at: Date
  readonly moved: boolean
  readonly name: string | null
  readonly note: string | null
  readonly work_duration_minutes: number | null
  readonly break_duration_minutes: number | null
}
/** By the day by which the series counts the date. */
export type OwnDates = ReadonlyMap<string, OwnDate>

export const repeats = ({ recurrence }: { readonly recurrence: Recurrence }): boolean => recurrence !== 'none'

/** A planned session as a stretch of time: as long as its focus. */
export type Stretch = { readonly name: string; readonly from: Date; readonly minutes: number }

/** The first of `theirs` that takes place at the same time as one of `mine`; null where all fit. */
export function clashOf(mine: readonly Stretch[], theirs: readonly Stretch[]): Stretch | null {
  const end = ({ from, minutes: length }: Stretch): Date => after(from, minutes(length))
  return theirs.find((other) => mine.some((one) => one.from < end(other) && other.from < end(one))) ?? null
}

/** Chosen days as they are typed: `mon wed fri`, `월수금`, `월요일, 수요일`; null where something else stands there. */
export function weekdaysIn(typed: string): readonly number[] | null {
  const text = typed.normalize('NFKC').toLowerCase()
  const words = text.match(/[a-z]+/g) ?? []
  const korean = [...text.replace(/요일/g, '')].filter((letter) => /\p{Script=Hangul}/u.test(letter))
  const found = [
    ...words.map((word) => englishDays.findIndex((day) => word.length >= 2 && day.startsWith(word))),
    ...korean.map((letter) => '월화수목금토일'.indexOf(letter)),
  ]
  if (found.length === 0 || found.includes(-1) || /\d/.test(text)) return null
  return [...new Set(found)].toSorted((a, b) => a - b).map((index) => index + 1)
}
const englishDays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
