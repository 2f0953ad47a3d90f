import { expect, test } from 'vitest'
import { countVisits } from './visits.ts'

test('a shard is not asked for more visits than Discord lets it make, and the others have their own', () => {
  let now = new Date('2026-03-02T09:00:00Z')
  const visits = countVisits(() => now)
  const made = Array.from({ length: 60 }, () => visits.may(0)).filter((may) => may).length
  expect(made).toBe(50)
  expect(visits.may(1)).toBe(true)
  now = new Date('2026-03-02T09:00:59Z')
  expect(visits.may(0)).toBe(false)
  now = new Date('2026-03-02T09:01:01Z')
  expect(visits.may(0)).toBe(true)
})
