import { afterEach, beforeEach, expect, it } from 'vitest'
import { ada, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const stopDone = () => house.says(ada, 'focus stop result:done', studyHall)
const results = () => house.app.db.selectFrom('session_history').select('result').execute()

it('takes no result in a room while a focus runs there, or stands still', async () => {
  await house.says(ada, 'room create Hall', studyHall)
  expect(await stopDone()).toContain('Leave to stop for yourself')
  await house.clock.advance('25m')
  await house.says(ada, 'timer skip', studyHall)
  expect(await stopDone()).toContain('Leave to stop for yourself')
  await house.says(ada, 'timer pause', studyHall)
  expect(await stopDone()).toContain('Leave to stop for yourself')
  expect(await results()).toEqual([{ result: null }])
})

it('takes the result of the focus before a break', async () => {
  await house.says(ada, 'room create Hall', studyHall)
  await house.clock.advance('25m')
  expect(await stopDone()).not.toContain('Leave to stop for yourself')
  expect(await results()).toEqual([{ result: 'done' }])
})
