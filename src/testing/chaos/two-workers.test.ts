import { expect, test } from 'vitest'
import { live } from './life.ts'

test('two workers on one database do nothing twice in half an hour of busy rooms', { timeout: 120_000 }, async () => {
  const { problems, complaints, phases, sessions } = await live({ seed: 7, kills: 0, seconds: 30 })
  expect({ problems, complaints }).toEqual({ problems: [], complaints: [] })
  expect(phases).toBeGreaterThan(30)
  expect(sessions).toBeGreaterThan(30)
})
