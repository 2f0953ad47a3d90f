import { zoneOf } from '../../domain/people/calendar.queries.ts'
import { defaultRoomName } from '../../domain/people/person.queries.ts'
import { reserve } from '../../domain/reservations/plan.actions.ts'
import type { Plan } from '../../domain/reservations/plan.ts'
import { reservationView } from '../../domain/reservations/reservation.queries.ts'
import { usualRemindMinutes } from '../../domain/reservations/reservation.ts'
import { defaultsHere } from '../../domain/rooms/room.actions.ts'
import type { RoomView } from '../../domain/rooms/room.queries.ts'
import type { Tx } from '../../kernel/context.ts'
import type { OccurrenceId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { WallClock } from '../../kernel/zones.ts'
import { ownReservation, ownRoomText, reservationCard, reservationNotice, whenWords } from '../../screens/reservation.ts'
import { message } from '../../screens/room.ts'
import type { Screen } from '../../screens/screen.ts'
import { askingReadZone } from '../../screens/zone.ts'
import { command } from '../command.ts'
import { actorOf } from './acting.ts'
import { atOption, isForChannel, placeOf, planOptions, repeatOf } from './options.ts'

/** What comes once has no end to choose. */
const withoutRepeat = (_: unknown, __: WallClock, { repeat = 'none', days }: Readonly<Record<string, unknown>>): Refusal | null =>
  repeat === 'none' && days === undefined ? new Refusal('invalid', 'reserve.no-repeat') : null

/** One option is needed: when. In a channel the card is for everybody there, who may join it. */
export const create = command({
  name: 'reserve create',
  summary: 'command.reserve.create.summary',
  reply: 'public',
  options: {
    at: { ...atOption, required: true },
    ...planOptions,
    until: { ...planOptions.until, wrong: withoutRepeat },
    times: { ...planOptions.times, wrong: withoutRepeat },
    with: { type: 'users', about: 'option.with.about' },
  },
  fill: async () => ({ repeat: 'none', remind: String(usualRemindMinutes) }),
  async run(tx, args) {
    const { person } = actorOf(tx)
    const zone = await zoneOf(tx, person)
    const lengths = await defaultsHere(tx)
    const { room = null, voice = null } = await placeOf(tx, args)
    const given = room?.room
    const again = repeatOf(args)
    const occurrence = await reserve(
      tx,
      {
        at: args.at,
        timezone: zone.timezone,
        ...(await namedBy(tx, args.name, room)),
        note: args.note ?? null,
        workMinutes: args.focus ?? given?.work_duration_minutes ?? lengths.work_duration_minutes,
        breakMinutes: args.break ?? given?.break_duration_minutes ?? lengths.break_duration_minutes,
        remindMinutes: args.remind ?? usualRemindMinutes,
        recurrence: again.recurrence ?? 'none',
        weekdays: again.weekdays ?? [],
        until: again.until ?? null,
        times: again.times ?? null,
        room,
        voice,
      },
      args.with ?? [],
    )
    return made(tx, occurrence, zone.isGuess ? zone.timezone : null)
  },
})

/** As it is called, else as its room is, else after its host. */
async function namedBy(tx: Tx, typed: string | undefined, given: RoomView | null): Promise<Pick<Plan, 'name' | 'namedAfter'>> {
  if (typed !== undefined) return { name: typed, namedAfter: null }
  if (given !== null) return { name: given.room.room_name, namedAfter: given.room.named_after }
  const { name, after } = await defaultRoomName(tx)
  return { name, namedAfter: after }
}

/** Public where a channel may see it; else for whoever made it alone, who is asked about a zone that is only `guessed`. */
async function made(tx: Tx, occurrence: OccurrenceId, guessed: string | null): Promise<Screen> {
  const view = await reservationView(tx, occurrence)
  if (view === null) throw new Error('a reservation that was just made is there')
  const where = await ownRoomText(tx, view)
  const asked = (answer: Screen): Screen => (guessed === null ? answer : askingReadZone(answer, guessed, tx.now, { reservation: view.id }))
  if (!isForChannel(tx, view)) return asked(ownReservation(view, message('reserve.made'), ...where))
  const card: Screen = { ...reservationCard(view), audience: 'channel' }
  if (guessed === null && where.length === 0) return card
  return { ...card, aside: asked(reservationNotice(view.name, [message('reserve.made-at', whenWords(view)), ...where])) }
}
