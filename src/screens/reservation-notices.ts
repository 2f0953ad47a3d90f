import { nameOf } from '../domain/people/person.queries.ts'
import { calledThere } from '../domain/reservations/coming.queries.ts'
import { reservationView } from '../domain/reservations/reservation.queries.ts'
import { lateMinutes, type ReservationView } from '../domain/reservations/reservation.ts'
import type { RoomView } from '../domain/rooms/room.queries.ts'
import type { PersonEventType, Told } from '../events/event.ts'
import type { Ctx } from '../kernel/context.ts'
import type { PersonId } from '../kernel/ids.ts'
import type { Message } from '../locales/text.ts'
import { joinButton, notComing, ownRoomText, reservationNotice, whenWords } from './reservation.ts'
import { button, lines, message, toneOf } from './room.ts'
import type { Screen } from './screen.ts'

type Planned = Extract<PersonEventType, `reservation.${string}`>
type Notices = { readonly [T in Planned]: (ctx: Ctx, event: Told<T>) => Promise<Screen | null> }

/** What a person is told about a reservation; null where it no longer concerns them. */
export const reservationNotices: Notices = {
  'reservation.invited': withView(async (ctx, { by }, view) => {
    if (view.state !== 'planned' || by === null) return null
    const said = message('reserve.notice.invited', { name: await nameOf(ctx, by), reservation: view.name, ...whenWords(view) })
    return reservationNotice(view.name, [said], joinButton(view))
  }),
  'reservation.soon': withView(async (ctx, { person }, view) => {
    if (view.state !== 'planned' || view.startsAt <= ctx.now) return null
    const words = { reservation: view.name, clock: whenWords(view).clock, countdown: { time: view.startsAt, as: 'countdown' } } as const
    const where = view.host?.id === person ? await ownRoomText(ctx, view) : []
    return reservationNotice(view.name, [message('reserve.notice.soon', words), ...where], notComing(view))
  }),
  'reservation.moved': withView(async (_ctx, { following }, view) => {
    if (view.state !== 'planned') return null
    const key = following ? 'reserve.notice.moved-all' : 'reserve.notice.moved'
    return reservationNotice(view.name, [message(key, { reservation: view.name, ...whenWords(view) })], notComing(view))
  }),
  'reservation.cancelled': withView(async (_ctx, { following }, view) => {
    const key = following ? 'reserve.notice.cancelled-all' : 'reserve.notice.cancelled'
    return reservationNotice(view.name, [message(key, { reservation: view.name, ...whenWords(view) })])
  }),
  'reservation.missed': withView(async (_ctx, { why }, view) => {
    const words = { reservation: view.name, ...whenWords(view) }
    const said = why === null ? message('reserve.notice.missed', words) : message('reserve.notice.blocked', { ...words, why })
    return reservationNotice(view.name, [said], button('room.show-list', { command: 'room list', args: {} }))
  }),
}

/** A notice about a date that is still there, seen as the person who is told. */
function withView<T extends Planned>(
  draw: (ctx: Ctx, event: Told<T>, view: ReservationView) => Promise<Screen | null>,
): (ctx: Ctx, event: Told<T>) => Promise<Screen | null> {
  return async (ctx, event) => {
    const view = await reservationView(ctx, event.occurrence)
    return view === null ? null : draw(ctx, event, view)
  }
}

/** It begins, or began late: the same sentence in the channel and to those who are elsewhere. */
export function openedText(view: ReservationView): Message {
  const minutes = Math.floor(((view.openedAt ?? view.startsAt).getTime() - view.startsAt.getTime()) / 60_000)
  const words = { reservation: view.name }
  return minutes >= lateMinutes ? message('reserve.notice.opened-late', { ...words, minutes }) : message('reserve.notice.opened', words)
}

/** What the channel reads when the room of a reservation opens: it calls these people. */
export const openedScreen = (view: ReservationView, room: RoomView, called: readonly PersonId[]): Screen => ({
  tone: toneOf(room),
  title: room.room.room_name,
  blocks: [lines(openedText(view)), ...(called.length === 0 ? [] : [lines(...called.map((person) => ({ person, call: true }) as const))])],
})

/** The line in the channel at the time of a reservation: it calls exactly those who come and are not in yet. */
export async function openedLine(ctx: Ctx, { occurrence }: Told<'reservation.opened'>, room: RoomView): Promise<Screen | null> {
  const view = await reservationView(ctx, occurrence)
  return view === null ? null : openedScreen(view, room, await calledThere(ctx, occurrence, room.room.id))
}

/** The notice to somebody who comes and is called nowhere else. */
export async function openedNotice(ctx: Ctx, { occurrence }: Told<'reservation.opened'>, { room }: RoomView): Promise<Screen | null> {
  const view = await reservationView(ctx, occurrence)
  if (view === null || !room.is_active) return null
  const join = button('room.join', { command: 'room join', args: { room: room.id } }, 'primary')
  return reservationNotice(room.room_name, [openedText(view)], join)
}
