import type { Team } from './world.ts'

/** What a person shows of themselves in Slack. Times in whole seconds since the epoch, as Slack writes them. */
export type OwnState = {
  readonly statusText: string
  readonly statusEmoji: string
  /** When Slack takes the status away by itself; 0: never. */
  readonly statusExpiration: number
  /** Until when they paused their notifications; 0: not at all. */
  readonly snoozedUntil: number
  readonly inHuddle: boolean
}

const plain: OwnState = { statusText: '', statusEmoji: '', statusExpiration: 0, snoozedUntil: 0, inHuddle: false }
const noStatus = { statusText: '', statusEmoji: '', statusExpiration: 0 } as const

/** How it is at a moment in ms: a status that expired and a pause that ended are gone. */
export function ownState(team: Team, user: string, nowMs: number): OwnState {
  const kept = team.states.get(user) ?? plain
  const second = Math.floor(nowMs / 1000)
  const isOver = kept.statusExpiration !== 0 && kept.statusExpiration <= second
  return { ...kept, ...(isOver ? noStatus : {}), snoozedUntil: kept.snoozedUntil <= second ? 0 : kept.snoozedUntil }
}

export function changeOwnState(team: Team, user: string, change: Partial<OwnState>): void {
  team.states.set(user, { ...(team.states.get(user) ?? plain), ...change })
}
