import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { liveWeek } from './life.ts'

const kills = Number(process.env.VOICE_KILLS ?? 10)
/** Fixes what people do, what of it is heard, and how long each process is missing; where it dies is up to the machine. */
const seed = Number(process.env.SEED ?? randomInt(2 ** 31))

test(`a week of voice through ${kills} killed processes ends with what the rules say (SEED=${seed})`, {
  timeout: 180_000 + kills * 6000,
}, async () => {
  const { problems, complaints, ...lived } = await liveWeek(seed, kills)
  process.stdout.write(`voice: ${kills} kills, SEED=${seed}, ${JSON.stringify(lived)}\n`)
  expect({ problems, complaints }).toEqual({ problems: [], complaints: [] })
  expect(lived.sessions).toBeGreaterThan(100)
})
