import { sql } from 'kysely'
import { laterOf, type Move, planOf } from '../domain/timers/course.ts'
import { after, days, minutes, seconds } from '../kernel/clock.ts'
import type { Tx } from '../kernel/context.ts'
import { type Slot, slotsOf } from './calendar.ts'
import type { Dice } from './dice.ts'
import type { Resident } from './people.ts'
import { record } from './record.ts'
import { type Built, build, type Plot, type Quarter } from './rooms.ts'
import { mayEnter, type Sitting, sit } from './sittings.ts'
import { stepsOf } from './steps.ts'

export const historyDays = 12 * 7

type Town = { readonly quarters: readonly Quarter[]; readonly kept: readonly Built[]; readonly residents: readonly Resident[] }
type Meeting = { readonly slot: Slot; readonly anchor: Resident }

/** Twelve weeks in the rooms of the town, day by day; everybody has left again before `horizon`. */
export async function liveThrough(tx: Tx, dice: Dice, town: Town, horizon: Date): Promise<void> {
  const today = new Date(horizon.toISOString().slice(0, 10))
  for (let day = after(today, -days(historyDays)); day <= today; day = after(day, days(1))) {
    const slots = slotsOf(day, dice, town.kept, town.quarters).filter(({ to }) => to < horizon)
    const meetings: Meeting[] = []
    const sittings: Sitting[] = []
    for (const slot of slots) {
      const open = placesOf(slot).map(({ id }) => id)
      const anchor = dice.pick(town.residents.filter((one) => mayEnter(one, open, slot.from) && (slot.kept !== null || !one.isGuest)))
      if (anchor === undefined) continue
      meetings.push({ slot, anchor })
      const { room, seats } = slot.kept === null ? ownSeats(slot) : { room: slot.kept.room.id, seats: slot.kept.room.max_participants }
      sittings.push(...sit(dice, { room, open, seats, anchor, from: slot.from, to: slot.to }, town.residents))
    }
    await keep({ ...tx, now: latest(slots, day) }, dice, meetings, sittings)
    // What one transaction writes has no statistics until it asks for them, and credit would read all of it each day.
    if (day.getUTCDay() === 0) await sql`analyze phase, phase_span, presence_interval`.execute(tx.db)
  }
}

const placesOf = (slot: Slot): readonly Quarter[] => (slot.kept === null ? [slot.quarter] : slot.kept.plot.places)

const ownSeats = ({ id, settings }: Extract<Slot, { kept: null }>) => ({ room: id, seats: settings.max_participants ?? 50 })

const latest = (slots: readonly Slot[], otherwise: Date): Date => slots.reduce((last, { to }) => laterOf(last, to), otherwise)

/** Writes a day down. */
async function keep(tx: Tx, dice: Dice, meetings: readonly Meeting[], sittings: readonly Sitting[]): Promise<void> {
  const plots = meetings.flatMap(({ slot, anchor }): Plot[] => {
    if (slot.kept !== null) return []
    const { id, name, quarter, settings, from, to } = slot
    return [{ id, name, places: [quarter], owner: anchor.id, settings, opened: from, closed: to }]
  })
  const own = await build(tx, plots)
  const moves = meetings.flatMap(({ slot, anchor }): Move[] => {
    const built = slot.kept ?? own.find(({ plot }) => plot.id === slot.id)
    if (built === undefined) return []
    const start = after(slot.from, dice.between(seconds(5), minutes(1)))
    const steps = stepsOf({ plan: planOf(built.room, noRun), by: anchor.id, start, stop: slot.to, until: slot.to, dice })
    return [{ room: built.room, timer: built.timer, run: noRun, steps }]
  })
  await record(tx, { built: own, sittings, moves: oncePerRoom(moves) })
}

const noRun = { work: null, break: null }

/** The runs of one room after each other, as one move. */
const oncePerRoom = (moves: readonly Move[]): readonly Move[] =>
  [...Map.groupBy(moves, ({ room }) => room.id).values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : [{ ...first, steps: [first, ...more].flatMap(({ steps }) => steps) }],
  )
