import type { Evidence } from '../../db/schema.ts'

/** A platform whose connection gave no sign of life for this long can't be seen. */
export const blindSeconds = 30

/** What is missed of a person up to here is bridged where they are still there afterwards; anything longer ends their presence. */
export const bridgedMinutes = 15

/** Who left a voice channel, a huddle or a page, and is back within this time, never left. */
export const awaySeconds = 60

/** So many breaks without a sign end the presence of one who checks in, at the last sign. */
export const silentBreaks = 2

/** How long somebody whose silence ended their presence may say that they were there after all. */
export const claimMinutes = 60

/** Of one outage so much can be said to have been focused, by the person or by a moderator. */
export const longestGapMinutes = 180

const ranks: Record<Evidence, number> = { voice: 4, huddle: 3, web: 2, 'check-in': 1, joined: 0, 'self-run': 0 }

/** Evidence that is seen is better than evidence that must be asked for: it takes over. */
export const isBetter = (evidence: Evidence, than: Evidence): boolean => ranks[evidence] > ranks[than]
