import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { App } from './kernel/context.ts'
import { firstAsked, type Mount } from './mounts.ts'
import { alive, type Part, readiness } from './readiness.ts'

/** The web server of a process without the dashboard: what surfaces publish, and the state of the process for operators. */
export function bareServer(app: App, { mounts, parts }: { readonly mounts: readonly Mount[]; readonly parts: readonly Part[] }) {
  const { host, port } = app.config
  const server = createServer(
    firstAsked(mounts, (request, response) => {
      answer(request, response).catch((error: unknown) => {
        app.log.error({ err: error }, 'a request failed')
        response.destroy()
      })
    }),
  )

  async function answer({ url }: IncomingMessage, response: ServerResponse): Promise<void> {
    if (url === '/health') send(response, 200, alive)
    else if (url === '/ready') {
      const { code, answer } = await readiness(app, parts)
      send(response, code, answer)
    } else send(response, 404, { status: 'nothing here' })
  }

  return {
    get address(): string {
      const { port: taken } = (server.address() ?? { port }) as Pick<AddressInfo, 'port'>
      return `http://${host}:${taken}`
    },
    start: () =>
      new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, resolve)
      }),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const send = (response: ServerResponse, code: number, body: object): void => {
  response.writeHead(code, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body))
}
