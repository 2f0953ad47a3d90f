import { setTimeout as wait } from 'node:timers/promises'

/** The only source of time. Tests hand in one that they move. */
export type Clock = {
  now(): Date
  /** Resolves when `until` has come or `signal` aborts; the caller looks again at what is due. */
  sleep(until: Date, signal: AbortSignal): Promise<void>
}

/** Timers of Node hold 2^31 - 1 ms at most; a longer sleep wakes early and is asked for again. */
const longestSleepMilliseconds = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => new Date(),
  async sleep(until, signal) {
    const milliseconds = Math.min(Math.max(until.getTime() - Date.now(), 0), longestSleepMilliseconds)
    try {
      await wait(milliseconds, undefined, { signal, ref: false })
    } catch (error) {
      if (!signal.aborted) throw error
    }
  },
}

export const seconds = (n: number): number => n * 1000
export const minutes = (n: number): number => n * 60_000
export const hours = (n: number): number => n * 3_600_000
export const days = (n: number): number => n * 86_400_000

/** The moment `milliseconds` after (or, negative, before) `time`. */
export const after = (time: Date, milliseconds: number): Date => new Date(time.getTime() + milliseconds)
