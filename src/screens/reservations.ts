import type { Attendance } from '../domain/reservations/coming.queries.ts'
import type { ReservationView } from '../domain/reservations/reservation.ts'
import type { Message } from '../locales/text.ts'
import { whenWords } from './reservation.ts'
import { button, buttons, lines, message, namesText } from './room.ts'
import type { Block, Button, Screen } from './screen.ts'

/** How many dates to come one page of a list shows. */
export const datesOnList = 10

const role = ({ standing: { isHost, isComing } }: ReservationView): 'host' | 'coming' | 'invited' =>
  isHost ? 'host' : isComing ? 'coming' : 'invited'

/**
 * A page of what is planned for one person, of `count` dates in all, and whether they and, of their own reservations, the others were there the
 * last times.
 */
export function reservationList(ahead: readonly ReservationView[], count: number, last: readonly Attendance[]): Screen {
  const planned = ahead.slice(0, datesOnList)
  const end = planned.at(-1)
  const next: readonly Button[] =
    ahead.length > datesOnList && end !== undefined ? [button('reserve.more', { command: 'reserve list', args: { after: end.id } })] : []
  const table: Block = {
    kind: 'table',
    columns: [{ label: message('reserve.list.name') }, { label: message('reserve.list.when') }, { label: message('reserve.list.role') }],
    rows: planned.map((view) => [
      view.name,
      message('reserve.list.when.value', whenWords(view)),
      message('reserve.list.role.value', { role: role(view) }),
    ]),
    empty: message('reserve.list.empty'),
  }
  // In a select no platform shows a time by the reader's own clock: how far it is, is the same on every clock. It is said there alone, since
  // platforms round what they count down themselves by rules of their own.
  const open: Block = {
    kind: 'select',
    label: message('reserve.list.choose'),
    press: { command: 'reserve list', args: {} },
    option: 'reservation',
    inRow: message('reserve.list.open'),
    choices: planned.map((view) => ({ label: view.name, value: view.id, about: { time: view.startsAt, as: 'countdown' } })),
  }
  const before = last.flatMap(attendance)
  return {
    tone: 'calm',
    title: message('reserve.list'),
    ...(count > datesOnList ? { state: message('reserve.list.count', { count }) } : {}),
    blocks: [
      table,
      ...(before.length === 0 ? [] : [lines(...before)]),
      ...(planned.length === 0 ? [] : [open]),
      buttons(
        ...next,
        button('reserve.new', { command: 'reserve create', args: {}, ask: true }, 'primary'),
        button('reserve.feed', { command: 'reserve calendar', args: {} }),
      ),
    ],
  }
}

/** Who did not come is said to the host alone, and to whoever it was. */
function attendance({ name, startsAt, isHost, came, absent }: Attendance): readonly Message[] {
  const words = { name, date: { time: startsAt, as: 'date' } } as const
  const mine = message(came ? 'reserve.list.last.came' : 'reserve.list.last.absent', words)
  return isHost && absent.length > 0 ? [mine, message('reserve.list.last.missing', { ...words, names: namesText(absent) })] : [mine]
}

/** The secret address of a calendar, shown once; that there is one; or that no calendar app could reach it. */
export function calendarScreen(feed: { readonly address: string } | { readonly since: Date } | 'unreachable'): Screen {
  const again = button('reserve.calendar.again', { command: 'reserve calendar', args: { fresh: 'yes' } })
  const title = message('reserve.calendar')
  if (feed === 'unreachable') return { tone: 'calm', title, blocks: [lines(message('reserve.calendar.unreachable'))] }
  if ('since' in feed) {
    const known = message('reserve.calendar.known', { date: { time: feed.since, as: 'date' } })
    return { tone: 'calm', title, blocks: [lines(known), buttons(again)] }
  }
  return { tone: 'calm', title, blocks: [lines(message('reserve.calendar.new'), { copy: feed.address }), buttons(again)] }
}
