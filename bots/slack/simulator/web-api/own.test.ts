import { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type LocalSlack, type Person, startSlack, type Workspace } from '../index.ts'

let slack: LocalSlack
let team: Workspace
let ada: Person
let nowMs: number

beforeEach(async () => {
  nowMs = Date.parse('2026-03-02T09:00:00Z')
  slack = await startSlack({ now: () => nowMs })
  team = slack.addTeam({ name: 'Reading Club' })
  ada = team.addUser({ name: 'ada' })
  team.install({ scopes: ['commands', 'chat:write', 'users:read'] })
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

/** Ada gives these rights of her own on the authorize page. */
async function granted(...scopes: readonly string[]): Promise<{ readonly token: string; readonly own: WebClient }> {
  const page = new URL(slack.authorizeUrl)
  const redirect_uri = 'http://127.0.0.1/back'
  const asked = { client_id: slack.clientId, redirect_uri, scope: '', user_scope: scopes.join(','), team: team.id, user: ada.id }
  for (const [name, value] of Object.entries(asked)) page.searchParams.set(name, value)
  const answer = await fetch(page, { redirect: 'manual' })
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? ''
  const told = await clientWith('').oauth.v2.access({ client_id: slack.clientId, client_secret: slack.clientSecret, code, redirect_uri })
  expect(told).not.toHaveProperty('access_token')
  expect(told.authed_user).toMatchObject({ id: ada.id, scope: scopes.join(','), token_type: 'user' })
  const token = told.authed_user?.access_token ?? ''
  return { token, own: clientWith(token) }
}

const status = (status_text: string, status_emoji: string, status_expiration = 0) => ({
  profile: { status_text, status_emoji, status_expiration },
})

test('a status is shown until it expires, and takes Slack’s own emoji where it has none', async () => {
  const { own } = await granted('users.profile:read', 'users.profile:write')
  await own.users.profile.set(status('Reading', '', nowMs / 1000 + 60))
  expect(ada.shows).toMatchObject({ statusText: 'Reading', statusEmoji: ':speech_balloon:' })
  expect((await own.users.profile.get({})).profile).toMatchObject({ status_text: 'Reading', status_expiration: nowMs / 1000 + 60 })
  nowMs += 60_000
  expect(ada.shows).toMatchObject({ statusText: '', statusEmoji: '', statusExpiration: 0 })
})

test('a status that is too long, or has no real emoji, is refused', async () => {
  const { own } = await granted('users.profile:write')
  expect(await refusal(own.users.profile.set(status('x'.repeat(101), '')))).toBe('profile_status_set_failed_too_long')
  expect(await refusal(own.users.profile.set(status('x', 'book')))).toBe('profile_status_set_failed_not_valid_emoji')
  expect(await refusal(own.users.profile.set({}))).toBe('invalid_profile')
})

test('a pause counts from now, ends by itself or by word, and can’t end twice', async () => {
  const { own } = await granted('dnd:read', 'dnd:write')
  expect(await own.dnd.setSnooze({ num_minutes: 25 })).toMatchObject({ snooze_enabled: true, snooze_endtime: nowMs / 1000 + 1500 })
  expect(await own.dnd.info()).toMatchObject({ snooze_enabled: true, snooze_remaining: 1500 })
  await own.dnd.endSnooze()
  expect(await refusal(own.dnd.endSnooze())).toBe('snooze_not_active')
  await own.dnd.setSnooze({ num_minutes: 1 })
  nowMs += 60_000
  expect(await own.dnd.info()).toMatchObject({ snooze_enabled: false })
  expect(await refusal(own.dnd.setSnooze({ num_minutes: 0 }))).toBe('missing_duration')
})

test('a person’s token does what it was given for, and a bot’s nothing of it', async () => {
  const { token, own } = await granted('dnd:read')
  expect(await refusal(own.dnd.setSnooze({ num_minutes: 25 }))).toBe('missing_scope')
  expect(await refusal(own.chat.postMessage({ channel: 'C1', text: 'x' }))).toBe('not_allowed_token_type')
  expect(await refusal(clientWith(team.botToken).dnd.setSnooze({ num_minutes: 25 }))).toBe('not_allowed_token_type')
  await own.auth.revoke()
  expect(await refusal(own.dnd.info())).toBe('token_revoked')
  expect((await granted('dnd:read')).token).not.toBe(token)
})

test('a huddle shows in a profile, without saying which', async () => {
  const bot = clientWith(team.botToken)
  await ada.huddle(true)
  expect((await bot.users.info({ user: ada.id })).user?.profile).toMatchObject({ huddle_state: 'in_a_huddle' })
  await ada.huddle(false)
  expect((await bot.users.info({ user: ada.id })).user?.profile).toMatchObject({ huddle_state: 'default_unset' })
})
