import { calendarOf } from '../domain/people/calendar.queries.ts'
import type { CalendarNow } from '../domain/people/calendar.ts'
import { actingPerson } from '../domain/people/person.queries.ts'
import type { ReservationView } from '../domain/reservations/reservation.ts'
import type { RecordFound } from '../domain/sessions/record.queries.ts'
import type { Tx } from '../kernel/context.ts'
import type { OccurrenceId, SessionId } from '../kernel/ids.ts'
import { dayIn } from '../kernel/zones.ts'
import type { Message, Text } from '../locales/text.ts'
import { clockTime } from '../locales/times.ts'
import { changeRecord } from './records.ts'
import { whenWords } from './reservation.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Button, Screen } from './screen.ts'

/** From when a change of the calendar counts that waits for its day. */
export const calendarChange = ({ next }: CalendarNow): readonly Text[] =>
  next === null ? [] : [message('settings.calendar.next', { at: { time: next.from, as: 'date' }, clock: { time: next.from, as: 'clock' } })]

/** What is said to a person who told where they are. */
export const zoneTold = (timezone: string, calendar: CalendarNow): readonly Text[] => [
  message('zone.saved', { zone: timezone }),
  ...calendarChange(calendar),
]

/** What was written down by another clock, and stays where it is: how it is said, and how it is changed. */
type Kept = { readonly said: Text; readonly change: Button }

export const keptReservation = (kept: ReservationView): Kept => ({
  said: message('zone.reservation-kept', { name: kept.name, ...whenWords(kept) }),
  change: button('zone.reservation-change', { command: 'reserve edit', args: { reservation: kept.id }, ask: true }),
})

/** Told by the clock of the zone that was just chosen, under which whoever reads the answer is not known yet. */
export function keptRecord({ id, started_at: from, completed_at: to }: RecordFound, timezone: string): Kept {
  const range = message('record.range', { from: clockTime(from, timezone), to: clockTime(to, timezone) })
  return { said: message('zone.record-kept', { day: { day: dayIn(from, timezone), as: 'day' }, range }), change: changeRecord(id, range) }
}

/** The person said where they are. */
export function zoneSaved(timezone: string, calendar: CalendarNow, ...kept: readonly Kept[]): Screen {
  const said = [...calendarChange(calendar), ...kept.map((one) => one.said)]
  return {
    tone: 'calm',
    title: message('zone.saved', { zone: timezone }),
    blocks: [...(said.length === 0 ? [] : [lines(...said)]), ...(kept.length === 0 ? [] : [buttons(...kept.map(({ change }) => change))])],
  }
}

/**
 * Under which answer it is asked: pressing takes that answer's place, so the answer comes again. Under a card of
 * a session it is clear, and under a time that was read, or the clock of a page, nothing comes again.
 */
export type Under = 'goal' | 'stats' | 'time'

/** What was just written down by the guessed zone, and is wrong where that is. */
type Guessed = { readonly record: SessionId } | { readonly reservation: OccurrenceId }

function asking(answer: Screen, question: Message, timezone: string, under?: Under, guessed?: Guessed): Screen {
  const about = under === undefined ? {} : { under }
  return {
    ...answer,
    blocks: [
      ...answer.blocks,
      lines(question),
      buttons(
        button('zone.yes', { command: 'settings zone', args: { timezone, ...about } }),
        button('zone.no', { command: 'settings zone', args: { ...about, ...guessed }, ask: true }),
      ),
    ],
  }
}

/** An answer with the question under it whether the clock of the guessed zone (IANA) shows the person's time. */
export const askingZone = (answer: Screen, timezone: string, now: Date, under?: Under): Screen =>
  asking(answer, message('zone.question', { clock: clockTime(now, timezone) }), timezone, under)

/** The same where a typed time was just read in the guessed zone. */
export const askingReadZone = (answer: Screen, timezone: string, now: Date, guessed?: Guessed): Screen =>
  asking(answer, message('zone.read', { zone: timezone, clock: clockTime(now, timezone) }), timezone, 'time', guessed)

/** A private answer, with the question about the zone under it for somebody who never told theirs: asked once in all. */
export async function zoneQuestion(tx: Tx, answer: Screen, under?: Under): Promise<Screen> {
  const person = actingPerson(tx)
  const asked = await tx.db
    .updateTable('user_settings')
    .set({ timezone_asked_at: tx.now })
    .where('user_id', '=', person)
    .where('timezone', 'is', null)
    .where('timezone_asked_at', 'is', null)
    .executeTakeFirst()
  if (asked.numUpdatedRows === 0n) return answer
  const { timezone } = await calendarOf(tx, person)
  return askingZone(answer, timezone, tx.now, under)
}
