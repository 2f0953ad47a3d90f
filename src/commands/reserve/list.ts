import { lastAttendances } from '../../domain/reservations/coming.queries.ts'
import { newFeedSecret } from '../../domain/reservations/feed.actions.ts'
import { feedSince } from '../../domain/reservations/feed.queries.ts'
import { findReservation, nextReservations } from '../../domain/reservations/reservation.queries.ts'
import { ownReservation } from '../../screens/reservation.ts'
import { calendarScreen, datesOnList, reservationList } from '../../screens/reservations.ts'
import { command } from '../command.ts'
import { reservationOption } from './options.ts'

/** What is planned for me; chosen from the list, one of them. */
export const list = command({
  name: 'reserve list',
  summary: 'command.reserve.list.summary',
  reply: 'private',
  options: { reservation: { ...reservationOption, hidden: true } },
  async look(ctx, { reservation }) {
    if (reservation !== undefined) return ownReservation(await findReservation(ctx, reservation))
    return reservationList(await nextReservations(ctx, datesOnList), await lastAttendances(ctx, 5))
  },
})

/** The secret address of my calendar. It is shown when it is made, and never again: only its hash is kept. */
export const calendar = command({
  name: 'reserve calendar',
  summary: 'command.reserve.calendar.summary',
  reply: 'private',
  options: { fresh: { type: 'boolean', hidden: true, about: 'option.fresh.about' } },
  async run(tx, { fresh }) {
    if (tx.web === null) return calendarScreen('unreachable')
    const since = await feedSince(tx)
    if (since !== null && fresh !== true) return calendarScreen({ since })
    return calendarScreen({ address: `${tx.web}/calendar/${await newFeedSecret(tx)}.ics` })
  },
})
