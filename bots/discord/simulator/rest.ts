/** The REST side: finds the route, checks token, limits and faults, runs it, and keeps a log of what was asked. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Body, readBody } from './body.ts'
import { ApiError, refusal } from './errors.ts'
import type { Failure, FaultState } from './faults.ts'
import type { Gateway } from './gateway.ts'
import type { Interactions } from './interactions.ts'
import type { Limited, Limits } from './limits.ts'
import { checkAgainstOpenApi } from './openapi.ts'
import { applicationRoutes } from './routes/applications.ts'
import { type Found, findRoute } from './routes/find.ts'
import { guildRoutes } from './routes/guilds.ts'
import { interactionRoutes } from './routes/interactions.ts'
import { messageRoutes } from './routes/messages.ts'
import { scheduledEventRoutes } from './routes/scheduled-events.ts'
import type { World } from './world.ts'

export type RequestLogged = {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly method: string
  readonly path: string
  readonly body: unknown
  readonly files: readonly string[]
  /** What was answered; 0 when the connection was cut or the answer lost. */
  readonly status: number
}

export type Rest = { readonly server: Server; readonly requests: RequestLogged[] }
type Parts = {
  readonly world: World
  readonly interactions: Interactions
  readonly gateway: Gateway
  readonly faults: FaultState
  readonly limits: Limits | null
}
type Answer = { readonly status: number; readonly json?: object | undefined; readonly headers?: Readonly<Record<string, string>> }

const prefix = /^\/api(?:\/v\d+)?(?=\/)/
/** How many requests the log keeps. */
const logged = 10_000
const routes = [...interactionRoutes, ...messageRoutes, ...applicationRoutes, ...guildRoutes, ...scheduledEventRoutes]

const limitedAnswer = ({ retryAfterMs, scope }: Limited, headers: Readonly<Record<string, string>>): Answer => ({
  status: 429,
  headers: { ...headers, 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) },
  json: { message: 'You are being rate limited.', retry_after: Math.max(0.001, retryAfterMs / 1000), global: scope === 'global' },
})

const failed = (failure: 500 | 502 | 429): Answer => {
  if (failure === 429) return limitedAnswer({ retryAfterMs: 1000, scope: 'user' }, { 'x-ratelimit-scope': 'shared' })
  return { status: failure, json: { message: `${failure}: Server Error`, code: 0 } }
}

const spend = (limits: Limits, { route, params }: Found, body: unknown) => {
  const [first] = params.values()
  return limits.spend({
    shared: Buffer.from(`${route.method} ${route.path}`).toString('base64url').slice(-32),
    major: params.get('token') ?? first ?? '',
    window: route.window,
    global: !route.byToken,
    sublimit: route.sublimit?.(body) ?? null,
  })
}

export const createRest = (parts: Parts): Rest => {
  const { world, faults, limits } = parts
  const requests: RequestLogged[] = []

  const perform = (request: IncomingMessage, url: URL, path: string, { json, uploads }: Body): Answer => {
    const found = findRoute(routes, request.method ?? 'GET', path)
    if (found === 'elsewhere') throw refusal('methodNotAllowed')
    if (!found) throw refusal('notFound')
    const { route, params } = found
    if (!route.byToken && request.headers.authorization !== `Bot ${world.token}`) throw refusal('unauthorized')
    const verdict = limits ? spend(limits, found, json) : null
    if (verdict?.limited) return limitedAnswer(verdict.limited, verdict.headers)
    const headers = verdict?.headers ?? {}
    try {
      checkAgainstOpenApi(route.method, path, json)
      const param = (name: string): string => params.get(name) ?? ''
      const answer = route.run({ ...parts, param, query: url.searchParams, body: json, uploads })
      return answer === undefined ? { status: 204, headers } : { status: 200, json: answer, headers }
    } catch (refused) {
      if (refused instanceof ApiError) return { status: refused.status, json: refused.body, headers }
      throw refused
    }
  }

  const answerTo = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const path = url.pathname.replace(prefix, '')
    const method = request.method ?? 'GET'
    const body = await readBody(request)
    const seen = { method, path, body: body.json }
    const failure: Failure | null = faults.takeFailure(seen)
    const delay = faults.delayOf(seen)
    const answer =
      failure === 'cut' ? null : typeof failure === 'number' ? failed(failure) : refusedAs(() => perform(request, url, path, body))
    if (delay > 0) await sleep(delay)
    const given = failure === 'lost' ? null : answer
    requests.push({ at: world.now(), ...seen, files: body.uploads.map((upload) => upload.name), status: given?.status ?? 0 })
    if (requests.length > logged) requests.splice(0, logged / 2)
    if (given) send(response, given)
    else reset(request.socket)
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://discord')
    if (url.pathname.startsWith('/attachments/')) return sendFile(world, response, url.pathname)
    answerTo(request, response, url).catch((error: unknown) => send(response, broken(error)))
  })
  server.keepAliveTimeout = 60_000
  server.on('upgrade', (request, socket, head) => parts.gateway.upgrade(request, socket, head))
  return { server, requests }
}

const refusedAs = (run: () => Answer): Answer => {
  try {
    return run()
  } catch (refused) {
    if (refused instanceof ApiError) return { status: refused.status, json: refused.body }
    throw refused
  }
}

/** Clients see a reset connection (ECONNRESET), as when the network breaks. */
const reset = (socket: Socket): void => {
  socket.resetAndDestroy()
}

/** A fault of the simulator itself answers with its words, so that a test shows them. */
const broken = (error: unknown): Answer =>
  error instanceof ApiError
    ? { status: error.status, json: error.body }
    : { status: 500, json: { message: `Simulator: ${error instanceof Error ? error.stack : String(error)}`, code: 0 } }

const send = (response: ServerResponse, { status, json, headers }: Answer): void => {
  const body = json === undefined ? '' : JSON.stringify(json)
  response.writeHead(status, {
    ...headers,
    ...(body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } : {}),
  })
  response.end(body)
}

const sendFile = (world: World, response: ServerResponse, pathname: string): void => {
  const file = world.files.get(decodeURIComponent(pathname.slice('/attachments/'.length)))
  response.writeHead(file ? 200 : 404, file ? { 'content-type': file.type } : {})
  response.end(file?.bytes)
}
