import { after, minutes } from '../../kernel/clock.ts'
import type { PersonId } from '../../kernel/ids.ts'
import type { Room, Timer } from '../rooms/room.queries.ts'
import { inRun, type Plan, type Step, step, type TimerState, type TimerVerb } from './timer.ts'

export type Taken = { readonly verb: TimerVerb; readonly at: Date; readonly by: PersonId | null; readonly step: Step }
/** One room's timer as it was, and the steps it takes now. */
export type Move = { readonly room: Room; readonly timer: Timer; readonly run: Run; readonly steps: readonly Taken[] }
/** One-off lengths of this run, in minutes. */
export type Run = { readonly work: number | null; readonly break: number | null }

/** A room with nobody in it stops its timer after this long, or at once where it is so set. */
export const emptyStopMinutes = 30

export const runOf = (timer: Timer): Run => ({ work: timer.run_work_minutes, break: timer.run_break_minutes })

export const planOf = (room: Room, run: Run): Plan => ({
  workMinutes: run.work ?? room.work_duration_minutes,
  breakMinutes: run.break ?? room.break_duration_minutes,
  longBreakMinutes: room.long_break_minutes,
  longBreakAfter: room.long_break_after,
  rounds: room.rounds,
  autoStartBreak: room.auto_start_break,
  autoStartWork: room.auto_start_work,
})

export function stateOf(timer: Timer): TimerState {
  const common = { phase: timer.phase_type, completed: timer.completed_rounds }
  const plannedSeconds = timer.planned_seconds ?? 0
  if (timer.status === 'running' && timer.ends_at !== null) return { ...common, status: 'running', plannedSeconds, endsAt: timer.ends_at }
  if (timer.status === 'paused' && timer.remaining_seconds !== null) {
    return { ...common, status: 'paused', plannedSeconds, remainingSeconds: timer.remaining_seconds }
  }
  return { ...common, status: 'idle' }
}

/** Every phase that was missed up to `now`, in order; an empty room stops on the way when its time has come. */
export function catchUp(room: Room, timer: Timer, now: Date): readonly Taken[] {
  const plan = planOf(room, runOf(timer))
  const patience = room.stop_when_empty ? 0 : minutes(emptyStopMinutes)
  const stopAt = room.empty_since === null ? null : laterOf(after(room.empty_since, patience), timer.updated_at)
  const steps: Taken[] = []
  const take = (verb: 'end' | 'stop', at: Date): TimerState => {
    const taken = step(state, verb, plan, at)
    if (taken === null) throw new Error(`a ${state.status} timer can't ${verb}`)
    steps.push({ verb, at, by: null, step: taken })
    return taken.state
  }
  let state = stateOf(timer)
  while (inRun(state)) {
    const end = state.status === 'running' ? state.endsAt : null
    if (stopAt !== null && stopAt <= now && (end === null || stopAt < end)) state = take('stop', stopAt)
    else if (end !== null && end <= now) state = take('end', end)
    else break
  }
  return steps
}

export const laterOf = (a: Date, b: Date): Date => (a > b ? a : b)
