import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage } from './testing/stage.ts'

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
