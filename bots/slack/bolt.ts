import type { Logger } from '@slack/bolt'
import { App as Bolt, HTTPReceiver, type Receiver } from '@slack/bolt'
import type { FetchFunction } from '@slack/web-api'
import type { App } from '../../src/kernel/context.ts'
import type { Installations } from './installed.ts'
import { codeOf } from './refusals.ts'
import { createSockets, type Sockets } from './sockets.ts'

export const eventsPath = '/slack/events'

/** How Slack reaches us: sockets with an app token, else signed requests. */
export type Reach = { readonly sockets: Sockets } | { readonly http: HTTPReceiver }

/** @throws Error with a sentence for whoever runs it, where neither is set up. */
export function createReach(app: App, logger: Logger): Reach {
  const { appToken, signingSecret, apiUrl } = app.config.slack
  if (appToken !== null) return { sockets: createSockets({ appToken, apiUrl, logger }) }
  if (signingSecret !== null) return { http: new HTTPReceiver({ signingSecret, endpoints: eventsPath, logger }) }
  throw new Error('Slack waits for SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (signed HTTP).')
}

/** Bolt answers at response addresses by this; without a limit a silent Slack would hold the work for ever. */
const answerMilliseconds = 10_000
const fetchInTime: FetchFunction = (url, init) => fetch(url, { signal: AbortSignal.timeout(answerMilliseconds), ...init })

/** Bolt with our own authorisation: every installation is in the database, the one of SLACK_BOT_TOKEN too. */
export function createBolt(app: App, installations: Installations, reach: Reach, logger: Logger): Bolt {
  const receiver: Receiver = 'sockets' in reach ? reach.sockets : reach.http
  const bolt = new Bolt({
    receiver,
    logger,
    convoStore: false,
    attachFunctionToken: false,
    authorize: async ({ teamId }) => {
      const installed = teamId === undefined ? null : await installations.of(teamId)
      if (!installed) throw new Error(`The app is not installed in ${teamId ?? 'this organisation'}, or not allowed there.`)
      return { botToken: installed.token, botUserId: installed.botUser, teamId: installed.team }
    },
    clientOptions: { slackApiUrl: app.config.slack.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, fetch: fetchInTime },
  })
  bolt.error(async (error) => {
    app.log.error(
      { err: error.code === 'slack_bolt_authorization_error' ? codeOf(error) : error },
      'Something from Slack was not worked on',
    )
  })
  return bolt
}
