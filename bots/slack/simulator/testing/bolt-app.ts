import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { App, type Authorize, HTTPReceiver, LogLevel, type Receiver } from '@slack/bolt'
import { SocketModeClient } from '@slack/socket-mode'
import type { LocalSlack, Workspace } from '../index.ts'

/** The real Bolt against the simulator, as small as it can be. */

const quiet = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
}

const authorizeIn =
  (team: Workspace): Authorize<boolean> =>
  async ({ teamId }) => {
    if (teamId !== team.id) throw new Error(`not installed in ${teamId}`)
    return { botToken: team.botToken, botUserId: team.bot.id, botId: 'B0', teamId }
  }

/** `errors` is what listeners threw. */
export type Running = { readonly app: App; readonly errors: readonly unknown[]; stop(): Promise<void> }
type Wiring = (app: App) => void

const createBolt = (slack: LocalSlack, team: Workspace, receiver: Receiver): App =>
  new App({
    receiver,
    authorize: authorizeIn(team),
    logger: quiet,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
  })

/** A second `disconnect()` ends the connection at once; the first waits for Slack to close it, which takes seconds. */
const hangUp = (client: SocketModeClient): Promise<void> => {
  void client.disconnect()
  return client.disconnect()
}

/** Socket Mode over `sockets` clients that each come back at once when their connection ends or Slack asks for a fresh one. */
export async function startInSocketMode(slack: LocalSlack, team: Workspace, wiring: Wiring, sockets = 2): Promise<Running> {
  const clients = Array.from(
    { length: sockets },
    () =>
      new SocketModeClient({
        appToken: slack.appToken,
        autoReconnectEnabled: false,
        logger: quiet,
        clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
      }),
  )
  const errors: unknown[] = []
  let stopped = false
  const keepOpen = async (client: SocketModeClient): Promise<void> => {
    while (!stopped) {
      const ended = new Promise<void>((resolve) => client.once('disconnected', () => resolve()))
      try {
        await client.start()
        await ended
      } catch {
        await pause(100)
      }
    }
  }
  const receiver: Receiver = {
    init: (app) => {
      for (const client of clients) {
        client.on('ws_message', (data: unknown) => {
          if (typeof data === 'string' && data.startsWith('{"type":"disconnect"')) void client.disconnect()
        })
        client.on('slack_event', async ({ ack, body, retry_num, retry_reason }) => {
          // A late acknowledgement on a socket that is gone rejects: without this it would end the process.
          await app
            .processEvent({ body, ack, retryNum: retry_num, retryReason: retry_reason })
            .catch((error: unknown) => errors.push(error))
        })
      }
    },
    start: async () => {
      for (const client of clients) void keepOpen(client)
      while (slack.openSockets() < sockets) await pause(5)
    },
    stop: async () => {
      stopped = true
      await Promise.all(clients.map(hangUp))
    },
  }
  const app = createBolt(slack, team, receiver)
  wiring(app)
  await app.start()
  return { app, errors, stop: async () => void (await app.stop()) }
}

/** Signed HTTP on a free port, at /slack/events. */
export async function startOverHttp(slack: LocalSlack, team: Workspace, wiring: Wiring): Promise<Running & { readonly url: string }> {
  const errors: unknown[] = []
  const receiver = new HTTPReceiver({
    signingSecret: slack.signingSecret,
    logger: quiet,
    processEventErrorHandler: async ({ error }) => {
      errors.push(error)
      return false
    },
  })
  const app = createBolt(slack, team, receiver)
  wiring(app)
  const server = createServer(receiver.requestListener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { app, errors, stop, url: `http://127.0.0.1:${port}/slack/events` }
}
