import { sql } from 'kysely'
import { laterOf, type Move, planOf } from '../domain/timers/course.ts'
import { after, days, minutes, seconds } from '../kernel/clock.ts'
import type { Tx } from '../kernel/context.ts'
import { eveningsOf, lastEnd, morningsOf, recordAlone } from './alone.ts'
import { type Slot, slotsOf } from './calendar.ts'
import { tellResults } from './choices.ts'
import type { Dice } from './dice.ts'
import { answerGaps, breakDown, type Outage, seenOutside, spans } from './outage.ts'
import type { Resident } from './people.ts'
import { record } from './record.ts'
import { type Built, build, type Plot, type Quarter } from './rooms.ts'
import { mayEnter, type Sitting, sit } from './sittings.ts'
import { stepsOf } from './steps.ts'

export const historyDays = 12 * 7

type Town = { readonly quarters: readonly Quarter[]; readonly kept: readonly Built[]; readonly residents: readonly Resident[] }
type Meeting = { readonly slot: Slot; readonly anchor: Resident }

/** Twelve weeks in the rooms of the town and without them, day by day; everybody has left again before `horizon`. */
export async function liveThrough(tx: Tx, dice: Dice, town: Town, horizon: Date): Promise<void> {
  const today = new Date(horizon.toISOString().slice(0, 10))
  const outage = await breakDown(tx, today)
  for (let day = after(today, -days(historyDays)); day <= today; day = after(day, days(1))) {
    const mornings = morningsOf(day, dice, town.residents, horizon)
    const { slots, meetings, sittings } = meet(dice, town, day, horizon, outage)
    const evenings = eveningsOf(day, dice, town.residents, horizon)
    const alone = [...mornings, ...evenings]
    const end = { ...tx, now: lastEnd(alone, latest(slots, day)) }
    await recordAlone(end, alone)
    await keep(end, dice, meetings, sittings, outage)
    const cut = sittings.filter((sitting) => spans(outage, sitting))
    await answerGaps(end, dice, outage, cut, town.residents)
    if (day.getUTCDay() !== 0) continue
    await tellResults(tx, after(day, -days(7)))
    // What one transaction writes has no statistics until it asks for them, and credit would read all of it each day.
    await sql`analyze phase, phase_span, presence_interval, solo_session, session_history, user_day`.execute(tx.db)
  }
}

/** Who meets whom on a day. */
function meet(dice: Dice, town: Town, day: Date, horizon: Date, outage: Outage) {
  const slots = slotsOf(day, dice, town.kept, town.quarters)
    .map((slot) => ({ ...slot, to: outage.from < slot.to && slot.to < outage.to ? after(outage.to, minutes(5)) : slot.to }))
    .filter(({ to }) => to < horizon)
  const meetings: Meeting[] = []
  const sittings: Sitting[] = []
  for (const slot of slots) {
    const open = placesOf(slot).map(({ id }) => id)
    const able = town.residents.filter((one) => mayEnter(one, open, slot.from, slot.to) && (slot.kept !== null || one.role !== 'guest'))
    // The owner saw the outage, and can tell what it does.
    const witness = slot.from < outage.from && slot.to > outage.to ? able.find(({ platform }) => platform === 'web') : undefined
    const anchor = witness ?? dice.pick(able)
    if (anchor === undefined) continue
    meetings.push({ slot, anchor })
    const { room, voice, seats } = slot.kept === null ? ownSeats(slot) : keptSeats(slot.kept)
    sittings.push(...sit(dice, { room, voice, open, seats, anchor, from: slot.from, to: slot.to }, town.residents))
  }
  return { slots, meetings, sittings: sittings.flatMap(seenOutside(outage)) }
}

const placesOf = (slot: Slot): readonly Quarter[] => (slot.kept === null ? [slot.quarter] : slot.kept.plot.places)

const ownSeats = ({ id, settings }: Extract<Slot, { kept: null }>) => ({ room: id, voice: null, seats: settings.max_participants ?? 50 })

const keptSeats = ({ room, plot }: Built) => ({ room: room.id, voice: plot.voice, seats: room.max_participants })

const latest = (slots: readonly Slot[], otherwise: Date): Date => slots.reduce((last, { to }) => laterOf(last, to), otherwise)

/** Writes a day down. */
async function keep(tx: Tx, dice: Dice, meetings: readonly Meeting[], sittings: readonly Sitting[], outage: Outage): Promise<void> {
  const plots = meetings.flatMap(({ slot, anchor }): Plot[] => {
    if (slot.kept !== null) return []
    const { id, name, quarter, settings, from, to } = slot
    return [{ id, name, places: [quarter], owner: anchor.id, voice: null, settings, opened: from, closed: to }]
  })
  const own = await build(tx, plots)
  const moves = meetings.flatMap(({ slot, anchor }): Move[] => {
    const built = slot.kept ?? own.find(({ plot }) => plot.id === slot.id)
    if (built === undefined) return []
    const start = after(slot.from, dice.between(seconds(5), minutes(1)))
    const steps = stepsOf({ plan: planOf(built.room, noRun), by: anchor.id, start, stop: slot.to, until: slot.to, dice })
    return [{ room: built.room, timer: built.timer, run: noRun, steps }]
  })
  await record(tx, { built: own, sittings, moves: oncePerRoom(moves), outage })
}

const noRun = { work: null, break: null }

/** The runs of one room after each other, as one move. */
const oncePerRoom = (moves: readonly Move[]): readonly Move[] =>
  [...Map.groupBy(moves, ({ room }) => room.id).values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : [{ ...first, steps: [first, ...more].flatMap(({ steps }) => steps) }],
  )
