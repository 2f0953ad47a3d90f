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
