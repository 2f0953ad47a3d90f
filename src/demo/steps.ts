import type { Taken } from '../domain/timers/course.ts'
import { fresh, inRun, isFocus, type Plan, step, type TimerState, type TimerVerb } from '../domain/timers/timer.ts'
import { after, minutes } from '../kernel/clock.ts'
import type { PersonId } from '../kernel/ids.ts'
import type { Dice } from './dice.ts'

/** A run to be made. */
type Wanted = {
  readonly plan: Plan
  readonly by: PersonId
  readonly start: Date
  /** Somebody presses Stop at this moment, if the run is not over by then; null: the run still goes on at `until`. */
  readonly stop: Date | null
  readonly until: Date
  /** Pauses and skips by chance; null: every phase lives its length, and nobody presses Start in between. */
  readonly dice: Dice | null
}

/** Every step of one run of a timer, from Start to its end or to `until`, each as the state machine makes it. */
export function stepsOf({ plan, by, start, stop, until, dice }: Wanted): readonly Taken[] {
  const last = stop ?? until
  const steps: Taken[] = []
  let state: TimerState = fresh
  const take = (verb: TimerVerb, at: Date): void => {
    const taken = step(state, verb, plan, at)
    if (taken === null) throw new Error(`a ${state.status} timer can't ${verb}`)
    steps.push({ verb, at, by: verb === 'end' ? null : by, step: taken })
    state = taken.state
  }
  take('start', start)
  for (let at = start; inRun(state); at = steps.at(-1)?.at ?? at) {
    const next = nextDeed(state, at, dice)
    if (next === null || next.at > last) break
    take(next.verb, next.at)
  }
  if (stop !== null && inRun(state)) take('stop', stop)
  return steps
}

type Deed = { readonly verb: TimerVerb; readonly at: Date }

/** What happens next: mostly the phase ends by itself. Null where nobody does what the timer waits for. */
function nextDeed(state: TimerState, at: Date, dice: Dice | null): Deed | null {
  if (dice === null) return state.status === 'running' ? { verb: 'end', at: state.endsAt } : null
  const within = (least: number, most: number): Date => after(at, dice.between(least, most))
  if (state.status === 'idle') return { verb: 'start', at: within(minutes(1), minutes(3)) }
  if (state.status === 'paused') return { verb: 'resume', at: within(minutes(2), minutes(9)) }
  const left = state.endsAt.getTime() - at.getTime()
  if (left > minutes(2)) {
    const inBetween = (): Date => within(minutes(1), left - 1000)
    if (dice.chance(6)) return { verb: 'pause', at: inBetween() }
    if (dice.chance(isFocus(state.phase) ? 2 : 12)) return { verb: 'skip', at: inBetween() }
  }
  return { verb: 'end', at: state.endsAt }
}
