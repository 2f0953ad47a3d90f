import { afterAll, beforeAll, expect, test } from 'vitest'
import { textOf } from './simulator/index.ts'
import { openStage, type Stage, until } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  const { ada, ben, general, house } = stage
  await ada.slash(general, 'room create', { name: 'Hall', rounds: 2 })
  const panel = stage.discord.messagesIn(general).find((message) => textOf(message).includes('[Leave]'))
  if (!panel) throw new Error('there is no panel')
  await ben.press(panel, 'Join')
  await house.settle()
})
afterAll(() => stage.close())

const questions = () => stage.discord.messagesIn(stage.general).filter((message) => textOf(message).includes('[Not this time]'))

const counted = async (name: string) => {
  const rows = await stage.house.app.db
    .selectFrom('session_history as h')
    .innerJoin('identity as i', 'i.user_id', 'h.user_id')
    .select(['h.seconds', 'h.result', 'h.aim'])
    .where('i.display_name', '=', name)
    .orderBy('h.started_at')
    .execute()
  return rows
}

test('the line of a break asks how it went; one press counts, answers alone and completes the aim', async () => {
  const { ben, general, house } = stage
  await ben.slash(general, 'todo add', { text: 'Read chapter 3 #biology' })
  const more = await ben.press(stage.discord.messagesIn(general).find((message) => textOf(message).includes('[More]')) ?? fail(), 'More')
  const [select] = JSON.stringify(more.message?.components).match(/focus\.aim[^"]*/) ?? []
  await ben.select(more, select ?? '', ['Read chapter 3 #biology'])
  await house.clock.advance('25m')
  await until(() => questions().length === 1, 'it is asked')
  expect(await counted('Ben')).toEqual([])
  const answer = await ben.press(questions()[0] ?? fail(), 'Done')
  expect(textOf(answer.message ?? fail())).toMatch(/Counted: 25 min.*Read chapter 3/s)
  expect(await counted('Ben')).toEqual([{ seconds: 1500, result: 'done', aim: 'Read chapter 3' }])
  expect(await house.app.db.selectFrom('todo').select('text').where('done_at', 'is', null).execute()).toEqual([])
  const changed = await ben.press(questions()[0] ?? fail(), 'Partly')
  expect(textOf(changed.message ?? fail())).toContain('[Your next aim: Read chapter 3')
  expect(await house.app.db.selectFrom('todo').select('text').where('done_at', 'is', null).execute()).toEqual([{ text: 'Read chapter 3' }])
  expect(questions()).toHaveLength(1)
})

test('the end of the last round asks too; an answer of the break before still means the focus before it', async () => {
  const { ada, ben, general, house } = stage
  const early = (await ben.slash(general, 'timer status')).message ?? fail()
  await house.clock.advance('5m')
  await until(() => questions().length === 0, 'focus began')
  await house.clock.advance('25m')
  await until(() => questions().length === 1, 'it is asked at the end')
  expect(textOf(questions()[0] ?? fail())).toContain('The last round is over.')
  await ben.press(early, 'Not this time')
  expect((await counted('Ben')).map(({ result }) => result)).toEqual(['no', null])
  await ada.press(questions()[0] ?? fail(), 'Done')
  expect((await counted('Ada')).map(({ result }) => result)).toEqual([null, 'done'])
})

function fail(): never {
  throw new Error('it is not there')
}
