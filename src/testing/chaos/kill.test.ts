import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { live } from './life.ts'

const kills = Number(process.env.KILLS ?? 10)
/** Fixes who does what and when a worker dies; the processes still race as they like. */
const seed = Number(process.env.SEED ?? randomInt(2 ** 31))

test(`${kills} killed workers neither lose nor double anything (SEED=${seed})`, { timeout: 120_000 + kills * 6000 }, async () => {
  const { problems, complaints, ...lived } = await live({ seed, kills, seconds: 3 })
  process.stdout.write(`chaos: ${kills} kills, SEED=${seed}, ${JSON.stringify(lived)}\n`)
  expect({ problems, complaints }).toEqual({ problems: [], complaints: [] })
  expect(lived.phases).toBeGreaterThan(kills)
  expect(lived.sessions).toBeGreaterThan(0)
})
