import { setTimeout as wait } from 'node:timers/promises'
import type { App as Bolt, Logger, Receiver } from '@slack/bolt'
import { SocketModeClient } from '@slack/socket-mode'
import { codeOf } from './refusals.ts'

/** Two at once: what comes while one is being replaced goes to the other. Slack allows ten. */
const socketsOpen = 2
/** A socket that lived shorter than this counts as a failure, so that one Slack keeps closing is not opened in a circle. */
const shortLifeMilliseconds = 5_000
const longestPauseMilliseconds = 30_000
/** Slack closes a socket within seconds of asking to change it; after this long we do. */
const lingerMilliseconds = 30_000
/** A socket whose ping is not answered for so long is dead. The library's 5 s end sockets of a process that is merely busy. */
const pongMilliseconds = 10_000
/** How long the sockets may take to end with us. */
const goodbyeMilliseconds = 1_000

type Options = { readonly appToken: string; readonly apiUrl: string; readonly logger: Logger }
type Envelope = {
  readonly ack: (answer?: unknown) => Promise<void>
  readonly body: Record<string, unknown>
  readonly retry_num?: number
  readonly retry_reason?: string
}

/** Receives by Socket Mode over sockets that are replaced at once; `open()` counts those that hear. */
export type Sockets = Receiver & { open(): number }

export function createSockets({ appToken, apiUrl, logger }: Options): Sockets {
  const ending = new AbortController()
  const clients = new Set<LeavingLastClient>()
  let hearing = 0
  let bolt: Bolt | null = null

  async function receive({ body, ack, retry_num, retry_reason }: Envelope): Promise<void> {
    const acknowledge = async (answer?: unknown): Promise<void> => {
      await ack(answer).catch((error: unknown) => logger.warn(`An acknowledgement was lost with its socket: ${codeOf(error)}`))
    }
    const retry = {
      ...(retry_num === undefined ? {} : { retryNum: retry_num }),
      ...(retry_reason === undefined ? {} : { retryReason: retry_reason }),
    }
    await bolt?.processEvent({ body, ack: acknowledge, ...retry })
  }

  /** One socket until it hears no more. `opened` is called when Slack has greeted it. Throws when it could not be opened. */
  async function live(opened: () => void): Promise<void> {
    const client = new LeavingLastClient({
      appToken,
      logger,
      autoReconnectEnabled: false,
      clientPingTimeout: pongMilliseconds,
      clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
    })
    clients.add(client)
    const over = new Promise<void>((resolve) => client.once('disconnected', resolve).once(goodbye, resolve))
    client.once('disconnected', () => clients.delete(client))
    client.once(goodbye, () => setTimeout(() => hangUp(client), lingerMilliseconds).unref())
    client.on('slack_event', (envelope: Envelope) => {
      receive(envelope).catch((error: unknown) => logger.error(`What Slack sent could not be worked on: ${codeOf(error)}`))
    })
    try {
      await client.start()
    } catch (error) {
      clients.delete(client)
      throw error
    }
    opened()
    hearing += 1
    await over
    hearing -= 1
  }

  /** Keeps one socket open until the end. */
  async function keep(opened: () => void): Promise<void> {
    let failures = 0
    while (!ending.signal.aborted) {
      const began = performance.now()
      try {
        await live(opened)
        failures = performance.now() - began < shortLifeMilliseconds ? failures + 1 : 0
      } catch (error) {
        failures += 1
        logger.warn(`A socket to Slack did not open: ${codeOf(error)}`)
      }
      await wait(pauseAfter(failures), undefined, { signal: ending.signal }).catch(ignoreAbort)
    }
  }

  return {
    init: (app) => {
      bolt = app
    },
    /** Resolves when the first socket hears. It never rejects: while Slack can't be reached the sockets keep trying. */
    start: () =>
      new Promise<void>((resolve) => {
        for (let socket = 0; socket < socketsOpen; socket += 1)
          keep(resolve).catch((error: unknown) => logger.error(`A socket is not kept open any more: ${codeOf(error)}`))
      }),
    stop: async () => {
      ending.abort()
      await Promise.race([Promise.allSettled([...clients].map(hangUp)), wait(goodbyeMilliseconds)])
    },
    open: () => hearing,
  }
}

/** The first replacement comes at once, later ones after 0.4, 0.8, 1.6 … 30 s. */
const pauseAfter = (failures: number): number => (failures <= 1 ? 0 : Math.min(200 * 2 ** (failures - 1), longestPauseMilliseconds))

const goodbye = 'goodbye'

/**
 * Slack asks to change sockets some seconds before it closes one. The library would hang up at that word and lose what is on its
 * way; this one keeps hearing until Slack has hung up.
 */
class LeavingLastClient extends SocketModeClient {
  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    if (typeof data === 'string' && data.length < 1000 && /"type"\s*:\s*"disconnect"/.test(data)) this.emit(goodbye)
    else await super.onWebSocketMessage(data, isBinary)
  }
}

/** The first call asks Slack to close, the second does not wait for it. */
function hangUp(client: SocketModeClient): Promise<void> {
  void client.disconnect()
  return client.disconnect()
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error
}
