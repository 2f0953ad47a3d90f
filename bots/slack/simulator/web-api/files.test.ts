import { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ChannelHandle, type LocalSlack, type Person, startSlack, type Workspace } from '../index.ts'

let slack: LocalSlack
let team: Workspace
let ada: Person
let general: ChannelHandle
let client: WebClient

beforeEach(async () => {
  slack = await startSlack()
  team = slack.addTeam({ name: 'Reading Club' })
  ada = team.addUser({ name: 'ada' })
  team.install({ scopes: ['chat:write', 'files:write'] })
  general = team.addChannel({ name: 'general', members: [ada, team.bot] })
  client = clientOf(team)
})
afterEach(() => slack.close())

const clientOf = ({ botToken }: Workspace): WebClient => {
  const made = new WebClient(botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } })
  Object.assign(made, { logger: { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, setName() {}, getLevel: () => 'error' } })
  return made
}

async function uploaded(): Promise<string> {
  const { file_id: id = '', upload_url: address = '' } = await client.files.getUploadURLExternal({ filename: 'a.png', length: 3 })
  await fetch(address, { method: 'POST', body: 'png' })
  await client.files.completeUploadExternal({ files: [{ id }] })
  return id
}

const message = (id: string) => ({
  channel: general.id,
  text: 'a picture',
  blocks: [{ type: 'image' as const, slack_file: { id }, alt_text: 'a picture' }],
})

test('a file is handed over in three steps and shown by a message', async () => {
  const id = await uploaded()
  await client.chat.postMessage(message(id))
  expect(general.messages.at(-1)?.blocks[0]).toMatchObject({ slack_file: { id } })
  expect(await (await fetch(new URL(`/files/${id}`, slack.apiUrl))).text()).toBe('png')
})

test('a file that was not handed over whole, of another workspace, or not looked at yet is no file', async () => {
  const { file_id: begun = '' } = await client.files.getUploadURLExternal({ filename: 'a.png', length: 3 })
  await expect(client.files.completeUploadExternal({ files: [{ id: begun }] })).rejects.toThrow('file_not_found')
  await expect(client.chat.postMessage(message(begun))).rejects.toThrow('invalid_blocks')
  slack.lookAtFilesAfter(60_000)
  await expect(client.chat.postMessage(message(await uploaded()))).rejects.toThrow('invalid_blocks')
  slack.lookAtFilesAfter(0)
  const id = await uploaded()
  const elsewhere = slack.addTeam({ name: 'Elsewhere' })
  const dev = elsewhere.addUser({ name: 'dev' })
  elsewhere.install({ scopes: ['chat:write', 'files:write'] })
  const channel = elsewhere.addChannel({ name: 'general', members: [dev, elsewhere.bot] }).id
  await expect(clientOf(elsewhere).chat.postMessage({ ...message(id), channel })).rejects.toThrow('invalid_blocks')
})

test('a message to one person shows no file, and without the right none is taken', async () => {
  const id = await uploaded()
  await expect(client.chat.postEphemeral({ ...message(id), user: ada.id })).rejects.toThrow('invalid_blocks')
  const other = slack.addTeam({ name: 'Strict' })
  other.addUser({ name: 'eve' })
  other.install({ scopes: ['chat:write'] })
  await expect(clientOf(other).files.getUploadURLExternal({ filename: 'a.png', length: 3 })).rejects.toThrow('missing_scope')
})
