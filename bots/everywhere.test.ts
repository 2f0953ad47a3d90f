import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDashboard } from '../dashboard/main.ts'
import { type Visitor, visitor } from '../dashboard/testing/visitor.ts'
import { makeSignInLink } from '../src/domain/people/sign-in.actions.ts'
import { openHome } from '../src/domain/workspaces/workspace.actions.ts'
import { type House, openHouse } from '../src/testing/house.ts'
import { startDiscord } from './discord/main.ts'
import { textOf as discordText, startDiscord as simulateDiscord } from './discord/simulator/index.ts'
import { startSlack } from './slack/main.ts'
import { botScopes } from './slack/scopes.ts'
import { startSlack as simulateSlack, textOf as slackText } from './slack/simulator/index.ts'

const ends: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

/** Waits in real time until it holds; says what it saw last where it never does. */
async function until(look: () => string, holds: (seen: string) => boolean): Promise<string> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (holds(look())) return look()
    await wait(20)
  }
  throw new Error(`in vain; seen last:\n${look()}`)
}

async function openEverywhere() {
  const discord = await simulateDiscord({ limits: false })
  ends.push(() => discord.stop())
  const [ada, ben] = [discord.addUser({ name: 'Ada' }), discord.addUser({ name: 'Ben' })]
  const guild = discord.addGuild({ name: 'The Library', bot: [] })
  const hall = guild.addChannel({ name: 'study-hall' })
  for (const one of [ada, ben]) guild.addMember(one)

  const slack = await simulateSlack({ limits: false, deadlines: { patienceMs: 4000 } })
  ends.push(() => slack.close())
  const team = slack.addTeam({ name: 'The Office' })
  const dev = team.addUser({ name: 'Dev', realName: 'Dev', isAdmin: true })
  const eunji = team.addUser({ name: '은지', realName: '은지', locale: 'ko-KR', tz: 'Asia/Seoul' })
  team.install({ scopes: botScopes, installer: dev })
  const focus = team.addChannel({ name: 'focus', members: [dev, eunji, team.bot] })

  const house = await openHouse({
    connected: true,
    env: {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_CDN_URL: discord.apiUrl,
      SLACK_BOT_TOKEN: team.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
    },
  })
  ends.push(() => house.close())
  const discordBot = startDiscord(house.app)
  ends.push(() => discordBot.stop())
  const slackBot = await startSlack(house.app)
  ends.push(() => slackBot.stop())
  const dashboard = await createDashboard(house.app)
  ends.push(() => dashboard.stop())
  await until(
    () => `${discordBot.healthy()} ${slackBot.healthy()} ${discord.commands.length > 0}`,
    (seen) => seen === 'true true true',
  )
  return { house, discord, slack, ada, ben, hall, dev, eunji, focus, server: dashboard.server }
}

async function signIn(house: House, server: FastifyInstance): Promise<Visitor> {
  const { workspace, owner } = await house.app.write('clock', null, openHome)
  const token = await house.app.write('clock', null, (tx) => makeSignInLink(tx, owner, workspace))
  const web = visitor(server)
  await web.get(`/sign-in/${token}`)
  await web.post(`/sign-in/${token}`)
  return web
}

let stage: Awaited<ReturnType<typeof openEverywhere>>
let web: Visitor
beforeAll(async () => {
  stage = await openEverywhere()
  web = await signIn(stage.house, stage.server)
}, 60_000)

it('one room lives on Discord, Slack and the web at once', { timeout: 60_000 }, async () => {
  const { house, discord, ada, hall, dev, eunji, focus } = stage
  const onDiscord = (): string => discord.messagesIn(hall).map(discordText).join('\n\n')
  const onSlack = (): string => dev.sees(focus).map(slackText).join('\n\n')

  await ada.slash(hall, '/room create', { name: 'Deep work' })
  const shared = await ada.slash(hall, '/room share', {})
  const code = /\b[2-9A-HJ-NP-Z]{8}\b/.exec(shared.text)?.[0] ?? ''
  await dev.slash(focus, '/focus', `room bring ${code}`)
  await until(onSlack, (seen) => seen.includes('Deep work'))
  await eunji.slash(focus, '/focus', '방 들어가기 "Deep work"')
  const both = (seen: string): boolean => seen.includes('Here (2): Ada · 은지')
  await until(onDiscord, both)
  await until(onSlack, both)

  await web.post('/console', { line: `room bring ${code}` })
  await web.post('/console', { line: 'room join "Deep work"' })
  await web.get('/')
  expect(web.page()).toContain('Deep work')
  const three = (seen: string): boolean => seen.includes('Here (3): Ada · 은지 · Owner')
  await until(onDiscord, three)
  await until(onSlack, three)

  // On the web the owner of Home is a participant like any other: pausing is for the host, unless the room lets anyone.
  await ada.slash(hall, '/room edit', { control: 'anyone' })
  await house.clock.advance('10m')
  await web.get('/')
  await web.press('Pause')
  const paused = (seen: string): boolean => seen.includes('Owner paused') && seen.includes('15 min')
  await until(onDiscord, paused)
  await until(onSlack, paused)
  await web.get('/')
  expect(web.page()).toContain('Owner paused')

  await web.press('Resume')
  await house.clock.advance('15m')
  await until(onDiscord, (seen) => seen.includes('break · 1 of 4 done'))
  await until(onSlack, (seen) => seen.includes('break · 1 of 4 done'))
  // The phase end is said once at each announcing place, and asks how it went: one press counts what waited for it.
  const once = (seen: string): boolean => seen.split('Break until').length === 2
  await until(onDiscord, once)
  await until(onSlack, once)
  expect(await house.app.db.selectFrom('session_history').select('seconds').execute()).toEqual([])
  const inHall = discord.messagesIn(hall).find((message) => discordText(message).includes('[Not this time]'))
  const inThread = eunji.sees(focus).find((message) => slackText(message).includes('[Not this time]'))
  if (!inHall || !inThread) throw new Error('nobody was asked')
  await ada.press(inHall, 'Done')
  await eunji.press(inThread, 'Partly')
  await web.get('/')
  await web.press('Not this time')
  const credited = await house.app.db.selectFrom('session_history').select(['seconds', 'result']).orderBy('result').execute()
  expect(credited).toEqual(['done', 'no', 'partly'].map((result) => ({ seconds: 1500, result })))
})

it('a private room leaves no trace for outsiders on any surface', { timeout: 60_000 }, async () => {
  const { house, discord, slack, ada, ben, hall, dev, focus } = stage
  await ada.press(await ada.slash(hall, '/room close', {}), 'Close room')
  const before = discord.messagesIn(hall).length
  const opened = await ada.slash(hall, '/room create', { name: 'Thesis crisis', private: true })
  expect(opened.ephemeral).toBe(true)
  const { id } = await house.app.db.selectFrom('room').select('id').where('room_name', '=', 'Thesis crisis').executeTakeFirstOrThrow()
  await house.clock.advance('26m')

  expect(discord.messagesIn(hall).slice(before).map(discordText).join('\n')).not.toContain('Thesis')
  const never = await ben.slash(hall, '/room join', { room: 'No such room' })
  expect((await ben.slash(hall, '/room join', { room: 'Thesis crisis' })).text).toBe(never.text)
  expect((await ben.slash(hall, '/room info', { room: id })).text).toBe(never.text)
  expect((await ben.slash(hall, '/room list', {})).text).not.toContain('Thesis')
  expect((await ben.autocomplete(hall, '/room join', { room: 'Thes' })).choices).toEqual([])

  const unseen = await dev.slash(focus, '/focus', 'room join "No such room"')
  expect((await dev.slash(focus, '/focus', 'room join "Thesis crisis"')).text).toBe(unseen.text)
  expect((await dev.slash(focus, '/focus', 'room list')).text).not.toContain('Thesis')
  expect(dev.sees(focus).map(slackText).join('\n')).not.toContain('Thesis')
  expect(slack.requests.some(({ args, error }) => error === null && JSON.stringify(args).includes('Thesis'))).toBe(false)

  const short = Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')
  for (const path of ['/', '/rooms', `/rooms/${id}`, `/rooms/${short}`]) {
    expect((await web.get(path)).body).not.toContain('Thesis')
  }
  expect((await web.get(`/rooms/${short}`)).status).toBe((await web.get('/rooms/AAAAAAAAAAAAAAAAAAAAAA')).status)
  await web.post('/console', { line: 'room join "Thesis crisis"' })
  expect(web.page()).toContain('There is no such room here')
})
