import { defaultRoomName } from '../../domain/people/person.queries.ts'
import { reserve } from '../../domain/reservations/plan.actions.ts'
import { reservationView, zoneOf } from '../../domain/reservations/reservation.queries.ts'
import { usualRemindMinutes } from '../../domain/reservations/reservation.ts'
import { defaultsHere } from '../../domain/rooms/room.actions.ts'
import type { Tx } from '../../kernel/context.ts'
import type { OccurrenceId } from '../../kernel/ids.ts'
import type { Message } from '../../locales/text.ts'
import { ownReservation, reservationCard } from '../../screens/reservation.ts'
import { button, buttons, message } from '../../screens/room.ts'
import type { Screen } from '../../screens/screen.ts'
import { command } from '../command.ts'
import { actorOf } from './acting.ts'
import { isForChannel, placeOf, planOptions, repeatOf } from './options.ts'

/** One option is needed: when. In a channel the card is for everybody there, who may join it. */
export const create = command({
  name: 'reserve create',
  summary: 'command.reserve.create.summary',
  reply: 'public',
  options: {
    at: { type: 'time', required: true, about: 'reserve.option.at' },
    ...planOptions,
    with: { type: 'users', about: 'option.with.about' },
  },
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
        timezone: zone ?? 'UTC',
        name: args.name ?? given?.room_name ?? (await defaultRoomName(tx)),
        note: args.note ?? null,
        workMinutes: args.focus ?? given?.work_duration_minutes ?? lengths.work_duration_minutes,
        breakMinutes: args.break ?? given?.break_duration_minutes ?? lengths.break_duration_minutes,
        remindMinutes: args.remind ?? usualRemindMinutes,
        recurrence: again.recurrence ?? (again.until === undefined && again.times === undefined ? 'none' : 'daily'),
        weekdays: again.weekdays ?? [],
        until: again.until ?? null,
        times: again.times ?? null,
        room,
        voice,
      },
      args.with ?? [],
    )
    return made(tx, occurrence, zone === null ? [message('reserve.made'), message('reserve.zone-unknown')] : [message('reserve.made')])
  },
})

/** Public where a channel may see it; else for whoever made it alone. */
async function made(tx: Tx, occurrence: OccurrenceId, said: readonly Message[]): Promise<Screen> {
  const view = await reservationView(tx, occurrence)
  if (view === null) throw new Error('a reservation that was just made is there')
  const unknown = said.length > 1
  if (isForChannel(tx, view)) {
    return { ...reservationCard(view), audience: 'channel', ...(unknown ? { aside: message('reserve.zone-unknown') } : {}) }
  }
  const own = ownReservation(view, ...said)
  const set = buttons(button('reserve.zone-set', { command: 'settings set', args: {}, ask: true }))
  return unknown ? { ...own, blocks: [...own.blocks, set] } : own
}
