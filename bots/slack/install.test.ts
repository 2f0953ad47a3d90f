import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textOf, type Workspace } from './simulator/index.ts'
import { openStage, type Stage } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ mode: 'http', oauth: true })
})
afterAll(() => stage.close())

/** Walks through the installation as a browser does: every redirect by hand, cookies kept. */
async function install(
  team: Workspace,
  user: { id: string },
  more: Readonly<Record<string, string>> = {},
  withCookie = true,
  origin = stage.origin,
): Promise<Response> {
  const begun = await fetch(`${origin}/slack/install`, { redirect: 'manual' })
  const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? ''
  const authorize = new URL(begun.headers.get('location') ?? '')
  for (const [name, value] of Object.entries({ team: team.id, user: user.id, ...more })) authorize.searchParams.set(name, value)
  const allowed = await fetch(authorize, { redirect: 'manual' })
  const back = allowed.headers.get('location') ?? ''
  return fetch(back, { redirect: 'manual', headers: withCookie ? { cookie } : {} })
}

const installations = () => stage.house.app.db.selectFrom('slack_installation').selectAll().execute()

describe('installation', () => {
  test('of two workspaces beside the one of SLACK_BOT_TOKEN; one message to each installer and to nobody else', async () => {
    for (const name of ['Beta', 'Gamma']) {
      const team = stage.slack.addTeam({ name })
      const dev = team.addUser({ name: 'dev', isAdmin: true })
      const eve = team.addUser({ name: 'eve' })
      const channel = team.addChannel({ name: 'general', members: [dev, eve] })
      const page = await install(team, dev)
      expect(page.status).toBe(200)
      expect(await page.text()).toContain(name)
      await stage.slack.until(() => dev.dm().messages.length === 1)
      expect(textOf(dev.dm().messages[0] ?? null)).toContain('/focus room create')
      expect(eve.dm().messages).toEqual([])
      expect(channel.messages).toEqual([])
      await channel.invite(team.bot)
      const opened = await dev.slash(channel, '/focus', `room create "${name} room"`)
      expect(opened.text).toContain('Here (1)')
      expect(opened.message).toMatchObject({ onlyFor: null })
    }
    const kept = await installations()
    expect(kept).toHaveLength(3)
    for (const row of kept) expect(row.sealed.toString('latin1')).not.toContain('xoxb-')
    expect((await stage.ada.slash(stage.channel, '/focus', 'room list')).text).not.toContain('Beta room')
  })

  test('again changes nothing and tells nobody', async () => {
    const team = stage.slack.addTeam({ name: 'Twice' })
    const dev = team.addUser({ name: 'dev' })
    await install(team, dev)
    await install(team, dev)
    await stage.slack.until(() => dev.dm().messages.length > 0)
    expect(dev.dm().messages).toHaveLength(1)
  })

  test.each([
    ['without the cookie of the browser', false, {}, 400],
    ['that the person cancels', true, { deny: '1' }, 400],
  ] as const)('%s ends in a page that says so', async (_how, withCookie, more, status) => {
    const team = stage.slack.addTeam({ name: 'Refused' })
    const dev = team.addUser({ name: 'dev' })
    const before = await installations()
    const page = await install(team, dev, more, withCookie)
    expect(page.status).toBe(status)
    expect(await page.text()).toContain('Focus Mate was not installed')
    expect(await installations()).toHaveLength(before.length)
  })

  test('with a forged state is refused', async () => {
    const page = await fetch(`${stage.origin}/slack/oauth_redirect?code=x&state=forged`, {
      headers: { cookie: 'slack-app-oauth-state=forged' },
    })
    expect(page.status).toBe(400)
    expect((await fetch(`${stage.origin}/slack/oauth_redirect?code=x`)).status).toBe(400)
  })
})

describe('the end of an installation', () => {
  test.each([
    ['taken out', (team: Workspace) => team.uninstall()],
    ['its token taken back', (team: Workspace) => team.revokeToken()],
  ])('%s: the data stays, nothing more is sent, and it can come back', async (_how, end) => {
    const { slack, house } = stage
    const team = slack.addTeam({ name: 'Leaving' })
    const dev = team.addUser({ name: 'dev' })
    const channel = team.addChannel({ name: 'general', members: [dev] })
    await install(team, dev)
    await channel.invite(team.bot)
    await dev.slash(channel, '/focus', 'room create Stay')
    await house.settle()
    await end(team)
    await house.settle()
    const workspace = () => house.app.db.selectFrom('workspace').selectAll().where('external_id', '=', team.id).executeTakeFirstOrThrow()
    await expect.poll(async () => (await workspace()).uninstalled_at).not.toBeNull()
    slack.clearRequests()
    await house.clock.advance('25m')
    await house.settle()
    expect(slack.requests.filter((request) => request.team === team.id)).toEqual([])
    await install(team, dev)
    expect((await workspace()).uninstalled_at).toBeNull()
    await channel.invite(team.bot)
    expect((await dev.slash(channel, '/focus', 'room list')).text).toContain('Stay')
  })

  test('a token that dies silently is noticed at the next call', async () => {
    const { slack, house } = stage
    const team = slack.addTeam({ name: 'Silent' })
    const dev = team.addUser({ name: 'dev' })
    const channel = team.addChannel({ name: 'general', members: [dev] })
    await install(team, dev)
    await channel.invite(team.bot)
    await dev.slash(channel, '/focus', 'room create Stay')
    await house.settle()
    slack.faults.next({ method: 'chat.update', when: (args) => args.channel === channel.id, fault: { error: 'token_revoked' } })
    await house.clock.advance('25m')
    await house.settle()
    const row = (await installations()).find((one) => one.team_id === team.id)
    expect(row?.revoked_at).not.toBeNull()
  })
})

test('a request that Slack did not sign is turned away', async () => {
  const { slack, ada, channel } = stage
  slack.forgeWith('somebody else')
  expect((await ada.slash(channel, '/focus', 'room list')).error).not.toBeNull()
  slack.forgeWith(null)
  expect((await ada.slash(channel, '/focus', 'room list')).error).toBeNull()
  expect((await fetch(`${stage.origin}/slack/nothing`)).status).toBe(404)
})

test('where only some workspaces are allowed, another can neither install nor keep a token', async () => {
  const closed = await openStage({ mode: 'http', oauth: true, closed: true })
  const outsider = closed.slack.addTeam({ name: 'Outsiders' })
  const dev = outsider.addUser({ name: 'dev' })
  const page = await install(outsider, dev, {}, true, closed.origin)
  expect(page.status).toBe(403)
  const kept = await closed.house.app.db.selectFrom('slack_installation').select('team_id').execute()
  expect(kept).toEqual([{ team_id: closed.team.id }])
  expect(dev.dm().messages).toEqual([])
  await closed.close()
})
