import { type ChatPostMessageArguments, WebClient } from '@slack/web-api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ChannelHandle, type LocalSlack, type Person, startSlack, type Workspace } from '../index.ts'

let slack: LocalSlack
let team: Workspace
let ada: Person
let general: ChannelHandle
let client: WebClient
let nowMs: number

beforeEach(async () => {
  nowMs = Date.parse('2026-03-02T09:00:00Z')
  slack = await startSlack({ now: () => nowMs })
  team = slack.addTeam({ name: 'Reading Club' })
  ada = team.addUser({ name: 'ada', locale: 'ko-KR', tz: 'Asia/Seoul' })
  team.install({ scopes: ['commands', 'chat:write', 'users:read', 'im:write'] })
  general = team.addChannel({ name: 'general', members: [ada, team.bot] })
  client = clientWith(team.botToken)
})

afterEach(() => slack.close())

const clientWith = (token: string): WebClient => {
  const made = new WebClient(token, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true })
  Object.assign(made, { logger: { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, setName() {}, getLevel: () => 'error' } })
  return made
}

/** The error of the last call, as the app and the log see it. */
const refusal = async (call: Promise<unknown>): Promise<string> => {
  await expect(call).rejects.toThrow()
  return slack.requests.at(-1)?.error ?? ''
}

const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } })
const withBlocks = (blocks: unknown): ChatPostMessageArguments => ({
  channel: general.id,
  text: 'hello',
  ...{ blocks: JSON.stringify(blocks) },
})

test('messages are posted, edited, seen and deleted', async () => {
  const { ts } = await client.chat.postMessage({
    channel: general.id,
    text: 'hello <@U1>',
    metadata: { event_type: 'panel', event_payload: { room: '1' } },
  })
  if (!ts) throw new Error('no ts')
  expect(ada.sees(general).map((one) => one.text)).toEqual(['hello <@U1>'])
  expect(general.messages[0]?.mentions.users).toEqual(['U1'])
  await client.chat.update({ channel: general.id, ts, text: 'bye' })
  expect(ada.sees(general)).toMatchObject([{ text: 'bye', edited: true }])
  await client.chat.delete({ channel: general.id, ts })
  expect(ada.sees(general)).toEqual([])
  expect(await refusal(client.chat.update({ channel: general.id, ts, text: 'again' }))).toBe('message_not_found')
})

test('one message a second to a channel after a short burst', async () => {
  const post = () => client.chat.postMessage({ channel: general.id, text: 'hello' })
  await post()
  await post()
  await post()
  expect(await refusal(post())).toBe('ratelimited')
  nowMs += 1000
  await post()
  expect(await refusal(post())).toBe('ratelimited')
  slack.enforceLimits(false)
  for (let count = 0; count < 20; count += 1) await post()
})

test.each([
  ['51 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' }))],
  ['a section of 3001 characters', [section('x'.repeat(3001))]],
  ['a header of 151', [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }]],
  ['a header in mrkdwn', [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }]],
  ['an empty text', [section('')]],
  ['11 fields', [{ type: 'section', fields: Array.from({ length: 11 }, () => ({ type: 'mrkdwn', text: 'x' })) }]],
  ['11 context elements', [{ type: 'context', elements: Array.from({ length: 11 }, () => ({ type: 'mrkdwn', text: 'x' })) }]],
  ['an input', [{ type: 'input', label: { type: 'plain_text', text: 'x' }, element: { type: 'plain_text_input' } }]],
  ['a button of 76 characters', [{ type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'x'.repeat(76) } }] }]],
  ['an unknown field', [{ ...section('x'), colour: 'red' }]],
  [
    'two blocks of one id',
    [
      { ...section('x'), block_id: 'a' },
      { ...section('y'), block_id: 'a' },
    ],
  ],
  [
    '101 options',
    [
      {
        type: 'actions',
        elements: [
          {
            type: 'static_select',
            options: Array.from({ length: 101 }, (_one, at) => ({ text: { type: 'plain_text', text: 'x' }, value: `${at}` })),
          },
        ],
      },
    ],
  ],
  [
    '26 buttons',
    [{ type: 'actions', elements: Array.from({ length: 26 }, () => ({ type: 'button', text: { type: 'plain_text', text: 'x' } })) }],
  ],
])('%s are refused', async (_what, blocks) => {
  expect(await refusal(client.chat.postMessage(withBlocks(blocks)))).toBe('invalid_blocks')
})

test('what lies at the limits is taken', async () => {
  const button = (at: number) => ({
    type: 'button',
    action_id: `${at}`.padEnd(255, 'x'),
    value: 'v'.repeat(2000),
    text: { type: 'plain_text', text: 'x'.repeat(75) },
  })
  await client.chat.postMessage(
    withBlocks([section('x'.repeat(3000)), { type: 'actions', elements: Array.from({ length: 25 }, (_one, at) => button(at)) }]),
  )
})

test('places and people that are not there have their own errors', async () => {
  const elsewhere = team.addChannel({ name: 'elsewhere', members: [ada] })
  const secret = team.addChannel({ name: 'secret', private: true, members: [ada] })
  expect(await refusal(client.chat.postMessage({ channel: 'C0', text: 'x' }))).toBe('channel_not_found')
  expect(await refusal(client.chat.postMessage({ channel: elsewhere.id, text: 'x' }))).toBe('not_in_channel')
  expect(await refusal(client.chat.postMessage({ channel: secret.id, text: 'x' }))).toBe('channel_not_found')
  expect(await refusal(client.chat.postMessage({ channel: general.id, text: '' }))).toBe('no_text')
  const mine = await ada.say(general, 'hello')
  expect(await refusal(client.chat.update({ channel: general.id, ts: mine.ts, text: 'x' }))).toBe('cant_update_message')
  general.archive()
  expect(await refusal(client.chat.postMessage({ channel: general.id, text: 'x' }))).toBe('is_archived')
  expect(await refusal(client.users.info({ user: 'U0' }))).toBe('user_not_found')
})

test('tokens and scopes are asked', async () => {
  expect(await refusal(client.team.info())).toBe('missing_scope')
  expect(await refusal(clientWith('xoxb-nobody').auth.test())).toBe('invalid_auth')
  await team.revokeToken()
  expect(await refusal(client.auth.test())).toBe('token_revoked')
  team.install()
  await clientWith(team.botToken).auth.test()
  await team.uninstall()
  expect(await refusal(clientWith(team.botToken).auth.test())).toBe('account_inactive')
})

test('people are read with their locale and zone, and written to directly', async () => {
  const { user } = await client.users.info({ user: ada.id, include_locale: true })
  expect(user).toMatchObject({ locale: 'ko-KR', tz: 'Asia/Seoul', name: 'ada' })
  const { channel } = await client.conversations.open({ users: ada.id })
  await client.chat.postMessage({ channel: channel?.id ?? '', text: 'psst' })
  expect(ada.sees(ada.dm()).map((one) => one.text)).toEqual(['psst'])
})

test('a home drawn from an old hash is refused', async () => {
  const view = { type: 'home' as const, blocks: [section('one')] }
  const first = await client.views.publish({ user_id: ada.id, view })
  await client.views.publish({ user_id: ada.id, view, ...hashOf(first.view?.hash) })
  expect(await refusal(client.views.publish({ user_id: ada.id, view, ...hashOf(first.view?.hash) }))).toBe('hash_conflict')
})

const hashOf = (hash: string | undefined) => (hash === undefined ? {} : { hash })

test('a trigger is too old after three seconds', async () => {
  expect(
    await refusal(
      client.views.open({ trigger_id: '1.unknown', view: { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] } }),
    ),
  ).toBe('invalid_trigger_id')
  expect(
    await refusal(
      client.views.open({
        trigger_id: '1.unknown',
        view: { type: 'modal', title: { type: 'plain_text', text: 'x'.repeat(25) }, blocks: [] },
      }),
    ),
  ).toBe('invalid_arguments')
})

test('calls go wrong as told, and only as often', async () => {
  const test = () => client.auth.test()
  slack.faults.next({ method: 'auth.test', fault: { status: 503 } })
  slack.faults.next({ method: /^auth/, fault: { ratelimited: 7 } })
  slack.faults.next({ fault: { error: 'fatal_error' } })
  expect(await refusal(test())).toBe('http_503')
  expect(await refusal(test())).toBe('ratelimited')
  expect(await refusal(test())).toBe('fatal_error')
  await test()
  slack.faults.next({ method: 'chat.postMessage', when: (args) => args.text === 'once', fault: { cut: 'after' } })
  await expect(client.chat.postMessage({ channel: general.id, text: 'once' })).rejects.toThrow()
  expect(ada.sees(general).map((one) => one.text)).toEqual(['once'])
})

test('the log keeps no token', async () => {
  await fetch(`${slack.apiUrl}auth.test`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${team.botToken}` },
    body: '{}',
  })
  await client.auth.test({ token: team.botToken })
  expect(slack.requests).toHaveLength(2)
  expect(JSON.stringify(slack.requests)).not.toContain(team.botToken)
})
