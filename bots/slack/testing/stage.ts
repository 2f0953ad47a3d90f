import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { after } from '../../../src/kernel/clock.ts'
import { type House, monday, openHouse } from '../../../src/testing/house.ts'
import { type Slack, startSlack as startBot } from '../main.ts'
import { botScopes } from '../scopes.ts'
import { type LocalSlack, type Person, startSlack, type Workspace } from '../simulator/index.ts'

/** The whole product with the real Bolt, in front of a local Slack with one workspace and its people. */
export type Stage = {
  readonly slack: LocalSlack
  readonly house: House
  readonly bot: Slack
  readonly team: Workspace
  /** An admin who hosts, a member, and a member who reads Korean. */
  readonly ada: Person
  readonly ben: Person
  readonly chae: Person
  /** A channel with the bot and everybody in it. */
  readonly channel: ReturnType<Workspace['addChannel']>
  /** Where Slack and browsers reach the bot by HTTP. */
  readonly origin: string
  close(): Promise<void>
}

type Mode = 'sockets' | 'http'

type Options = {
  readonly mode?: Mode
  /** With OAuth installation. */
  readonly oauth?: true
  /** ALLOWED_WORKSPACES names the first workspace alone. */
  readonly closed?: true
  /** For tests that are about what is answered, not when: a busy machine may take longer than Slack waits. */
  readonly patient?: true
  /** Slack's clock is the product's, which stands until it is moved. */
  readonly sameTime?: true
}

export async function openStage({ mode = 'sockets', oauth, closed, patient, sameTime }: Options = {}): Promise<Stage> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = originOf(server)
  let now = (): number => (sameTime ? monday.getTime() : Date.now())
  const slack = await startSlack({
    limits: false,
    now: () => now(),
    deadlines: { eventRetryMs: [0], ...(patient ? { ackMs: 20_000, patienceMs: 20_000 } : { patienceMs: 4_000 }) },
  })
  const team = slack.addTeam({ name: 'Acme' })
  const ada = team.addUser({ name: 'ada', realName: 'Ada', isAdmin: true, tz: 'Europe/London' })
  const ben = team.addUser({ name: 'ben', realName: 'Ben' })
  const chae = team.addUser({ name: 'chae', realName: '채', locale: 'ko-KR', tz: 'Asia/Seoul' })
  team.install({ scopes: botScopes, installer: ada })
  const channel = team.addChannel({ name: 'deep-work', members: [ada, ben, chae, team.bot] })
  const installable: Record<string, string> = oauth ? { SLACK_CLIENT_ID: slack.clientId, SLACK_CLIENT_SECRET: slack.clientSecret } : {}
  const reached: Record<string, string> =
    mode === 'sockets' ? { SLACK_APP_TOKEN: slack.appToken } : { SLACK_SIGNING_SECRET: slack.signingSecret }
  const house = await openHouse({
    start: monday,
    connected: true,
    env: {
      SLACK_BOT_TOKEN: team.botToken,
      SLACK_API_URL: slack.apiUrl,
      SLACK_AUTHORIZE_URL: slack.authorizeUrl,
      PUBLIC_URL: origin,
      ...reached,
      ...installable,
      ...(closed ? { ALLOWED_WORKSPACES: team.id } : {}),
    },
  })
  if (sameTime) now = () => house.clock.now().getTime()
  const bot = await startBot(house.app)
  await untilInstalled(house, team.id)
  serve(server, bot)
  if (mode === 'http') await slack.useHttp(`${origin}/slack/events`)
  return {
    slack,
    house,
    bot,
    team,
    ada,
    ben,
    chae,
    channel,
    origin,
    close: async () => {
      await bot.stop()
      await house.close()
      await slack.close()
      server.closeAllConnections()
      server.close()
    },
  }
}

function serve(server: Server, bot: Slack): void {
  server.on('request', (request, response) => {
    const { handler } = bot
    if (handler && request.url?.startsWith(handler.prefix)) return void handler.handle(request, response)
    response.writeHead(404).end()
  })
}

function originOf(server: Server): string {
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the test server has no address')
  return `http://127.0.0.1:${address.port}`
}

/** The installation of SLACK_BOT_TOKEN is kept while the rest starts. */
async function untilInstalled(house: House, team: string): Promise<void> {
  const until = after(new Date(), 5_000)
  for (;;) {
    const row = await house.app.db.selectFrom('slack_installation').select('team_id').where('team_id', '=', team).executeTakeFirst()
    if (row) return
    if (new Date() > until) throw new Error('the installation was never kept')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
