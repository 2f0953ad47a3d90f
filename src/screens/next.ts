import type { GoalNow } from '../domain/goals/goal.queries.ts'
import type { ReservationView } from '../domain/reservations/reservation.ts'
import { after, hours } from '../kernel/clock.ts'
import { daysFrom } from '../kernel/dates.ts'
import { whenWords } from './reservation.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Screen } from './screen.ts'

/** An exam is said so many days ahead. */
const examDays = 30

/** What comes up for one person: their next reservation within a day, and an exam, counted as calendars count. Null where nothing does. */
export function nextScreen(next: ReservationView | null, { exam, date }: Pick<GoalNow, 'exam' | 'date'>, now: Date): Screen | null {
  const soon = next !== null && next.startsAt < after(now, hours(24)) ? next : null
  const left = exam === null ? -1 : daysFrom(date, exam)
  const said = [
    ...(soon === null
      ? []
      : [message('next.reservation', { name: soon.name, ...whenWords(soon), countdown: { time: soon.startsAt, as: 'countdown' } })]),
    ...(exam === null || left < 0 || left > examDays ? [] : [message('goal.exam', { day: { day: exam, as: 'day' }, left })]),
  ]
  if (said.length === 0) return null
  const open = soon && button('next.open', { command: 'reserve list', args: { reservation: soon.id } })
  return { tone: 'calm', title: message('next.title'), blocks: [lines(...said), ...(open === null ? [] : [buttons(open)])] }
}
