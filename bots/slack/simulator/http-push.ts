import { createHmac } from 'node:crypto'
import { type Json, parseJson } from './json.ts'
import type { Kind, Reply, Retry } from './wire.ts'

/** The signed-HTTP side: what Slack posts to an app's request URL. */
export type HttpPush = {
  deliver(url: string, kind: Kind, body: Json, retry: Retry | null): Promise<Reply>
  /** Asks the URL to prove itself, as saving it in the app's settings does. Throws when the challenge does not come back. */
  verify(url: string): Promise<void>
  /** Signs with another secret from now on, as somebody who is not Slack would; null means the right one again. */
  forgeWith(secret: string | null): void
}

const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'

/** X-Slack-Signature of a body (https://docs.slack.dev/authentication/verifying-requests-from-slack). `seconds` since the epoch. */
const signatureOf = (secret: string, seconds: number, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex')}`

/** `signedAt` is the wall clock in ms: the receiver compares it with its own. */
export function createHttpPush(signingSecret: string, ackMs: number, signedAt: () => number): HttpPush {
  let secret = signingSecret

  const post = (url: string, type: string, body: string, retry: Retry | null): Promise<Response> => {
    const seconds = Math.floor(signedAt() / 1000)
    return fetch(url, {
      method: 'POST',
      redirect: 'manual',
      body,
      signal: AbortSignal.timeout(ackMs),
      headers: {
        'content-type': type,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': String(seconds),
        'x-slack-signature': signatureOf(secret, seconds, body),
        ...(retry ? { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason } : {}),
      },
    })
  }

  return {
    deliver: async (url, kind, body, retry) => {
      const [type, text] = written(kind, body)
      try {
        const response = await post(url, type, text, retry)
        const answer = await response.text()
        if (response.ok) return { ok: true, payload: readAnswer(response, answer) }
        const noRetry = response.headers.get('x-slack-no-retry') === '1' ? { noRetry: true as const } : {}
        return { ok: false, error: 'dispatch_failed', reason: 'http_error', ...noRetry }
      } catch (error) {
        const late = error instanceof Error && error.name === 'TimeoutError'
        return late
          ? { ok: false, error: 'operation_timeout', reason: 'http_timeout' }
          : { ok: false, error: 'dispatch_failed', reason: 'connection_failed' }
      }
    },
    verify: async (url) => {
      const challenge = crypto.randomUUID()
      const response = await post(url, JSON_TYPE, JSON.stringify({ token: 'verification', type: 'url_verification', challenge }), null)
      const text = await response.text()
      if (!response.ok || (text !== challenge && parseJson(text)?.challenge !== challenge))
        throw new Error(`${url} did not answer the challenge (${response.status})`)
    },
    forgeWith: (other) => {
      secret = other ?? signingSecret
    },
  }
}

/** Commands are a form, interactions a form with one JSON field, events JSON. */
function written(kind: Kind, body: Json): readonly [type: string, text: string] {
  if (kind === 'events_api') return [JSON_TYPE, JSON.stringify(body)]
  if (kind === 'interactive') return [FORM_TYPE, new URLSearchParams({ payload: JSON.stringify(body) }).toString()]
  return [FORM_TYPE, new URLSearchParams(Object.entries(body).map(([name, value]): [string, string] => [name, String(value)])).toString()]
}

function readAnswer(response: Response, text: string): Json {
  if (text === '') return {}
  return (response.headers.get('content-type') ?? '').startsWith(JSON_TYPE) ? (parseJson(text) ?? {}) : { text }
}
