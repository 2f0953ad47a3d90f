import { afterAll, beforeAll, expect, test } from 'vitest'
import { textOf } from './simulator/index.ts'
import { openStage, type Stage, until } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

test('stats are answered to the person alone, with the picture as a file of the message', async () => {
  const { ada, general } = stage
  const answer = await ada.slash(general, 'stats')
  expect(answer).toMatchObject({ kind: 'message', ephemeral: true })
  const { message } = answer
  expect(message?.attachments).toHaveLength(1)
  const [file] = message?.attachments ?? []
  expect(file?.filename).toBe('week-1.png')
  expect(file?.description).toBe('Nothing yet this week')
  const shown = await fetch(file?.url ?? '')
  expect(
    Buffer.from(await shown.arrayBuffer())
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG')
})

test('another period takes the place of the message and of its picture', async () => {
  const { ada, general } = stage
  const before = await ada.slash(general, 'stats')
  if (!before.message) throw new Error('there is a message')
  const answer = await ada.press(before.message, 'Year')
  expect(answer.message?.attachments.map(({ filename }) => filename)).toEqual(['year-1.png'])
})

test('the weekly note comes as a direct message with its picture', async () => {
  const { ada, general, house, discord } = stage
  await ada.slash(general, 'settings set', { weekly_note: true })
  const { id } = await house.app.db.selectFrom('user').select('id').where('display_name', '=', 'Ada').executeTakeFirstOrThrow()
  const hours = Array.from({ length: 24 }, () => 0)
  await house.app.db.insertInto('user_day').values({ user_id: id, day: '2026-03-04', room_seconds: 5400, sessions: 3, hours }).execute()
  await house.clock.jump('168h')
  await house.tick()
  await house.settle()
  await until(() => ada.sees(ada.directMessages()).length > 0, 'the note is there')
  const note = discord.messagesIn(ada.directMessages()).at(-1)
  if (!note) throw new Error('there is a note')
  expect(textOf(note)).toContain('1 h 30 min last week')
  expect(note.attachments.map(({ filename }) => filename)).toEqual(['week-1.png'])
})
