import { lastAttendances } from '../../domain/reservations/coming.queries.ts'
import { newFeedSecret } from '../../domain/reservations/feed.actions.ts'
import { feedSince } from '../../domain/reservations/feed.queries.ts'
import { findReservation } from '../../domain/reservations/find.queries.ts'
import { countAhead, nextReservations } from '../../domain/reservations/reservation.queries.ts'
import { isUuid } from '../../kernel/ids.ts'
import { ownReservation, reservationCard } from '../../screens/reservation.ts'
import { calendarScreen, datesOnList, reservationList } from '../../screens/reservations.ts'
import { command } from '../command.ts'
import { isForChannel, reservationOption } from './options.ts'

/** What is planned for me; chosen from the list, one of them. */
export const list = command({
  name: 'reserve list',
  summary: 'command.reserve.list.summary',
  reply: 'private',
  options: {
    reservation: { ...reservationOption, hidden: true },
    after: { type: 'string', max: 36, hidden: true, about: 'option.after.about' },
  },
  async look(ctx, { reservation, after }) {
    if (reservation !== undefined) return ownReservation(await findReservation(ctx, reservation))
    const page = after !== undefined && isUuid(after) ? after : undefined
    const planned = await nextReservations(ctx, { most: datesOnList + 1, after: page })
    // How it went the last times stands on the first page.
    return reservationList(planned, await countAhead(ctx), page === undefined ? await lastAttendances(ctx, 5) : [])
  },
})

/** The card once more: for the channel where it is asked for, as far as that may see it, else for whoever asks. */
export const show = command({
  name: 'reserve show',
  summary: 'command.reserve.show.summary',
  reply: 'public',
  listed: false,
  options: { reservation: { ...reservationOption, required: true } },
  async look(ctx, { reservation }) {
    const view = await findReservation(ctx, reservation)
    return isForChannel(ctx, view) ? { ...reservationCard(view), audience: 'channel' } : ownReservation(view)
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
