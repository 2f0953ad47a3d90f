import type { ServerResponse } from 'node:http'
import type { Show } from './server.ts'

const lookMilliseconds = 150

/**
 * Tells every open page what changed: `stage` and, under their names, what each person sees. The simulators are looked at several
 * times a second while a page is open, since not all that happens in them is told.
 */
export function createStream({ seats, faults, stage }: Pick<Show, 'seats' | 'faults' | 'stage'>) {
  const pages = new Map<ServerResponse, Map<string, string>>()
  let timer: NodeJS.Timeout | null = null

  const views = (): readonly (readonly [string, string])[] => [
    ['stage', JSON.stringify({ ...stage(), faults: faults.map(({ id, where, label }) => ({ id, where, label })) })],
    ...seats.map(
      ({ id, platform, name, language, timezone, sees }) =>
        [`seat`, JSON.stringify({ id, platform, name, language, timezone, ...sees() })] as const,
    ),
  ]

  function look(): void {
    if (pages.size === 0) return
    const now = views()
    for (const [page, seen] of pages) {
      for (const [at, [event, data]] of now.entries()) {
        if (seen.get(String(at)) === data) continue
        seen.set(String(at), data)
        page.write(`event: ${event}\ndata: ${data}\n\n`)
      }
    }
  }

  return {
    look,
    open(response: ServerResponse): void {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      pages.set(response, new Map())
      response.once('close', () => {
        pages.delete(response)
        if (pages.size > 0 || timer === null) return
        clearInterval(timer)
        timer = null
      })
      timer ??= setInterval(look, lookMilliseconds)
      look()
    },
    close(): void {
      for (const page of pages.keys()) page.end()
    },
  }
}
