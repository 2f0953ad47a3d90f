import { afterAll, beforeAll, expect, test } from 'vitest'
import { textOf } from './simulator/index.ts'
import { openStage, type Stage, until } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

test('a day that is shown to moderators is corrected from the direct message in which they are told, hours later', async () => {
  const { ben, mo, general, house, guild } = stage
  await mo.slash(general, 'help')
  await ben.slash(general, 'room create', { name: 'Hall' })
  await house.clock.advance('25m')
  await ben.slash(general, 'room leave')
  await ben.press(await ben.slash(general, 'focus why'), 'Show to moderators')
  await house.settle()
  const direct = mo.directMessages()
  await until(() => mo.sees(direct).some((one) => textOf(one).includes('Look at the day')), 'the moderator is told')
  const notice = () => mo.sees(direct).find((one) => textOf(one).includes('Look at the day')) ?? fail()
  await house.clock.jump('2h')

  const form = await mo.press(await mo.press(notice(), 'Look at the day'), 'Correct 09:00–09:25')
  const answer = await mo.submit(form, { minutes: '10', reason: 'You were at lunch' })
  expect(answer.text).toContain('Corrected. Ben is told.')

  await house.clock.jump('1h')
  guild.removeMember(mo)
  expect((await mo.press(notice(), 'Look at the day')).text).toContain('Only moderators of the place where it happened')
})

const fail = (): never => {
  throw new Error('nothing is there')
}
