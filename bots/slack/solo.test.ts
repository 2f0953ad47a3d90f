import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, textOf } from './simulator/index.ts'
import { openStage, type Stage } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const records = () =>
  stage.house.app.db.selectFrom('session_history').select(['seconds', 'source', 'result']).orderBy('completed_at').execute()

/** The direct message that says this, once it has come. */
async function told(who: Person, words: string) {
  const find = () => who.dm().messages.find((message) => textOf(message).includes(words))
  await stage.slack.until(() => find() !== undefined)
  const found = find()
  if (found === undefined) throw new Error(`nothing says ${words}`)
  return found
}

test('App Home shows a session by oneself, and ends it', async () => {
  const { ben, channel, house, slack } = stage
  await ben.openHome()
  await slack.until(() => textOf(ben.home).includes('Start 25 min'))
  await ben.slash(channel, '/focus', 'start "Chapter 3 #biology" minutes:50')
  await house.settle()
  await slack.until(() => textOf(ben.home).includes('Chapter 3 #biology'))
  await house.clock.advance('20m')
  if (!ben.home) throw new Error('no home')
  await ben.press(ben.home, 'Done')
  await house.settle()
  await slack.until(() => textOf(ben.home).includes('Start 25 min'))
  expect(await records()).toEqual([{ seconds: 1200, source: 'solo', result: 'done' }])
})

test('the front door shows it to its person alone', async () => {
  const { chae, channel, house } = stage
  await chae.slash(channel, '/focus', '시작 분:25')
  const door = await chae.slash(channel, '/focus', '')
  expect(door.text).toContain('혼자 집중')
  expect(channel.messages.filter(({ onlyFor }) => onlyFor === null)).toEqual([])
  await house.clock.advance('26m')
  await chae.press(await told(chae, '어땠어요?'), '조금 했어요')
  await house.settle()
  expect((await records()).at(-1)).toEqual({ seconds: 1500, source: 'solo', result: 'partly' })
})

test('a forgotten session is asked about, and counts as told', async () => {
  const { ada, channel, house } = stage
  await ada.slash(channel, '/focus', 'start')
  await house.clock.advance('5h')
  await ada.press(await told(ada, 'When did you stop?'), '2 h ago')
  await house.settle()
  expect((await records()).at(-1)).toMatchObject({ seconds: 3 * 3600, source: 'self-reported' })
})
