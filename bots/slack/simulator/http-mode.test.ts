import { createServer } from 'node:http'
import { type Installation, InstallProvider } from '@slack/oauth'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ChannelHandle, type LocalSlack, type Person, startSlack, type Workspace } from './index.ts'
import { type Running, startOverHttp } from './testing/bolt-app.ts'

let slack: LocalSlack
let team: Workspace
let ada: Person
let general: ChannelHandle
let running: (Running & { readonly url: string }) | null = null

beforeEach(async () => {
  slack = await startSlack({ deadlines: { ackMs: 500, patienceMs: 300, eventRetryMs: [0, 20] } })
  team = slack.addTeam({ name: 'Reading Club' }).install({ scopes: ['commands', 'chat:write'] })
  ada = team.addUser({ name: 'ada' })
  general = team.addChannel({ name: 'general', members: [ada] })
})

afterEach(async () => {
  await running?.stop()
  running = null
  await slack.close()
})

test('commands, buttons and events come signed to the request URL', async () => {
  const heard: string[] = []
  running = await startOverHttp(slack, team, (app) => {
    app.command('/focus', ({ ack, command }) =>
      ack({
        response_type: 'in_channel',
        text: command.text,
        blocks: [{ type: 'actions', elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }] }],
      }),
    )
    app.action('go', async ({ ack, respond }) => {
      await ack()
      await respond({ text: 'went' })
    })
    app.event('app_home_opened', async ({ event }) => void heard.push(event.user))
  })
  await slack.useHttp(running.url)
  const { message } = await ada.slash(general, '/focus', '공부 "Deep work"')
  expect(message).toMatchObject({ text: '공부 "Deep work"', onlyFor: null })
  if (!message) throw new Error('no message')
  expect((await ada.press(message, 'Go')).text).toBe('went')
  await ada.openHome()
  expect(heard).toEqual([ada.id])
})

test('a body signed by somebody else is refused', async () => {
  const heard: string[] = []
  running = await startOverHttp(slack, team, (app) => app.command('/focus', async ({ ack }) => void heard.push(String(await ack('hello')))))
  await slack.useHttp(running.url)
  slack.forgeWith('another secret')
  expect((await ada.slash(general, '/focus')).error).toBe('dispatch_failed')
  expect(heard).toEqual([])
  slack.forgeWith(null)
  expect((await ada.slash(general, '/focus')).text).toBe('hello')
})

test('a request URL that does not answer the challenge is not taken', async () => {
  const deaf = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1')
  await new Promise((resolve) => deaf.once('listening', resolve))
  const address = deaf.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await expect(slack.useHttp(`http://127.0.0.1:${port}/`)).rejects.toThrow('challenge')
  deaf.closeAllConnections()
  deaf.close()
})

test('the app is installed through the authorize page by the real OAuth library', async () => {
  const other = slack.addTeam({ name: 'Night Owls' })
  const dev = other.addUser({ name: 'dev' })
  const stored: Installation[] = []
  const installer = new InstallProvider({
    clientId: slack.clientId,
    clientSecret: slack.clientSecret,
    stateSecret: 'a secret of the test',
    legacyStateVerification: true,
    authorizationUrl: slack.authorizeUrl,
    clientOptions: { slackApiUrl: slack.apiUrl },
    installationStore: {
      storeInstallation: async (installation) => void stored.push(installation),
      fetchInstallation: async () => {
        const [first] = stored
        if (!first) throw new Error('nothing is stored')
        return first
      },
    },
  })
  const server = createServer((request, response) => void installer.handleCallback(request, response)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const url = await installer.generateInstallUrl({ scopes: ['commands', 'chat:write'], redirectUri: `http://127.0.0.1:${port}/back` })
  const page = await (await fetch(url)).text()
  expect(page).toContain('dev in Night Owls')
  const answer = await fetch(`${url}&team=${other.id}&user=${dev.id}`)
  expect(answer.status).toBe(200)
  expect(stored[0]?.team).toEqual({ id: other.id, name: 'Night Owls' })
  expect(stored[0]?.bot?.token).toBe(other.botToken)
  expect(stored[0]?.bot?.scopes).toEqual(['commands', 'chat:write'])
  server.closeAllConnections()
  server.close()
})
