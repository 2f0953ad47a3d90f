import { sql } from 'kysely'
import type { RoomSettings } from '../domain/rooms/room.ts'
import { seatHosts } from '../domain/rooms/seat.actions.ts'
import { type Move, planOf, type Taken } from '../domain/timers/course.ts'
import { step } from '../domain/timers/timer.ts'
import { after, minutes, seconds } from '../kernel/clock.ts'
import type { Tx } from '../kernel/context.ts'
import { newId, type PersonId } from '../kernel/ids.ts'
import type { Dice } from './dice.ts'
import type { Resident } from './people.ts'
import { record } from './record.ts'
import { type Built, build, type Plot, type Quarter } from './rooms.ts'
import { aimOf, type Sitting, seenAs } from './sittings.ts'
import { stepsOf } from './steps.ts'

/** A room as it is right now. */
export type Now = {
  readonly name: string
  /** Its home first; then where it was shared to. */
  readonly places: readonly [Quarter, ...Quarter[]]
  readonly settings?: Partial<RoomSettings>
  readonly people: number
  /** Minutes since the timer was started; null: it was not. */
  readonly running: number | null
  /** Minutes since it was paused, while it ran focus or a break. */
  readonly paused?: number
  /** Somebody else who is in it. */
  readonly guest?: Resident
  /** Somebody who may see it, though it is private. */
  readonly invited?: Resident
}

/** Rooms for a few have no voice channel. */
const voiceOf = ({ name, places, people }: Now): string | null =>
  people > 3 && places.some(({ platform }) => platform === 'discord') ? `voice of ${name}` : null

/** Residents have left all other rooms by then. */
export const gatherMinutes = 200

const noRun = { work: null, break: null }

/** Opens the rooms that are open right now: with people in them, and timers in every state. */
export async function gather(
  tx: Tx,
  dice: Dice,
  nows: readonly Now[],
  kept: readonly Built[],
  residents: readonly Resident[],
): Promise<void> {
  const taken = new Set<Resident>(nows.flatMap(({ guest }) => guest ?? []))
  const opening = after(tx.now, -minutes(gatherMinutes))
  const rooms = nows.map((now) => {
    const open = now.places.map(({ id }) => id)
    const free = residents.filter((one) => !taken.has(one) && one.since < opening && one.workspaces.some((place) => open.includes(place)))
    const [home] = open
    const own = free.find((one) => one.role !== 'guest' && home !== undefined && one.workspaces.includes(home))
    const people = [own, ...free.filter((one) => one !== own)].slice(0, now.people).flatMap((one) => one ?? [])
    for (const person of people) taken.add(person)
    return { now, people, opened: after(opening, dice.between(0, minutes(5))) }
  })
  const plots = rooms.flatMap(({ now, people: [owner], opened }): Plot[] => {
    if (kept.some(({ plot }) => plot.name === now.name) || owner === undefined) return []
    return [
      {
        id: newId(),
        name: now.name,
        places: now.places,
        owner: owner.id,
        voice: voiceOf(now),
        settings: now.settings ?? {},
        opened,
        closed: null,
      },
    ]
  })
  const own = await build(tx, plots)
  const sittings: Sitting[] = []
  const moves: Move[] = []
  for (const { now, people, opened } of rooms) {
    const built = [...kept, ...own].find(({ plot }) => plot.name === now.name)
    if (built === undefined) throw new Error(`${now.name} was not built`)
    const [first] = people
    const started = now.running === null ? opened : after(tx.now, -minutes(now.running))
    const arrival = (n: number): Date =>
      n === 0 ? opened : after(opened, dice.between(0, tx.now.getTime() - opened.getTime() - seconds(20)))
    const present = now.guest === undefined ? people : [...people, now.guest]
    sittings.push(...present.map((one, n) => sittingNow(dice, built, one, arrival(n))))
    if (now.running !== null && first !== undefined) {
      moves.push({ room: built.room, timer: built.timer, run: noRun, steps: upToNow(tx.now, built, first.id, started, now.paused) })
    }
    if (now.invited !== undefined) await letIn(tx, built, first?.id ?? null, now.invited.id, opened)
  }
  await record(tx, { built: own, sittings, moves })
  await seatHosts(
    tx,
    [...kept, ...own].map(({ room }) => room.id),
  )
  await tidy(tx)
}

/** Somebody who sits there still. The owner has no page open before the first start, and is asked instead. */
function sittingNow(dice: Dice, { room, plot }: Built, one: Resident, from: Date): Sitting {
  const seen = seenAs(one, plot.voice)
  const asked = { evidence: 'check-in', workspace: seen.workspace } as const
  const { id: person, platform } = one
  return { room: room.id, person, platform, from, to: null, seen: seen.evidence === 'web' ? asked : seen, aim: aimOf(dice, one) }
}

/** The steps of a run that goes on, paused some minutes ago if asked for. */
function upToNow(now: Date, { room }: Built, by: PersonId, start: Date, paused: number | undefined): readonly Taken[] {
  const plan = planOf(room, noRun)
  const until = paused === undefined ? now : after(now, -minutes(paused))
  const steps = stepsOf({ plan, by, start, stop: null, until, dice: null })
  const state = steps.at(-1)?.step.state
  const pause = paused === undefined || state === undefined ? null : step(state, 'pause', plan, until)
  return pause === null ? steps : [...steps, { verb: 'pause', at: until, by, step: pause }]
}

async function letIn(tx: Tx, { room }: Built, by: PersonId | null, person: PersonId, at: Date): Promise<void> {
  await tx.db.insertInto('room_invitation').values({ room_id: room.id, user_id: person, invited_by: by, created_at: at }).execute()
}

/** An open room with nobody in it has been empty since the last one left. */
async function tidy(tx: Tx): Promise<void> {
  await sql`update room r set empty_since = case when p.here > 0 then null else p.last end
    from (select room_id, count(*) filter (where left_at is null) as here, max(left_at) as last from participant group by room_id) p
    where p.room_id = r.id and r.is_active`.execute(tx.db)
}
