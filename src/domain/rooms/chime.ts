import type { Told } from '../../events/event.ts'
import { seconds } from '../../kernel/clock.ts'
import { isFocus } from '../timers/timer.ts'

/** What a chime says: focus begins, a break begins, the phase ends in a minute. */
export type ChimeMoment = 'focus' | 'break' | 'warning'

/** A chime later than this says what is no longer so, and is not played. Milliseconds. */
export const longestChimeDelay = seconds(20)

/**
 * What the event sounds like; null where it has no sound. A phase that is over sounds also where the next one waits for somebody to
 * start it: a break for the end of focus, focus for the end of a break.
 */
export function momentOf(event: Told<'timer.moved' | 'timer.warned'>): ChimeMoment | null {
  if (event.type === 'timer.warned') return 'warning'
  if (event.verb === 'start') return isFocus(event.to) ? 'focus' : 'break'
  if (event.verb === 'end' || event.verb === 'skip') return event.from !== null && isFocus(event.from) ? 'break' : 'focus'
  return null
}
