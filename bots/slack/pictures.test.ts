import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleReader } from '../../src/screens/gallery.ts'
import type { Screen } from '../../src/screens/screen.ts'
import { createAsides } from './asides.ts'
import { createInstallations, type Installed } from './installed.ts'
import { createLogger } from './logger.ts'
import { createPosts } from './posts.ts'
import { createRenderer } from './render.ts'
import type { Message } from './simulator/index.ts'
import { isJson } from './simulator/json.ts'
import type { Spot } from './spot.ts'
import { openStage, type Stage } from './testing/stage.ts'

let stage: Stage
let installed: Installed
beforeAll(async () => {
  stage = await openStage()
  installed = await install()
})
afterAll(() => stage.close())

async function install(): Promise<Installed> {
  const found = await createInstallations(stage.house.app, createLogger(stage.house.app.log)).of(stage.team.id)
  if (!found) throw new Error('the app is not installed')
  return found
}

const screen: Screen = {
  tone: 'focus',
  title: 'Hours',
  blocks: [
    { kind: 'lines', lines: ['above'] },
    { kind: 'picture', picture: { kind: 'hours', title: 'Hours', hours: Array.from({ length: 24 }, (_, n) => n * 60) }, alt: 'most at 23' },
    { kind: 'lines', lines: ['below'] },
  ],
}
const reader = sampleReader('en')
const renderer = createRenderer('/focus')
const drawn = renderer.message(screen, reader)

const kinds = (message: Message | undefined) => message?.blocks.map(({ type }) => type)
const isPng = async (message: Message | undefined): Promise<boolean> => {
  const image = message?.blocks.find(({ type }) => type === 'image')?.slack_file
  const id = isJson(image) ? String(image.id) : ''
  const shown = await fetch(new URL(`/files/${id}`, stage.slack.apiUrl))
  return (
    Buffer.from(await shown.arrayBuffer())
      .subarray(1, 4)
      .toString() === 'PNG'
  )
}
const posts = () => createPosts(stage.house.clock.now, stage.house.app.log)

test('a picture stands in a message where its block does', async () => {
  await posts().post(installed, { channel: stage.channel.id, key: 'a', drawn })
  const message = stage.channel.messages.at(-1)
  expect(kinds(message)).toEqual(['section', 'section', 'image', 'section'])
  expect(message?.blocks[2]).toMatchObject({ alt_text: 'most at 23' })
  expect(await isPng(message)).toBe(true)
})

test('a picture at which Slack has not looked yet is waited for', async () => {
  stage.slack.lookAtFilesAfter(250)
  await posts().post(installed, { channel: stage.channel.id, key: 'b', drawn })
  stage.slack.lookAtFilesAfter(0)
  expect(kinds(stage.channel.messages.at(-1))).toContain('image')
})

const spotIn = (channel: string | null): Spot => ({
  installed,
  account: { team: stage.team.id, user: stage.ada.id, name: 'ada' },
  channel: channel === null ? null : { id: channel, name: 'deep-work' },
  direct: channel === null ? stage.ada.dm().id : null,
  respond: null,
  trigger: null,
  on: { kind: 'command' },
})
const asides = () => createAsides({ renderer, posts: posts(), log: stage.house.app.log })

test('what is said to one person in a channel has its words there and its picture in their own messages', async () => {
  await asides().whisper(spotIn(stage.channel.id), screen, reader)
  const whispered = stage.channel.messages.at(-1)
  expect(whispered?.onlyFor).toBe(stage.ada.id)
  expect(JSON.stringify(whispered?.blocks)).toContain('in your messages with Focus Mate')
  expect(kinds(whispered)).not.toContain('image')
  const direct = stage.ada.dm().messages.at(-1)
  expect(kinds(direct)).toEqual(['section', 'image'])
  expect(await isPng(direct)).toBe(true)
  expect(stage.ben.dm().messages).toEqual([])
})

test('in the conversation with the app the picture is the answer', async () => {
  const before = stage.ada.dm().messages.length
  await asides().whisper(spotIn(null), screen, reader)
  expect(stage.ada.dm().messages).toHaveLength(before + 1)
  expect(kinds(stage.ada.dm().messages.at(-1))).toContain('image')
})

test('where there is neither a channel nor a conversation, one message in their own holds both', async () => {
  const before = stage.ada.dm().messages.length
  await asides().whisper({ ...spotIn(null), direct: null, on: { kind: 'shortcut' } }, screen, reader)
  expect(stage.ada.dm().messages).toHaveLength(before + 1)
  expect(kinds(stage.ada.dm().messages.at(-1))).toContain('image')
})

test('without the right to hand over files the words stand alone', async () => {
  stage.slack.faults.next({ method: 'files.getUploadURLExternal', times: 2, fault: { error: 'missing_scope' } })
  const before = stage.ada.dm().messages.length
  await asides().whisper(spotIn(stage.channel.id), screen, reader)
  expect(kinds(stage.channel.messages.at(-1))).toEqual(['section', 'section', 'section'])
  expect(stage.ada.dm().messages).toHaveLength(before)
  await posts().post(installed, { channel: stage.channel.id, key: 'c', drawn })
  expect(kinds(stage.channel.messages.at(-1))).toEqual(['section', 'section', 'section'])
})

test('/focus stats answers alone in words, and with the picture in the person’s own messages', async () => {
  const { ben, channel, slack } = stage
  const answer = await ben.slash(channel, '/focus', 'stats')
  expect(answer).toMatchObject({ error: null, message: { onlyFor: ben.id } })
  expect(answer.text).toContain('Nothing yet this week')
  await slack.until(() => ben.dm().messages.some((message) => kinds(message)?.includes('image')))
  const { ada } = stage
  expect((await ada.slash(channel, '/focus', 'stats @ben')).text).toContain('Nobody sees the stats of others here')
})
