const dayMilliseconds = 86_400_000

/** Days of a calendar, as `2026-03-02`: without a zone, and in the order of their letters. */
const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayMilliseconds

/** The day so many days later or, negative, earlier. */
export const daysAfter = (day: string, count: number): string =>
  new Date((numberOf(day) + count) * dayMilliseconds).toISOString().slice(0, 10)

/** How many days lie from one to the other; negative where `to` is earlier. */
export const daysFrom = (day: string, to: string): number => numberOf(to) - numberOf(day)

/** 1 for Monday to 7 for Sunday. */
export const weekdayOf = (day: string): number => ((numberOf(day) + 3) % 7) + 1

/** The Monday of the week of a day. */
export const mondayOf = (day: string): string => daysAfter(day, 1 - weekdayOf(day))

/** The month of a day, as `2026-03`. */
export const monthOf = (day: string): string => day.slice(0, 7)
