import type { Recurrence } from '../../db/schema.ts'
import { zoneOf } from '../../domain/people/calendar.queries.ts'
import { reservationsHere } from '../../domain/reservations/find.queries.ts'
import { nextReservations } from '../../domain/reservations/reservation.queries.ts'
import { furthestDays, type ReservationView, weekdaysIn } from '../../domain/reservations/reservation.ts'
import { findRoom, type RoomView } from '../../domain/rooms/room.queries.ts'
import { after, days } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { typedTime } from '../../kernel/zones.ts'
import type { Args, Option, Options, Suggest } from '../command.ts'
import { quoted } from '../labels.ts'
import { roomOption } from '../room/options.ts'

/** Those whose name begins with what is typed, each with its time in my zone. */
const suggesting =
  (list: (ctx: Ctx) => Promise<readonly ReservationView[]>): Suggest =>
  async (ctx, typed) => {
    if (ctx.actor === 'clock') return []
    const { timezone } = await zoneOf(ctx, ctx.actor.person)
    const start = typed.trim().toLowerCase()
    return (await list(ctx))
      .filter(({ name }) => name.toLowerCase().startsWith(start))
      .map(({ id, name, startsAt }) => ({ label: `${typedTime(startsAt, timezone)} · ${name}`.slice(0, 100), value: id }))
  }

export const reservationOption = {
  type: 'string',
  max: 100,
  suggest: suggesting((ctx) => nextReservations(ctx, { most: 100 })),
  about: 'option.reservation.about',
} as const satisfies Option

/** One that somebody else planned here. */
export const joinableOption = { ...reservationOption, suggest: suggesting((ctx) => reservationsHere(ctx)) } as const satisfies Option
const daysFault = (typed: string): Refusal | null =>
  weekdaysIn(typed) === null ? new Refusal('invalid', 'reserve.days.invalid', { typed: quoted(typed) }) : null

/** When it begins: never further away than plans are made. */
export const atOption = {
  type: 'time',
  wrong: (at, { now }) => (at > after(now, days(furthestDays)) ? new Refusal('invalid', 'reserve.too-far') : null),
  about: 'reserve.option.at',
} as const satisfies Option

/** What a reservation is, as options described once: create and edit take them. */
export const planOptions = {
  name: { type: 'string', max: 100, about: 'option.name.about' },
  where: { ...roomOption, about: 'option.where.about' },
  voice: { type: 'channel', of: 'voice', about: 'option.voice.about' },
  focus: { type: 'integer', min: 1, max: 180, unit: 'minutes', about: 'option.focus.about' },
  break: { type: 'integer', min: 1, max: 60, unit: 'minutes', about: 'option.break.about' },
  repeat: { type: 'choice', choices: ['none', 'daily', 'weekdays', 'weekly', 'monthly'], about: 'option.repeat.about' },
  days: { type: 'string', max: 60, wrong: daysFault, about: 'option.days.about' },
  until: { type: 'time', day: true, about: 'option.until.about' },
  times: { type: 'integer', min: 1, max: 100, about: 'option.times.about' },
  remind: { type: 'integer', min: 0, max: 60, unit: 'minutes', about: 'option.remind.about' },
  note: { type: 'string', max: 200, about: 'reserve.option.note' },
} as const satisfies Options

type Repeating = Pick<Args<typeof planOptions>, 'repeat' | 'days' | 'until' | 'times'>

/** How it comes again; nothing where nothing is said about it. Chosen days make it repeat on them. */
export function repeatOf({ repeat, days, until, times }: Repeating): {
  readonly recurrence?: Recurrence
  readonly weekdays?: readonly number[]
  readonly until?: Date
  readonly times?: number
} {
  if (until !== undefined && times !== undefined) throw new Refusal('invalid', 'reserve.both-ends')
  const weekdays = days === undefined ? null : weekdaysIn(days)
  const recurrence: Recurrence | undefined = weekdays === null ? repeat : 'days'
  return {
    ...(recurrence === undefined ? {} : { recurrence }),
    ...(weekdays === null ? {} : { weekdays }),
    ...(until === undefined ? {} : { until }),
    ...(times === undefined ? {} : { times }),
  }
}

/** Where it takes place, as far as it is said: in a room by its name, in a voice channel of this server. */
export async function placeOf(
  ctx: Ctx,
  { where, voice }: Pick<Args<typeof planOptions>, 'where' | 'voice'>,
): Promise<{ readonly room?: RoomView; readonly voice?: string }> {
  return { ...(where === undefined ? {} : { room: await findRoom(ctx, where) }), ...(voice === undefined ? {} : { voice }) }
}

/** Whether the channel where it is said may see the reservation: one of the workspace that planned it, and of no private room. */
export const isForChannel = ({ place, actor }: Ctx, { room, workspace }: ReservationView): boolean =>
  place !== null && actor !== 'clock' && actor.workspace === workspace && room?.isPrivate !== true
