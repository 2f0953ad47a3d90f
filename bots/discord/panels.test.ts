import { REST } from 'discord.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { messagesOver } from './messages.ts'
import { panelsOver } from './panels.ts'
import { textOf } from './simulator/index.ts'
import { openStage, type Stage, until } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

test('a drawing that arrives after a newer one is drawn again', async () => {
  const { ada, general, house, discord } = stage
  const answer = await ada.slash(general, 'room create', { name: 'Hall' })
  const binding = () => house.app.db.selectFrom('room_binding').select(['id', 'panel_message']).executeTakeFirstOrThrow()
  await until(async () => (await binding()).panel_message !== null, 'the panel hangs')
  await house.settle()
  const { id } = await binding()
  await house.app.db.updateTable('room_binding').set({ panel_version: 0 }).execute()
  const underway = Promise.withResolvers<void>()
  const arrives = Promise.withResolvers<void>()
  const messages = messagesOver(new REST({ api: discord.apiUrl }).setToken(discord.token), () => discord.applicationId)
  const slow = panelsOver(house.app, {
    ...messages,
    async edit(...how) {
      underway.resolve()
      await arrives.promise
      await messages.edit(...how)
    },
  })
  const drawing = slow.refresh(id, false)
  await underway.promise
  await ada.slash(general, 'timer pause')
  await until(() => answer.message !== null && textOf(answer.message).includes('Ada paused'), 'the pause is shown')
  await house.settle()
  arrives.resolve()
  expect(await drawing).toBe('sent')
  expect(answer.message && textOf(answer.message)).toContain('Ada paused')
})

test('a panel speaks to its channel, in the language of the server, else of its host', async () => {
  const { ada, chae, general, house, reads } = stage
  const asked = await chae.slash(general, '방 정보')
  await house.settle()
  expect(asked.text).toContain('Here (1): Ada')
  expect(reads(general).join()).not.toContain('지금')
  await house.app.db.updateTable('workspace').set({ locale: 'ko' }).where('platform', '=', 'discord').execute()
  expect((await ada.slash(general, 'room info')).text).toContain('지금 1명: Ada')
  const panel = () => stage.discord.messagesIn(general).find((message) => textOf(message).includes('[더 보기]'))
  await ada.press(panel() ?? fail(), '계속하기')
  await house.settle()
  expect(panel() && textOf(panel() ?? fail())).toContain('집중 중 · 4회 중 1회')
})

const fail = (): never => {
  throw new Error('there is no panel')
}
