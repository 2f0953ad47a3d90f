import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { authorizePage } from './authorize.ts'
import type { Fault } from './faults.ts'
import { type Json, parseJson } from './json.ts'
import type { ParameterCheck } from './openapi.ts'
import { postToReplyUrl } from './reply-url.ts'
import type { Simulation } from './simulation.ts'
import { perform } from './web-api/perform.ts'

/** What goes back over HTTP: null is a cut connection. */
type Answer = {
  readonly status: number
  readonly type: string
  readonly body: string | Buffer
  readonly headers?: Record<string, string>
} | null

const JSON_TYPE = 'application/json; charset=utf-8'
const asJson = (body: Json, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  type: JSON_TYPE,
  body: JSON.stringify(body),
  headers,
})

/** Listens on loopback; resolves with the server and its address. */
export async function listen(port: number): Promise<{ readonly server: Server; readonly baseUrl: string }> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  const address = server.address() as AddressInfo
  return { server, baseUrl: `http://127.0.0.1:${address.port}` }
}

/** Answers /api/…, /response/… and /oauth/v2/authorize. */
export function serve(server: Server, sim: Simulation, check: ParameterCheck): void {
  server.on('upgrade', (request, socket, head) => sim.sockets.upgrade(request, socket, head))
  server.on('request', (request, response) => {
    route(sim, check, request).then(
      (answer) => send(response, answer),
      (error: unknown) => send(response, { status: 500, type: 'text/plain', body: String(error) }),
    )
  })
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer === null) return void response.destroy()
  response.writeHead(answer.status, { 'content-type': answer.type, ...answer.headers }).end(answer.body)
}

async function route(sim: Simulation, check: ParameterCheck, request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? '/', sim.baseUrl)
  const [, area, name = ''] = url.pathname.split('/')
  if (area === 'upload') return takeFile(sim, name, await readBytes(request))
  if (area === 'files') return showFile(sim, name)
  const body = (await readBytes(request)).toString('utf8')
  if (area === 'api') return faulty(sim, name, readArgs(request, url, body), (args) => callMethod(sim, check, name, request, args))
  if (area === 'response') return faulty(sim, 'response_url', parseJson(body) ?? {}, (payload) => reply(sim, name, payload))
  if (url.pathname === '/oauth/v2/authorize') return authorizePage(sim, url)
  return { status: 404, type: 'text/plain', body: 'not found' }
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The second step of an upload: the bytes alone, at the address of the first. */
function takeFile(sim: Simulation, id: string, bytes: Buffer): Answer {
  const file = sim.world.files.get(id)
  if (!file || file.bytes !== null) return { status: 404, type: 'text/plain', body: 'not found' }
  sim.world.files.set(id, { ...file, bytes: new Uint8Array(bytes) })
  return { status: 200, type: 'text/plain', body: `OK - ${bytes.length}` }
}

/** Shows a file to whoever asks, for the page of the playground and for tests. */
function showFile(sim: Simulation, id: string): Answer {
  const bytes = sim.world.files.get(id)?.bytes
  return bytes ? { status: 200, type: 'image/png', body: Buffer.from(bytes) } : { status: 404, type: 'text/plain', body: 'not found' }
}

function readArgs(request: IncomingMessage, url: URL, body: string): Json {
  const type = request.headers['content-type'] ?? ''
  const given = type.startsWith('application/json') ? (parseJson(body) ?? {}) : Object.fromEntries(new URLSearchParams(body))
  return { ...Object.fromEntries(url.searchParams), ...given, ...basicClient(request) }
}

/** oauth.v2.access may name its client by HTTP Basic. */
function basicClient(request: IncomingMessage): Json {
  const [, encoded] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? []
  if (!encoded) return {}
  const [id, secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return { client_id: id, client_secret: secret }
}

/** Does the deed, or goes wrong as it was told to. */
async function faulty(sim: Simulation, method: string, args: Json, deed: (args: Json) => Answer): Promise<Answer> {
  const fault: Fault | null = sim.faults.due(method, args)
  if (fault === null) return deed(args)
  if ('delayMs' in fault) {
    await pause(fault.delayMs)
    return deed(args)
  }
  if ('cut' in fault) {
    if (fault.cut === 'after') deed(args)
    else record(sim, method, args, null, 'cut')
    return null
  }
  record(sim, method, args, null, 'error' in fault ? fault.error : 'ratelimited' in fault ? 'ratelimited' : `http_${fault.status}`)
  if ('error' in fault) return asJson({ ok: false, error: fault.error })
  if ('ratelimited' in fault) return asJson({ ok: false, error: 'ratelimited' }, 429, { 'retry-after': String(fault.ratelimited) })
  return { status: fault.status, type: 'text/plain', body: 'upstream error' }
}

/** The log keeps no secret. */
function record(sim: Simulation, method: string, args: Json, team: string | null, error: string | null): void {
  const { token: _token, client_secret: _secret, code: _code, ...shown } = args
  sim.log.add({ method, args: shown, team, at: sim.now(), error })
}

function callMethod(sim: Simulation, check: ParameterCheck, name: string, request: IncomingMessage, args: Json): Answer {
  const [, bearer] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? []
  const token = bearer ?? (typeof args.token === 'string' ? args.token : null)
  const outcome = perform(sim, check, name, args, token)
  record(sim, name, args, outcome.team, outcome.error)
  return outcome.retryAfter === null ? asJson(outcome.body) : asJson(outcome.body, 429, { 'retry-after': String(outcome.retryAfter) })
}

function reply(sim: Simulation, id: string, payload: Json): Answer {
  const { status, body, reply: address } = postToReplyUrl(sim, id, payload)
  record(sim, 'response_url', payload, address?.team ?? null, status === 200 ? null : body)
  return { status, type: 'text/plain', body }
}
