import { TestClock } from 'pg-boss'
import type { Clock } from '../kernel/clock.ts'

/** A clock that stands still until it is moved. `queue` is the same time for the job queue. */
export type MovedClock = Clock & { readonly queue: TestClock; set(time: Date): Promise<void> }

export function movedClock(start: Date): MovedClock {
  let time = start
  const queue = new TestClock(start)
  const sleepers = new Set<() => void>()
  return {
    queue,
    now: () => new Date(time),
    sleep: (until, signal) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (time < until && !signal.aborted) return
          sleepers.delete(look)
          resolve()
        }
        sleepers.add(look)
        signal.addEventListener('abort', look, { once: true })
        look()
      }),
    async set(to) {
      time = to
      await queue.setTime(to)
      for (const look of [...sleepers]) look()
    },
  }
}
