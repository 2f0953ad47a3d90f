import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Message, textOf } from './simulator/index.ts'
import { openStage, type Stage } from './testing/stage.ts'

let stage: Stage
let panel: Message
beforeAll(async () => {
  stage = await openStage()
  const { ada, ben, channel, house } = stage
  const opened = await ada.slash(channel, '/focus', 'room create Hall')
  if (!opened.message) throw new Error('no panel')
  panel = opened.message
  await ben.press(panel, 'Join')
  await house.settle()
})
afterAll(() => stage.close())

const shown = (): string => textOf(stage.channel.messages.find((message) => message.ts === panel.ts) ?? null)
const replies = (): readonly Message[] => stage.channel.messages.filter((message) => message.threadTs === panel.ts)
const ofChannel = (): readonly Message[] =>
  stage.channel.messages.filter((message) => message.onlyFor === null && message.threadTs === null && message.author === stage.team.bot.id)

test('a break edits the panel, asks once in its thread how it went, and says nothing else', async () => {
  const { house, slack } = stage
  await house.clock.advance('25m')
  await slack.until(() => shown().includes('break'))
  expect(ofChannel()).toHaveLength(1)
  await slack.until(() => replies().length > 0)
  await house.settle()
  expect(replies().map((message) => textOf(message).includes('[Done]'))).toEqual([true])
  expect(replies()[0]?.mentions.users).toEqual([])
})

test('a line in the thread calls exactly those present who asked', async () => {
  const { ben, house, slack } = stage
  await house.app.db
    .updateTable('user_settings')
    .set({ ping: 'both' })
    .where('user_id', 'in', house.app.db.selectFrom('identity').select('user_id').where('external_id', 'like', `%:${ben.id}`))
    .execute()
  await house.clock.advance('5m')
  await slack.until(() => replies().some(({ mentions }) => mentions.users.length > 0))
  await house.settle()
  expect(replies().map(({ mentions }) => mentions.users)).toEqual([[ben.id]])
  expect(shown()).toContain('round 2')
  await house.app.db.updateTable('user_settings').set({ ping: 'never' }).execute()
})

test('a room that wants lines has each once in its thread, also when an answer of Slack was lost', async () => {
  const { house, slack } = stage
  await house.app.db.updateTable('room').set({ thread_lines: true }).execute()
  const before = replies().length
  slack.faults.next({ method: 'chat.postMessage', fault: { cut: 'after' } })
  await house.clock.advance('25m')
  await slack.until(() => replies().length > before)
  await house.settle()
  expect(replies().length).toBe(before + 1)
})

test('the panel comes down after thirty other messages, at a phase change', async () => {
  const { ben, channel, house, slack } = stage
  for (let count = 0; count < 31; count += 1) await ben.say(channel, `message ${count}`)
  await house.clock.advance('5m')
  await slack.until(() => ofChannel().every((message) => message.ts !== panel.ts))
  expect(ofChannel()).toHaveLength(1)
})

test('an invitation reaches the person alone, in their language, and its button works', async () => {
  const { ada, chae, channel, house, slack } = stage
  await ada.slash(channel, '/focus', 'room invite @chae')
  await house.settle()
  await slack.until(() => chae.dm().messages.length === 1)
  const [invitation] = chae.dm().messages
  if (!invitation) throw new Error('no invitation')
  expect(textOf(invitation)).toContain('[들어가기]')
  const joined = await chae.press(invitation, '들어가기')
  expect(joined.text).toContain('Hall')
})

test('a room that became private leaves no panel in the channel', async () => {
  const { ada, channel, house, slack } = stage
  await ada.slash(channel, '/focus', 'room edit private:yes')
  await house.settle()
  await slack.until(() => ofChannel().length === 0)
})

test('a room that is private says nothing in a thread, also while its panel still hangs', async () => {
  const { ada, channel, house, slack } = stage
  await ada.slash(channel, '/focus', 'room close sure:yes')
  const { message } = await ada.slash(channel, '/focus', 'room create Nook')
  if (!message) throw new Error('no panel')
  await house.settle()
  slack.faults.next({ method: 'chat.delete', fault: { ratelimited: 1 } })
  await house.app.db.updateTable('room').set({ thread_lines: true, is_private: true }).where('room_name', '=', 'Nook').execute()
  await house.clock.advance('25m')
  await slack.until(() => !channel.messages.some(({ ts }) => ts === message.ts))
  expect(channel.messages.filter(({ threadTs }) => threadTs === message.ts)).toEqual([])
})
