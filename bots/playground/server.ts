import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Fault } from './faults.ts'
import { createFiles, dashboardStyles } from './files.ts'
import { drawGallery } from './gallery.ts'
import { deed, type Outcome, type Seat } from './seat.ts'
import { createStream } from './stream.ts'

export type Show = {
  readonly port: number
  /** The origins from which pictures in messages come, as a policy names them. */
  readonly pictures: string
  readonly seats: readonly Seat[]
  readonly faults: readonly Fault[]
  /** What is not one person's view. */
  stage(): object
}

/** Addresses of pages that are called otherwise than their files. */
const pages: Readonly<Record<string, string>> = { '/': '/index.html', '/gallery': '/gallery.html' }
const longestBody = 100_000

/** Serves the page, a stream of what everybody sees, and takes what they do. Only for this machine. */
export async function startServer(show: Show): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const fileAt = createFiles()
  const stream = createStream(show)
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.headersSent || sendJson(response, 500, { note: String(error) }))
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    // Another site's name that was made to lead here is not ours.
    if (request.headers.host !== `127.0.0.1:${portOf()}`) return sendJson(response, 421, { note: 'Ask for 127.0.0.1' })
    if (request.method === 'GET' && pathname === '/stream') return stream.open(response)
    if (request.method === 'POST') return sendJson(response, 200, await outcomeOf(request, pathname.slice(1).split('/')))
    const shown = request.method === 'GET' && /^\/gallery\/(en|ko)\.json$/.exec(pathname)
    if (shown) return sendJson(response, 200, { ...drawGallery(shown[1] === 'ko' ? 'ko' : 'en'), styles: dashboardStyles })
    const file = request.method === 'GET' ? fileAt(pages[pathname] ?? pathname) : null
    if (!file) return sendJson(response, 404, { note: 'Not here' })
    const policy = `default-src 'self'; img-src 'self' data: ${show.pictures}; frame-ancestors 'none'`
    response.writeHead(200, { 'content-type': file.type, 'content-security-policy': policy, 'cache-control': 'no-store' }).end(file.bytes)
  }

  /** What the platform's client refuses, and what the app fails to answer, is what the person reads. */
  async function outcomeOf(request: IncomingMessage, [kind = '', id = '']: readonly string[]): Promise<Outcome> {
    try {
      if (kind === 'fault') {
        await show.faults.find((fault) => fault.id === id)?.make()
        return {}
      }
      const seat = show.seats.find((one) => one.id === id)
      if (kind !== 'seat' || !seat) throw new Error('nobody sits there')
      return await seat.act(deed.parse(JSON.parse(await bodyOf(request))))
    } catch (error) {
      return { note: error instanceof Error ? error.message : String(error) }
    } finally {
      stream.look()
    }
  }

  const portOf = (): number => (server.address() as AddressInfo).port
  await new Promise<void>((ready, failed) => server.once('error', failed).listen(show.port, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${portOf()}`,
    stop: async () => {
      stream.close()
      server.closeAllConnections()
      await new Promise<void>((closed) => server.close(() => closed()))
    },
  }
}

/** JSON only: a page of another site can't send that without asking first. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  if (request.headers['content-type'] !== 'application/json') throw new Error('only JSON is read here')
  let text = ''
  for await (const part of request.setEncoding('utf8')) {
    text += part
    if (text.length > longestBody) throw new Error('that is too much')
  }
  return text
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body))
}
