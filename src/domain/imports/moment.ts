import { Temporal } from 'temporal-polyfill'

const pattern =
  /^(\d{4})[-./] ?(\d{1,2})[-./] ?(\d{1,2})\.?(?:T| +)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)? ?(?:(Z)|([+-]\d{2}):?(\d{2}))?$/i

/**
 * A moment as files tell it, `2026-03-01 09:00`, `2026. 3. 1. 9:00` or ISO, in whole seconds; of `timezone` where no offset is said.
 * Null: none.
 */
export function momentIn(typed: string, timezone: string): Date | null {
  const [whole, year, month, day, hour, minute, second = 0, utc, offsetHours, offsetMinutes] = pattern.exec(typed) ?? []
  if (whole === undefined) return null
  const zone = utc === undefined ? (offsetHours === undefined ? timezone : `${offsetHours}:${offsetMinutes}`) : 'UTC'
  try {
    // Taken apart here, since the library takes ten times as long to read a text.
    const wall = new Temporal.PlainDateTime(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second))
    return new Date(wall.toZonedDateTime(zone).epochMilliseconds)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
