import type { Run } from './course.ts'

/** What a person does to a timer; the clock ends phases. */
export type Verb = 'start' | 'pause' | 'resume' | 'skip' | 'stop'

export type Deed = {
  readonly verb: Verb
  /** The phase a button was drawn for: a press from another phase changes nothing. */
  readonly phase?: string | undefined
  /** One-off lengths of the run that starts, in minutes. */
  readonly run?: Run
  /** Ask for a vote instead of being refused. */
  readonly vote?: boolean
}

/** `voted`: the vote is counted, more are needed. */
export type Done = 'moved' | { readonly voted: number; readonly needed: number }
