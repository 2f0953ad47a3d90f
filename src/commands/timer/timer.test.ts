import { afterEach, beforeEach, expect, it } from 'vitest'
import { ada, ben, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
  await house.says(ada, 'room create Hall', studyHall)
  await house.says(ben, 'room join Hall', studyHall)
})
afterEach(() => house.close())

it('asks before it stops for others, only those who can and only where it runs', async () => {
  expect(await house.says(ada, 'timer stop', studyHall)).toContain('Stop for everyone?')
  expect(await house.says(ben, 'timer stop', studyHall)).toContain('Only the host, Ada, can stop.')
  expect(await house.says(ada, 'timer stop sure:yes', studyHall)).toContain('Hall — not running')
  expect(await house.says(ada, 'timer stop', studyHall)).toContain('The timer is not running.')
})
