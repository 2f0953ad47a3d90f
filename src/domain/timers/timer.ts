import type { PhaseType } from '../../db/schema.ts'
import { after, seconds } from '../../kernel/clock.ts'

/** Lengths and habits of a run; a one-off length of `timer start` stands in for the room's own. */
export type Plan = {
  readonly workMinutes: number
  readonly breakMinutes: number
  readonly longBreakMinutes: number
  readonly longBreakAfter: number | null
  readonly rounds: number | null
  readonly autoStartBreak: boolean
  readonly autoStartWork: boolean
}

/** `phase` is the open phase, or while idle the one that waits for Start. `completed` counts finished focus phases of the run. */
export type TimerState = { readonly phase: PhaseType; readonly completed: number } & (
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly plannedSeconds: number; readonly endsAt: Date }
  | { readonly status: 'paused'; readonly plannedSeconds: number; readonly remainingSeconds: number }
)

/** `end` is the deed of the clock: the running phase has lived its length. */
export type TimerVerb = 'start' | 'pause' | 'resume' | 'skip' | 'stop' | 'end'

/** What becomes of the open phase, and which one opens, all at one moment. */
export type Step = {
  readonly state: TimerState
  readonly closes: 'ended' | 'skipped' | 'stopped' | null
  readonly span: 'opens' | 'closes' | null
  readonly opens: { readonly type: PhaseType; readonly round: number; readonly plannedSeconds: number } | null
}

export const fresh: TimerState = { status: 'idle', phase: 'work', completed: 0 }

export const isFocus = (phase: PhaseType): boolean => phase === 'work'

/** The round a phase belongs to, from 1: a break has the round it follows. */
export const roundOf = (phase: PhaseType, completed: number): number => (phase === 'work' ? completed + 1 : Math.max(completed, 1))

/**
 * The round as people count it: of the rounds of the run, else of the rounds up to the long break, else endlessly. Of a break it is
 * how many are done, which a skipped focus phase leaves as it was; 0 before the first.
 */
export function roundShown(phase: PhaseType, completed: number, plan: Plan): { readonly round: number; readonly of: number | null } {
  const round = isFocus(phase) ? completed + 1 : completed
  if (plan.rounds !== null) return { round, of: plan.rounds }
  if (plan.longBreakAfter === null) return { round, of: null }
  return { round: round === 0 ? 0 : ((round - 1) % plan.longBreakAfter) + 1, of: plan.longBreakAfter }
}

export function plannedSeconds(phase: PhaseType, plan: Plan): number {
  const lengths: Record<PhaseType, number> = { work: plan.workMinutes, break: plan.breakMinutes, long_break: plan.longBreakMinutes }
  return lengths[phase] * 60
}

/**
 * The state machine of a room's timer (domain.md, section 1). Pure: `at` is the moment of the deed, for `end` the
 * moment at which the phase was due. Null where the verb means nothing in this state.
 */
export function step(state: TimerState, verb: TimerVerb, plan: Plan, at: Date): Step | null {
  switch (verb) {
    case 'start':
      return state.status === 'idle' ? opened(state.phase, state.completed, plan, at, null) : null
    case 'pause':
      return state.status === 'running' ? paused(state, at) : null
    case 'resume':
      return state.status === 'paused' ? resumed(state, at) : null
    case 'skip':
      return skipped(state, plan, at)
    case 'stop':
      return stopped(state)
    case 'end':
      return state.status === 'running' ? ended(state, plan, at) : null
    default:
      return verb satisfies never
  }
}

function opened(phase: PhaseType, completed: number, plan: Plan, at: Date, closes: Step['closes']): Step {
  const planned = plannedSeconds(phase, plan)
  return {
    state: { status: 'running', phase, completed, plannedSeconds: planned, endsAt: after(at, seconds(planned)) },
    closes,
    span: 'opens',
    opens: { type: phase, round: roundOf(phase, completed), plannedSeconds: planned },
  }
}

type Running = Extract<TimerState, { status: 'running' }>
type Paused = Extract<TimerState, { status: 'paused' }>

function paused(state: Running, at: Date): Step {
  const { endsAt, ...rest } = state
  const remainingSeconds = Math.max(1, Math.ceil((endsAt.getTime() - at.getTime()) / 1000))
  return { state: { ...rest, status: 'paused', remainingSeconds }, closes: null, span: 'closes', opens: null }
}

function resumed(state: Paused, at: Date): Step {
  const { remainingSeconds, ...rest } = state
  return { state: { ...rest, status: 'running', endsAt: after(at, seconds(remainingSeconds)) }, closes: null, span: 'opens', opens: null }
}

/**
 * A skipped focus phase is no round, so the same round comes again after a short break; a skipped break, also one that
 * still waits for Start, leads to focus at once.
 */
function skipped(state: TimerState, plan: Plan, at: Date): Step | null {
  if (state.status === 'idle') return isFocus(state.phase) ? null : opened('work', state.completed, plan, at, null)
  return opened(isFocus(state.phase) ? 'break' : 'work', state.completed, plan, at, 'skipped')
}

function stopped(state: TimerState): Step | null {
  if (!inRun(state)) return null
  return {
    state: fresh,
    closes: state.status === 'idle' ? null : 'stopped',
    span: state.status === 'running' ? 'closes' : null,
    opens: null,
  }
}

function ended(state: Running, plan: Plan, at: Date): Step {
  if (!isFocus(state.phase)) {
    if (plan.autoStartWork) return opened('work', state.completed, plan, at, 'ended')
    return waiting('work', state.completed)
  }
  const completed = state.completed + 1
  if (plan.rounds !== null && completed >= plan.rounds) return { state: fresh, closes: 'ended', span: 'closes', opens: null }
  const long = plan.longBreakAfter !== null && completed % plan.longBreakAfter === 0
  const next: PhaseType = long ? 'long_break' : 'break'
  return plan.autoStartBreak ? opened(next, completed, plan, at, 'ended') : waiting(next, completed)
}

const waiting = (phase: PhaseType, completed: number): Step => ({
  state: { status: 'idle', phase, completed },
  closes: 'ended',
  span: 'closes',
  opens: null,
})

/** Whether this state belongs to a run that has begun: its one-off lengths hold until it is over. */
export const inRun = (state: TimerState): boolean => state.status !== 'idle' || state.phase !== 'work' || state.completed > 0
