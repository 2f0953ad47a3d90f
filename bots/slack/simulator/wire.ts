import type { HttpPush } from './http-push.ts'
import type { Json } from './json.ts'
import type { Sockets } from './socket.ts'

export type Kind = 'slash_commands' | 'interactive' | 'events_api'
export type Retry = { readonly num: number; readonly reason: string }
/** What the app answered within 3 s. A failure has the words the person sees and the reason Slack names in a retry. */
export type Reply =
  | { readonly ok: true; readonly payload: Json }
  | { readonly ok: false; readonly error: 'operation_timeout' | 'dispatch_failed'; readonly reason: string; readonly noRetry?: true }

/** How Slack reaches the app: by the sockets it opened, or by signed HTTP to its request URL. */
export type Wire = {
  deliver(kind: Kind, body: Json, retry: Retry | null): Promise<Reply>
  /** Sends to this URL from now on; null means sockets again. */
  route(requestUrl: string | null): void
  /** Waits, false when the simulator closes meanwhile. */
  pause(ms: number): Promise<boolean>
  close(): void
}

export function createWire(sockets: Sockets, push: HttpPush): Wire {
  let url: string | null = null
  let closed = false
  const waiting = new Set<() => void>()
  return {
    deliver: async (kind, body, retry) => {
      if (closed) return { ok: false, error: 'dispatch_failed', reason: 'closed', noRetry: true }
      return url === null ? sockets.deliver(kind, body, retry) : push.deliver(url, kind, body, retry)
    },
    route: (requestUrl) => {
      url = requestUrl
    },
    pause: (ms) =>
      new Promise((resolve) => {
        const end = (): void => {
          clearTimeout(timer)
          waiting.delete(end)
          resolve(!closed)
        }
        const timer = setTimeout(end, ms)
        waiting.add(end)
      }),
    close: () => {
      closed = true
      for (const end of waiting) end()
    },
  }
}
