import { expect, it } from 'vitest'
import { oneAtATime } from './one-at-a-time.ts'

it('runs once more for all that was asked meanwhile, and again when asked later', async () => {
  const runs: PromiseWithResolvers<void>[] = []
  const failures: unknown[] = []
  const ask = oneAtATime(
    () => {
      const run = Promise.withResolvers<void>()
      runs.push(run)
      return run.promise
    },
    (error) => failures.push(error),
  )
  ask()
  for (let time = 0; time < 20; time += 1) ask()
  expect(runs).toHaveLength(1)
  runs[0]?.resolve()
  await expect.poll(() => runs.length).toBe(2)
  runs[1]?.reject(new Error('gone'))
  await expect.poll(() => failures.length).toBe(1)
  ask()
  expect(runs).toHaveLength(3)
  runs[2]?.resolve()
})
