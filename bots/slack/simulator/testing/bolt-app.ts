import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { App, type Authorize, HTTPReceiver, LogLevel, type Receiver } from '@slack/bolt'
import { SocketModeClient } from '@slack/socket-mode'
import type { LocalSlack, Workspace } from '../index.ts'
import { parseJson } from '../json.ts'

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

/**
 * Calls back when Slack asks for a fresh connection, and keeps that message from the client, which would close at once and lose
 * what is under way: the old connection serves on until Slack itself ends it.
 */
function keepUntilClosed(client: SocketModeClient, onAsked: () => void): void {
  const usual = client.listeners('ws_message')
  client.removeAllListeners('ws_message')
  client.on('ws_message', (data: unknown, isBinary: unknown) => {
    if (typeof data === 'string' && parseJson(data)?.type === 'disconnect') return onAsked()
    for (const listener of usual) listener(data, isBinary)
  })
}

/** Socket Mode over `sockets` connections, each replaced by a fresh one as soon as Slack asks for it or it ends. */
export async function startInSocketMode(slack: LocalSlack, team: Workspace, wiring: Wiring, sockets = 2): Promise<Running> {
  const errors: unknown[] = []
  const clients = new Set<SocketModeClient>()
  let stopped = false

  const connect = (app: App): { readonly client: SocketModeClient; readonly over: Promise<void> } => {
    const client = new SocketModeClient({
      appToken: slack.appToken,
      autoReconnectEnabled: false,
      logger: quiet,
      clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
    })
    clients.add(client)
    client.on('slack_event', async ({ ack, body, retry_num, retry_reason }) => {
      // A late acknowledgement on a socket that is gone rejects: without this it would end the process.
      await app.processEvent({ body, ack, retryNum: retry_num, retryReason: retry_reason }).catch((error: unknown) => errors.push(error))
    })
    client.once('disconnected', () => clients.delete(client))
    const over = new Promise<void>((resolve) => {
      client.once('disconnected', () => resolve())
      keepUntilClosed(client, resolve)
    })
    return { client, over }
  }

  const keepOne = async (app: App): Promise<void> => {
    while (!stopped) {
      const { client, over } = connect(app)
      try {
        await client.start()
        if (stopped) await hangUp(client)
        await over
      } catch {
        await pause(100)
      }
    }
  }

  let booted: App | null = null
  const receiver: Receiver = {
    init: (app) => {
      booted = app
    },
    start: async () => {
      for (let count = 0; count < sockets && booted; count += 1) void keepOne(booted)
      await slack.until(() => slack.openSockets() === sockets)
    },
    stop: async () => {
      stopped = true
      await Promise.all([...clients].map(hangUp))
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
