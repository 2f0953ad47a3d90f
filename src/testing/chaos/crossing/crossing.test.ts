import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { liveCrossing } from './life.ts'

const deeds = Number(process.env.DEEDS ?? 100)
const seed = Number(process.env.SEED ?? randomInt(2 ** 31))

test(`${deeds} deeds of people on three platforms at once end with what the rules say, and nothing counts twice (SEED=${seed})`, {
  timeout: 120_000 + deeds * 2000,
}, async () => {
  const { problems, ...lived } = await liveCrossing(seed, deeds)
  process.stdout.write(`crossing: ${deeds} deeds, SEED=${seed}, ${JSON.stringify(lived)}\n`)
  expect(problems).toEqual([])
  expect(lived.sessions).toBeGreaterThan(0)
})
