import { type Clock, systemClock } from '../../kernel/clock.ts'

/** Processes with the same pace read the same time. `since` is the real moment at which it was `start`; both in milliseconds. */
export type Pace = { readonly start: number; readonly since: number; readonly speed: number }

/** A clock that runs `speed` times as fast as the real one. */
export function fastClock({ start, since, speed }: Pace): Clock {
  const now = (): Date => new Date(start + (Date.now() - since) * speed)
  return {
    now,
    sleep: (until, signal) => systemClock.sleep(new Date(Date.now() + Math.ceil((until.getTime() - now().getTime()) / speed)), signal),
  }
}
