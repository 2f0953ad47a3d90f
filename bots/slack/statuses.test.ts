import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStage, type Stage } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ mode: 'http', oauth: true, sameTime: true })
})
afterAll(() => stage.close())

/** Allows the app to set one's own status, as a browser does it; `deny`: or refuses. */
async function connect(user: { readonly id: string }, deny = false): Promise<Response> {
  const begun = await fetch(`${stage.origin}/slack/connect`, { redirect: 'manual' })
  const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? ''
  const authorize = new URL(begun.headers.get('location') ?? '')
  expect(authorize.searchParams.get('scope')).toBe('')
  for (const [name, value] of Object.entries({ team: stage.team.id, user: user.id })) authorize.searchParams.set(name, value)
  if (deny) authorize.searchParams.set('deny', '1')
  const allowed = await fetch(authorize, { redirect: 'manual' })
  return fetch(allowed.headers.get('location') ?? '', { redirect: 'manual', headers: { cookie } })
}

const grants = () => stage.house.app.db.selectFrom('slack_person_token').selectAll().execute()
const inMinutes = (minutes: number) => Math.floor(stage.house.clock.now().getTime() / 1000) + minutes * 60
const nothing = { statusText: '', statusEmoji: '', snoozedUntil: 0 }
const focusing = (minutes: number) => ({ statusText: 'Focusing', statusExpiration: inMinutes(minutes) })

describe('connecting', () => {
  test('settings offer it to those with an account in Slack, until it is done', async () => {
    const { ben, channel, origin } = stage
    const shown = await ben.slash(channel, '/focus', 'settings show')
    expect(shown.text).toContain('[Connect my Slack status]')
    expect(JSON.stringify(shown.message?.blocks)).toContain(`${origin}/slack/connect`)
    const page = await connect(ben)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Your Slack status is connected')
    const [grant] = await grants()
    expect(grant?.sealed.toString('latin1')).not.toContain('xoxp-')
    const after = await ben.slash(channel, '/focus', 'settings show')
    expect(after.text).not.toContain('[Connect my Slack status]')
  })

  test('refused or without the cookie of the browser nothing is kept', async () => {
    const before = await grants()
    const page = await connect(stage.chae, true)
    expect(page.status).toBe(400)
    expect(await grants()).toHaveLength(before.length)
  })
})

describe('focus in Slack', () => {
  test('shows until the phase ends, is held back in a pause, and goes in a break', async () => {
    const { ada, ben, channel, house } = stage
    await ben.slash(channel, '/focus', 'settings set slack_snooze:yes')
    await ada.slash(channel, '/focus', 'room create Deep')
    await ben.slash(channel, '/focus', 'room join Deep')
    await house.settle()
    expect(ben.shows).toMatchObject({ ...focusing(25), snoozedUntil: inMinutes(25) })
    expect(ada.shows).toMatchObject(nothing)
    await ada.slash(channel, '/focus', 'timer pause')
    await house.settle()
    expect(ben.shows).toMatchObject(nothing)
    await house.clock.advance('10m')
    await ada.slash(channel, '/focus', 'timer resume')
    await house.settle()
    expect(ben.shows).toMatchObject({ ...focusing(25), snoozedUntil: inMinutes(25) })
    await house.clock.advance('25m')
    expect(ben.shows).toMatchObject(nothing)
  })

  test('a dead bot leaves nobody muted: Slack takes both away at the end of the phase', async () => {
    const { ada, ben, channel, house } = stage
    await ada.slash(channel, '/focus', 'timer skip')
    await house.settle()
    expect(ben.shows).toMatchObject({ ...focusing(25), snoozedUntil: inMinutes(25) })
    await house.clock.jump('24m')
    expect(ben.shows).toMatchObject({ statusText: 'Focusing' })
    await house.clock.jump('1m')
    expect(ben.shows).toMatchObject(nothing)
  })

  test('what they set themselves is left alone, before and meanwhile', async () => {
    const { ada, ben, channel, house } = stage
    await ada.slash(channel, '/focus', 'timer stop sure:yes')
    await house.settle()
    ben.setStatus('On a train', ':train:')
    ben.snooze(300)
    const own = { statusText: 'On a train', statusEmoji: ':train:', snoozedUntil: inMinutes(300) }
    await ada.slash(channel, '/focus', 'timer start')
    await house.settle()
    expect(ben.shows).toMatchObject(own)
    await ada.slash(channel, '/focus', 'timer stop sure:yes')
    await house.settle()
    expect(ben.shows).toMatchObject(own)
    ben.setStatus('', '')
    ben.snooze(-1)
    await ada.slash(channel, '/focus', 'timer start')
    await house.settle()
    expect(ben.shows).toMatchObject(focusing(25))
    ben.setStatus('Lunch', ':sandwich:')
    ben.snooze(200)
    await ben.slash(channel, '/focus', 'room leave')
    await house.settle()
    expect(ben.shows).toMatchObject({ statusText: 'Lunch', snoozedUntil: inMinutes(200) })
    ben.setStatus('', '')
    ben.snooze(-1)
  })

  test('a setting switched off in focus takes away what it showed, at once', async () => {
    const { ben, channel, house } = stage
    await ben.slash(channel, '/focus', 'room join Deep')
    await house.settle()
    expect(ben.shows).toMatchObject(focusing(25))
    await ben.slash(channel, '/focus', 'settings set slack_status:no slack_snooze:no')
    await house.settle()
    expect(ben.shows).toMatchObject(nothing)
    await ben.slash(channel, '/focus', '설정 바꾸기 슬랙상태:예')
    await house.settle()
    expect(ben.shows).toMatchObject({ ...focusing(25), snoozedUntil: 0 })
    await ben.slash(channel, '/focus', 'room leave')
    await house.settle()
  })

  test('focusing by oneself shows too, for as long as it was planned', async () => {
    const { ben, channel, house } = stage
    await ben.slash(channel, '/focus', 'start minutes:50')
    await house.settle()
    expect(ben.shows).toMatchObject(focusing(50))
    await ben.slash(channel, '/focus', 'stop')
    await house.settle()
    expect(ben.shows).toMatchObject(nothing)
  })

  test('a rate limit is waited out', async () => {
    const { ben, channel, house, slack } = stage
    slack.faults.next({ method: 'users.profile.set', fault: { ratelimited: 1 } })
    await ben.slash(channel, '/focus', 'start minutes:50')
    await house.settle()
    await slack.until(() => ben.shows.statusText === 'Focusing')
    await ben.slash(channel, '/focus', 'stop')
    await house.settle()
  })

  test('taken back in Slack, or refused, it is over, and offered again', async () => {
    const { ben, chae, channel, house, slack } = stage
    await ben.takeTokenBack()
    await expect.poll(async () => (await grants()).every(({ revoked_at }) => revoked_at !== null)).toBe(true)
    await ben.slash(channel, '/focus', 'start minutes:50')
    await house.settle()
    expect(ben.shows).toMatchObject(nothing)
    expect((await ben.slash(channel, '/focus', 'settings show')).text).toContain('[Connect my Slack status]')
    await chae.slash(channel, '/focus', 'start minutes:50')
    slack.faults.next({ method: 'users.profile.get', fault: { error: 'token_revoked' } })
    expect((await connect(chae)).status).toBe(200)
    await house.settle()
    expect((await grants()).filter(({ revoked_at }) => revoked_at === null)).toEqual([])
    expect(await house.app.queue.failed()).toEqual([])
  })
})

test('without a client id the page says that it is not offered', async () => {
  const plain = await openStage()
  const page = await fetch(`${plain.origin}/slack/connect`)
  expect(page.status).toBe(404)
  expect(await page.text()).toContain('SLACK_CLIENT_ID')
  await plain.close()
})
