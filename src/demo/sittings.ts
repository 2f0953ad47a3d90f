import { after, minutes, seconds } from '../kernel/clock.ts'
import type { PersonId, RoomId, WorkspaceId } from '../kernel/ids.ts'
import type { Dice } from './dice.ts'
import type { Resident } from './people.ts'

/** Somebody in a room from one moment to another; null while they are still there. */
export type Sitting = { readonly room: RoomId; readonly person: PersonId; readonly from: Date; readonly to: Date | null }

/** A stretch in which a room is used, from when the anchor comes to when the anchor goes; the anchor is there all the time. */
export type Gathering = {
  readonly room: RoomId
  readonly open: readonly WorkspaceId[]
  readonly seats: number
  readonly anchor: Resident
  readonly from: Date
  readonly to: Date
}

export const mayEnter = (one: Resident, open: readonly WorkspaceId[], at: Date): boolean =>
  one.since <= at && one.freeFrom <= at && one.workspaces.some((workspace) => open.includes(workspace))

/**
 * Who comes to a gathering, and from when to when: some late, some leaving early, some for a few seconds, some twice; never
 * more than there are seats, never somebody who sits elsewhere.
 */
export function sit(dice: Dice, { room, open, seats, anchor, from, to }: Gathering, residents: readonly Resident[]): readonly Sitting[] {
  const sittings: { room: RoomId; person: PersonId; from: Date; to: Date }[] = []
  const take = (one: Resident, arrival: Date, departure: Date): boolean => {
    const present = sittings.filter((other) => other.from <= departure && other.to > arrival).length
    if (present >= seats || departure <= arrival || !mayEnter(one, open, arrival)) return false
    sittings.push({ room, person: one.id, from: arrival, to: departure })
    one.freeFrom = departure
    return true
  }
  take(anchor, from, to)
  for (const one of residents) {
    if (!dice.chance(one.diligence) || !dice.chance(18)) continue
    const length = to.getTime() - from.getTime()
    const arrival = after(from, dice.chance(55) ? dice.between(seconds(5), minutes(5)) : dice.between(minutes(5), Math.floor(length * 0.7)))
    const stay = dice.chance(4) ? dice.between(seconds(15), seconds(50)) : dice.between(minutes(20), minutes(170))
    const departure = after(arrival, Math.min(stay, to.getTime() - arrival.getTime()))
    if (take(one, arrival, departure) && dice.chance(15)) {
      const back = after(departure, dice.between(minutes(2), minutes(15)))
      take(one, back, new Date(Math.min(after(back, dice.between(minutes(15), minutes(60))).getTime(), to.getTime())))
    }
  }
  return sittings
}
