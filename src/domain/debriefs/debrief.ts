import type { PhaseId } from '../../kernel/ids.ts'

/**
 * What became of a focus phase for one person: so many seconds were counted; nothing was, since less than a minute was theirs; or it
 * is not decided yet, while their platform could not be seen.
 */
export type Counted = { readonly seconds: number } | 'nothing' | 'undecided'

/** How a focus phase went. `aim` is what was meant to be done in it. */
export type Debrief = { readonly phase: PhaseId; readonly counted: Counted; readonly aim: string | null }
