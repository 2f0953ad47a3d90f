import { Temporal } from 'temporal-polyfill'
import { after, hours } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { PersonId, ReservationId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { dayIn } from '../../kernel/zones.ts'
import { daysBetween, type Series, startOn } from './recurrence.ts'
import { clashOf, horizonDays, type OwnDate, type OwnDates, type Stretch } from './reservation.ts'

/** No session is longer than this. */
const longestHours = 3

/**
 * Everything that a person has planned from `from` on, for 90 days: each date by its own time where it was moved, without those that
 * were skipped. `but` leaves out a series from one of its days on.
 */
export async function ownStretches(
  ctx: Ctx,
  person: PersonId,
  from: Date,
  but: { readonly reservation: ReservationId; readonly from: string; readonly only?: true } | null,
): Promise<readonly Stretch[]> {
  const own = await ctx.db
    .selectFrom('room_reservations')
    .selectAll()
    .where('host_id', '=', person)
    .where('cancelled_at', 'is', null)
    .execute()
  if (own.length === 0) return []
  const written = await ctx.db
    .selectFrom('reservation_occurrence')
    .selectAll()
    .where(
      'reservation_id',
      'in',
      own.map(({ id }) => id),
    )
    .where('starts_at', '>', after(from, -hours(24 * 2)))
    .execute()
  return own.flatMap((series) => {
    const first = dayIn(after(from, -hours(longestHours)), series.timezone)
    const last = Temporal.PlainDate.from(first).add({ days: horizonDays }).toString()
    const rows = new Map(written.filter((row) => row.reservation_id === series.id).map((row) => [row.day, row]))
    const days = new Set([...daysBetween(series, first, last), ...rows.keys()])
    return [...days]
      .filter((day) => !(but?.reservation === series.id && (but.only ? day === but.from : day >= but.from)))
      .flatMap((day) => stretchesOn(series, day, rows.get(day)))
  })
}

type Planned = Series & { readonly name: string; readonly work_duration_minutes: number }

/** The stretch of a series on one of its days; none where that date does not take place. */
function stretchesOn(series: Planned, day: string, own: OwnDate | undefined): readonly Stretch[] {
  if (own !== undefined && own.state !== 'planned') return []
  return [
    {
      name: own?.name ?? series.name,
      from: own?.moved ? own.starts_at : startOn(series, day),
      minutes: own?.work_duration_minutes ?? series.work_duration_minutes,
    },
  ]
}

/**
 * @param but the series that is being changed, and what single dates of it keep
 * @throws Refusal `conflict` that names the own reservation in the way
 */
export async function assertNoClash(
  ctx: Ctx,
  person: PersonId,
  planned: Planned,
  but: { readonly reservation: ReservationId; readonly from: string; readonly own: OwnDates } | null,
): Promise<void> {
  const last = Temporal.PlainDate.from(planned.starts_on).add({ days: horizonDays }).toString()
  const mine = daysBetween(planned, planned.starts_on, last).flatMap((day) => stretchesOn(planned, day, but?.own.get(day)))
  const earliest = mine.map(({ from }) => from).toSorted((a, b) => a.getTime() - b.getTime())[0]
  const clash = clashOf(mine, await ownStretches(ctx, person, earliest ?? ctx.now, but))
  if (clash === null) return
  const words = { name: clash.name, date: { time: clash.from, as: 'date' }, clock: { time: clash.from, as: 'clock' } } as const
  throw new Refusal('conflict', 'reserve.clash', words, { label: 'reserve.show-list', press: { command: 'reserve list', args: {} } })
}
