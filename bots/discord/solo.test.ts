import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Message, type Person, textOf } from './simulator/index.ts'
import { openStage, type Stage, until } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** The direct message that says this, once it has come. */
async function told(who: Person, words: string): Promise<Message> {
  const find = () => who.sees(who.directMessages()).find((message) => textOf(message).includes(words))
  await until(() => find() !== undefined, words)
  const found = find()
  if (found === undefined) throw new Error(`nothing says ${words}`)
  return found
}

const records = () =>
  stage.house.app.db.selectFrom('session_history').select(['seconds', 'source', 'result']).orderBy('completed_at').execute()

test('a session by oneself is a private card, and one tap ends it with its result', async () => {
  const { ben, general, house, discord } = stage
  const before = discord.messagesIn(general).length
  const card = await ben.slash(general, 'focus start', { aim: 'Chapter 3 #biology', minutes: 50 })
  expect(card.ephemeral).toBe(true)
  expect(card.text).toContain('Chapter 3')
  await house.clock.advance('20m')
  const over = await ben.press(card, 'Done')
  expect(over.text).toContain('20 min counted')
  expect(await records()).toEqual([{ seconds: 1200, source: 'solo', result: 'done' }])
  expect(discord.messagesIn(general)).toHaveLength(before)
})

test('one that ended by itself is told about, and asks how it went', async () => {
  const { chae, general, house } = stage
  await chae.slash(general, 'focus start', { minutes: 25 })
  await house.clock.advance('26m')
  expect((await chae.press(await told(chae, '어땠어요?'), '조금 했어요')).text).toContain('결과: 조금 했어요')
  expect((await records()).at(-1)).toEqual({ seconds: 1500, source: 'solo', result: 'partly' })
})

test('a forgotten session is asked about, and counts as told', async () => {
  const { ada, general, house } = stage
  await ada.slash(general, 'focus start')
  await house.clock.advance('5h')
  expect((await ada.press(await told(ada, 'When did you stop?'), '2 h ago')).text).toContain('3 h counted')
  expect((await records()).at(-1)).toMatchObject({ seconds: 3 * 3600, source: 'self-reported' })
})

test('a chosen time is asked for in a form', async () => {
  const { mo, general, house } = stage
  await mo.slash(general, 'focus start')
  await house.clock.advance('5h')
  const form = await mo.press(await told(mo, 'When did you stop?'), 'Choose a time')
  const stopped = new Date(house.clock.now().getTime() - (4 * 60 + 20) * 60_000)
  expect((await mo.submit(form, { at: stopped.toISOString().slice(0, 16) })).text).toContain('40 min counted')
})

test('how a day came about is told with its picture', async () => {
  const { ben, general } = stage
  const why = await ben.slash(general, 'focus why')
  expect(why.ephemeral).toBe(true)
  expect(why.text).toContain('20 min counted (by yourself)')
})
