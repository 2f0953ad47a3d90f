import { createServer } from 'node:http'
import type { Mount } from '../dashboard/mounts.ts'
import type { Config } from './kernel/config.ts'

/** A web server for the handlers of surfaces alone, in a process without the dashboard. */
export function bareServer({ host, port }: Pick<Config, 'host' | 'port'>, mounts: readonly Mount[]) {
  const server = createServer((request, response) => {
    const mount = mounts.find(({ prefix }) => request.url?.startsWith(prefix))
    if (mount !== undefined) return mount.handle(request, response)
    response.writeHead(request.url === '/health' ? 200 : 404, { 'content-type': 'text/plain' }).end()
  })
  return {
    address: `http://${host}:${port}`,
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
