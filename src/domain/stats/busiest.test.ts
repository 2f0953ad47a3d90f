import { expect, test } from 'vitest'
import { busiestHours } from './stats.ts'

const at = (amounts: Readonly<Record<number, number>>) => busiestHours(Array.from({ length: 24 }, (_, hour) => amounts[hour] ?? 0))

test('the busiest hours of a day hold nothing that is empty', () => {
  expect(at({})).toBeNull()
  expect(at({ 4: 60 })).toEqual({ from: 4, to: 5 })
  expect(at({ 0: 60 })).toEqual({ from: 0, to: 1 })
  expect(at({ 23: 60 })).toEqual({ from: 23, to: 24 })
  expect(at({ 9: 50, 10: 60, 14: 70 })).toEqual({ from: 9, to: 11 })
})
