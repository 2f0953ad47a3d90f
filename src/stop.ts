import { setTimeout as wait } from 'node:timers/promises'
import { seconds } from './kernel/clock.ts'

export const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** npm passes Ctrl-C on to a process that the terminal has told already: what follows this closely is the same wish. */
const sameWishMilliseconds = 1000

/**
 * Resolves with the reason when this process should stop: a signal, or npm gone that started it (a killed npm leaves its script running).
 * Asked again a second later or more, `insist` is called: whoever asks does not want to wait.
 */
export async function askedToStop(insist: () => void): Promise<string> {
  const asked = Promise.withResolvers<string>()
  let first: number | null = null
  const hear = (signal: string) => {
    first ??= performance.now()
    if (performance.now() - first > sameWishMilliseconds) insist()
    asked.resolve(signal)
  }
  for (const signal of stopSignals) process.on(signal, hear)
  if (process.env.npm_lifecycle_event !== undefined) void parentGone(process.ppid).then(asked.resolve)
  return await asked.promise
}

async function parentGone(parent: number): Promise<string> {
  while (process.ppid === parent) await wait(seconds(1), undefined, { ref: false })
  return 'npm is gone'
}
