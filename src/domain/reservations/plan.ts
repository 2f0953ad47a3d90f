import type { Recurrence } from '../../db/schema.ts'
import { after, minutes } from '../../kernel/clock.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { dayIn, wallTime } from '../../kernel/zones.ts'
import type { RoomView } from '../rooms/room.queries.ts'
import { daysFrom, type Series } from './recurrence.ts'

/** A session as its host plans it. `at` is its first moment; the rest of the calendar is that of `timezone`. */
export type Plan = {
  readonly at: Date
  readonly timezone: string
  readonly name: string
  /** Whose name `name` bears, where nobody typed it. */
  readonly namedAfter: PersonId | null
  readonly note: string | null
  readonly workMinutes: number
  readonly breakMinutes: number
  readonly remindMinutes: number
  readonly recurrence: Recurrence
  readonly weekdays: readonly number[]
  readonly until: Date | null
  readonly times: number | null
  /** A room whose timer starts; null: a room is opened. */
  readonly room: RoomView | null
  readonly voice: string | null
}

type Calendar = Pick<Plan, 'at' | 'timezone' | 'recurrence' | 'weekdays' | 'until' | 'times'>

/** The days and the time of day of a plan; the series begins on the first day that it takes place. */
export function calendarOf({ at, timezone, recurrence, weekdays, until, times }: Calendar): Series {
  const wall = wallTime(at, timezone)
  const series: Series = {
    starts_on: wall.toPlainDate().toString(),
    starts_time: wall.toPlainTime().toString({ smallestUnit: 'second' }),
    timezone,
    recurrence,
    weekdays: recurrence === 'days' ? weekdays : [],
    until_date: recurrence === 'none' || until === null ? null : dayIn(until, timezone),
    times: recurrence === 'none' ? null : times,
  }
  if (series.until_date !== null && series.until_date < series.starts_on) throw new Refusal('invalid', 'reserve.until-before')
  const [first] = daysFrom(series, series.starts_on, 1)
  if (first === undefined) throw new Refusal('invalid', 'reserve.no-date')
  return { ...series, starts_on: first }
}

/** When people are reminded; null where they are not, or it is too late for that. */
export const remindAt = (startsAt: Date, remindMinutes: number, now: Date): Date | null => {
  const at = after(startsAt, -minutes(remindMinutes))
  return remindMinutes === 0 || at <= now ? null : at
}
