import type { Evidence } from '../db/schema.ts'
import type { Seen } from '../domain/presence/presence.actions.ts'
import type { Line } from '../domain/todos/todo.ts'
import { after, minutes, seconds } from '../kernel/clock.ts'
import type { Platform } from '../kernel/context.ts'
import type { PersonId, RoomId, WorkspaceId } from '../kernel/ids.ts'
import type { Dice } from './dice.ts'
import { isFree, type Resident } from './people.ts'

/** Somebody in a room from one moment to another, null while they are still there; how they are seen, and what they mean to do. */
export type Sitting = {
  readonly room: RoomId
  readonly person: PersonId
  readonly platform: Platform
  readonly from: Date
  readonly to: Date | null
  readonly seen: Seen
  readonly aim: Line | null
}

/** A stretch in which a room is used, from when the anchor comes to when the anchor goes; the anchor is there all the time. */
export type Gathering = {
  readonly room: RoomId
  readonly voice: string | null
  readonly open: readonly WorkspaceId[]
  readonly seats: number
  readonly anchor: Resident
  readonly from: Date
  readonly to: Date
}

export const mayEnter = (one: Resident, open: readonly WorkspaceId[], from: Date, to: Date): boolean =>
  isFree(one, from, to) && one.workspaces.some((workspace) => open.includes(workspace))

/** By voice in a room with a voice channel, by an open page on the web; on Slack some sit in a huddle, and the others are asked. */
export function seenAs({ platform, huddles, workspaces: [workspace] }: Resident, voice: string | null): Seen {
  const evidence: Record<Resident['platform'], Exclude<Evidence, 'joined' | 'self-run'>> = {
    discord: voice === null ? 'check-in' : 'voice',
    slack: huddles ? 'huddle' : 'check-in',
    web: 'web',
  }
  const seen = { evidence: evidence[platform], workspace: workspace ?? null }
  return seen.evidence === 'voice' && voice !== null ? { ...seen, channel: voice } : seen
}

/** Most say what they are at. */
export const aimOf = (dice: Dice, { aims }: Resident): Line | null => (dice.chance(70) ? (dice.pick(aims) ?? null) : null)

/**
 * Who comes to a gathering, and from when to when: some late, some leaving early, some for a few seconds, some twice; never
 * more than there are seats, never somebody who sits elsewhere.
 */
export function sit(
  dice: Dice,
  { room, voice, open, seats, anchor, from, to }: Gathering,
  residents: readonly Resident[],
): readonly Sitting[] {
  const sittings: (Sitting & { readonly to: Date })[] = []
  const take = (one: Resident, arrival: Date, departure: Date): boolean => {
    const present = sittings.filter((other) => other.from <= departure && other.to > arrival).length
    if (present >= seats || departure <= arrival || !mayEnter(one, open, arrival, departure)) return false
    sittings.push({
      room,
      person: one.id,
      platform: one.platform,
      from: arrival,
      to: departure,
      seen: seenAs(one, voice),
      aim: aimOf(dice, one),
    })
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
