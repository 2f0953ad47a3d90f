import { randomBytes, randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { isJson, type Json, parseJson } from './json.ts'
import type { Kind, Reply, Retry } from './wire.ts'

export type DisconnectReason = 'warning' | 'refresh_requested' | 'too_many_websockets' | 'link_disabled'

/** The Socket Mode side: up to ten sockets at once, each envelope to one of them in turn. */
export type Sockets = {
  /** A wss address good for one connection. */
  newAddress(): string
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** How many sockets are open. */
  count(): number
  deliver(kind: Kind, body: Json, retry: Retry | null): Promise<Reply>
  /** Says `disconnect` to the oldest socket, or to all; after a refresh Slack sends it nothing more and closes it. */
  disconnect(reason: DisconnectReason, which: 'oldest' | 'all'): void
  /** Cuts sockets without a word, as a broken network does. */
  cut(which: 'oldest' | 'all'): void
  close(): void
}

type Connection = { readonly ws: WebSocket; readonly pending: Map<string, (reply: Reply) => void>; leaving: boolean }

const isOpen = ({ ws }: Connection): boolean => ws.readyState === ws.OPEN

const MOST_SOCKETS = 10
const PING_MS = 5_000
/** How long a warned socket goes on as before. */
const WARNED_MS = 10_000
/** How long a socket told to refresh stays open for late acknowledgements. */
const GRACE_MS = 1_000
/** Slack answers a close frame but leaves the TCP connection standing: a client that waits for its end waits this long. */
const LINGER_MS = 12_000

export function createSockets(appId: string, addressOf: (ticket: string) => string, ackMs: number): Sockets {
  const tickets = new Set<string>()
  const open: Connection[] = []
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  let turn = 0

  const greet = (ws: WebSocket): void => {
    const connection: Connection = { ws, pending: new Map(), leaving: false }
    const ping = setInterval(() => ws.ping(), PING_MS)
    ws.on('message', (data) => acknowledge(connection, String(data)))
    ws.on('error', () => ws.terminate())
    ws.on('close', () => {
      clearInterval(ping)
      open.splice(open.indexOf(connection), 1)
      for (const settle of [...connection.pending.values()]) settle({ ok: false, error: 'operation_timeout', reason: 'connection_closed' })
    })
    open.push(connection)
    ws.send(
      JSON.stringify({
        type: 'hello',
        num_connections: open.filter(isOpen).length,
        debug_info: { host: 'applink', approximate_connection_time: 18060 },
        connection_info: { app_id: appId },
      }),
    )
    if (open.filter(isOpen).length > MOST_SOCKETS) dismiss(connection, 'too_many_websockets')
  }

  const acknowledge = (connection: Connection, text: string): void => {
    const message = parseJson(text)
    const settle = typeof message?.envelope_id === 'string' ? connection.pending.get(message.envelope_id) : undefined
    settle?.({ ok: true, payload: isJson(message?.payload) ? message.payload : {} })
  }

  const dismiss = (connection: Connection, reason: DisconnectReason): void => {
    connection.ws.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink' } }))
    if (reason === 'warning') {
      setTimeout(() => isOpen(connection) && dismiss(connection, 'refresh_requested'), WARNED_MS).unref()
      return
    }
    connection.leaving = true
    setTimeout(() => connection.ws.close(1000), GRACE_MS).unref()
  }

  const deliver = (kind: Kind, body: Json, retry: Retry | null): Promise<Reply> => {
    const able = open.filter((one) => !one.leaving && isOpen(one))
    turn += 1
    const connection = able[turn % Math.max(1, able.length)]
    if (!connection) return Promise.resolve({ ok: false, error: 'dispatch_failed', reason: 'no_connection' })
    const id = randomUUID()
    return new Promise((resolve) => {
      const settle = (reply: Reply): void => {
        clearTimeout(late)
        connection.pending.delete(id)
        resolve(reply)
      }
      const late = setTimeout(() => settle({ ok: false, error: 'operation_timeout', reason: 'timeout' }), ackMs)
      connection.pending.set(id, settle)
      const again = kind === 'events_api' ? { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? '' } : {}
      connection.ws.send(
        JSON.stringify({ envelope_id: id, type: kind, accepts_response_payload: kind !== 'events_api', payload: body, ...again }),
      )
    })
  }

  return {
    newAddress: () => {
      const ticket = randomBytes(12).toString('hex')
      tickets.add(ticket)
      return addressOf(ticket)
    },
    upgrade: (request, socket, head) => {
      const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? ''
      if (!tickets.delete(ticket)) return void socket.end('HTTP/1.1 404 Not Found\r\n\r\n')
      Object.assign(socket, {
        end: () => {
          setTimeout(() => socket.destroy(), LINGER_MS).unref()
          return socket
        },
      })
      server.handleUpgrade(request, socket, head, greet)
    },
    count: () => open.filter(isOpen).length,
    deliver,
    disconnect: (reason, which) => {
      for (const connection of which === 'all' ? open.filter(isOpen) : open.filter(isOpen).slice(0, 1)) dismiss(connection, reason)
    },
    cut: (which) => {
      for (const connection of which === 'all' ? open.filter(isOpen) : open.filter(isOpen).slice(0, 1)) connection.ws.terminate()
    },
    close: () => {
      for (const connection of [...open]) connection.ws.terminate()
      server.close()
    },
  }
}
