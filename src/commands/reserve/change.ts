import { zoneOf } from '../../domain/people/calendar.queries.ts'
import { actingPerson } from '../../domain/people/person.queries.ts'
import { type Change, changeReservation, isOfSeries } from '../../domain/reservations/change.actions.ts'
import { assertMayChange, assertPlanned, cancelReservation } from '../../domain/reservations/end.actions.ts'
import { findReservation } from '../../domain/reservations/find.queries.ts'
import { answerReservation } from '../../domain/reservations/member.actions.ts'
import { reservationView } from '../../domain/reservations/reservation.queries.ts'
import { type ReservationView, repeats } from '../../domain/reservations/reservation.ts'
import type { Ctx, Tx } from '../../kernel/context.ts'
import type { OccurrenceId } from '../../kernel/ids.ts'
import { typedTime } from '../../kernel/zones.ts'
import { cancelQuestion, ownReservation, reservationNotice, whenWords } from '../../screens/reservation.ts'
import { button, message } from '../../screens/room.ts'
import type { Screen } from '../../screens/screen.ts'
import { command } from '../command.ts'
import { atOption, joinableOption, placeOf, planOptions, repeatOf, reservationOption } from './options.ts'

const following = { type: 'boolean', about: 'option.following.about' } as const

/** What may be different on one date; the rest is that of the whole series. */
const ofOneDate = ['at', 'name', 'focus', 'break', 'note'] as const
const { name, focus, break: pause, ...more } = planOptions

export const edit = command({
  name: 'reserve edit',
  summary: 'command.reserve.edit.summary',
  reply: 'private',
  options: {
    reservation: { ...reservationOption, required: true },
    at: atOption,
    name,
    focus,
    break: pause,
    ...more,
    following: { type: 'boolean', beside: ofOneDate, about: 'reserve.option.following' },
  },
  async omit(ctx, args) {
    return args.reservation === undefined || repeats(await findReservation(ctx, args.reservation)) ? [] : ['following']
  },
  async fill(ctx, args) {
    if (args.reservation === undefined) return {}
    const view = await findReservation(ctx, args.reservation)
    return {
      reservation: view.id,
      at: await asRead(ctx, view.startsAt),
      name: view.name,
      focus: String(view.workMinutes),
      break: String(view.breakMinutes),
      note: view.note ?? '',
      following: 'no',
    }
  },
  async run(tx, args) {
    const view = await findReservation(tx, args.reservation)
    const change = await changeOf(tx, view, args)
    if (Object.keys(change).length === 0) return ownReservation(view)
    const id = await changeReservation(tx, view, change, args.following ?? isOfSeries(change))
    return ownReservation(await fresh(tx, id), message('reserve.saved'))
  },
})

type Edit = Parameters<typeof repeatOf>[0] & {
  readonly at?: Date | undefined
  readonly name?: string | undefined
  readonly where?: string | undefined
  readonly voice?: string | undefined
  readonly focus?: number | undefined
  readonly break?: number | undefined
  readonly remind?: number | undefined
  readonly note?: string | undefined
}

/** A time as whoever edits would type it: in the zone in which theirs are read, whatever the zone of the plan. */
const asRead = async (ctx: Ctx, time: Date): Promise<string> => typedTime(time, (await zoneOf(ctx, actingPerson(ctx))).timezone)

/** What is really different: a form sends along what it was filled with. */
async function changeOf(tx: Tx, view: ReservationView, args: Edit): Promise<Change> {
  const sameMinute = args.at !== undefined && (await asRead(tx, args.at)) === (await asRead(tx, view.startsAt))
  const wanted: { [K in keyof Change]: Change[K] | undefined } = {
    at: sameMinute ? undefined : args.at,
    name: args.name === view.name ? undefined : args.name,
    note: args.note === view.note ? undefined : args.note,
    workMinutes: args.focus === view.workMinutes ? undefined : args.focus,
    breakMinutes: args.break === view.breakMinutes ? undefined : args.break,
    remindMinutes: args.remind === view.remindMinutes ? undefined : args.remind,
    ...repeatOf(args),
    ...(await placeOf(tx, { where: args.where, voice: args.voice })),
  }
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
}

/** Hosts and moderators cancel for all, once they were asked; others answer for themselves. */
export const cancel = command({
  name: 'reserve cancel',
  summary: 'command.reserve.cancel.summary',
  reply: 'private',
  options: {
    reservation: { ...reservationOption, required: true },
    following,
    sure: { type: 'boolean', hidden: true, about: 'option.sure.about' },
  },
  async run(tx, { reservation, following: all, sure }) {
    const view = await findReservation(tx, reservation)
    const { isHost, isComing, isInvited } = view.standing
    if (!isHost && (isComing || isInvited)) return stayAway(tx, view, all === false)
    await assertMayChange(tx, view)
    assertPlanned(view.state)
    if (sure !== true) return cancelQuestion(view)
    const following = all ?? false
    await cancelReservation(tx, view, following)
    const key = following && repeats(view) ? 'reserve.cancelled-all' : 'reserve.cancelled'
    const said = message(key, { name: view.name, ...whenWords(view) })
    return reservationNotice(view.name, [said], button('reserve.show-list', { command: 'reserve list', args: {} }))
  },
})

/** Not me, this time: what the button of a card means to everybody. A host can't stay away alone, and sees what else they can do. */
export const skip = command({
  name: 'reserve skip',
  summary: 'command.reserve.skip.summary',
  reply: 'private',
  listed: false,
  options: { reservation: { ...reservationOption, required: true } },
  async run(tx, { reservation }) {
    const view = await findReservation(tx, reservation)
    return view.standing.isHost ? ownReservation(view, message('reserve.skip.host')) : stayAway(tx, view, true)
  },
})

async function stayAway(tx: Tx, view: ReservationView, onlyThisDate: boolean): Promise<Screen> {
  const { isComing, isInvited } = view.standing
  if (isComing || isInvited) await answerReservation(tx, view, false, onlyThisDate)
  else assertPlanned(view.state)
  return ownReservation(await fresh(tx, view.id), message(onlyThisDate || !repeats(view) ? 'reserve.left' : 'reserve.left-all'))
}

export const join = command({
  name: 'reserve join',
  summary: 'command.reserve.join.summary',
  reply: 'private',
  listed: false,
  options: { reservation: { ...joinableOption, required: true }, following },
  async run(tx, { reservation, following: all }) {
    const view = await findReservation(tx, reservation)
    const onlyThisDate = all === false
    await answerReservation(tx, view, true, onlyThisDate)
    return ownReservation(await fresh(tx, view.id), message(repeats(view) && !onlyThisDate ? 'reserve.joined-all' : 'reserve.joined'))
  },
})

async function fresh(tx: Tx, id: OccurrenceId): Promise<ReservationView> {
  const view = await reservationView(tx, id)
  if (view === null) throw new Error('a reservation that was just changed is there')
  return view
}
