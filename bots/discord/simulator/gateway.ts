/** The gateway: HELLO, heartbeats, IDENTIFY, RESUME, events by shard and intent; and how it is made to stumble. */

import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { GatewayCloseCodes, GatewayIntentBits, GatewayOpcodes } from 'discord.js'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import type { FaultState } from './faults.ts'
import { readyPayload, withoutContent } from './payloads/gateway.ts'
import { guildCreatePayload } from './payloads/guild.ts'
import { requestMembers, setOwnVoiceState } from './requests.ts'
import { createSession, heardUpTo, hears, missedSince, readsContent, type Session, tellSession } from './sessions.ts'
import { shardOf } from './snowflake.ts'
import type { Guild, Happening, World } from './world.ts'

export type GatewayOptions = {
  /** Milliseconds between heartbeats. */
  readonly heartbeatInterval: number
  /** Privileged intents switched on for the application; an IDENTIFY with another is closed with 4014. */
  readonly privilegedIntents: number
}

export type Gateway = {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  tell(happening: Happening): void
  /** Closes connections with this code; 1006 cuts them without a word. Sessions stay resumable. */
  drop(code?: number): void
  /** Asks clients to reconnect (op 7). */
  reconnect(): void
  /** INVALID_SESSION (op 9) to all; when not resumable the sessions are forgotten. */
  invalidate(resumable?: boolean): void
  readonly sessions: ReadonlyMap<string, Session>
  close(): Promise<void>
}

const privileged = GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent

const packet = z.object({ op: z.number().int(), d: z.unknown() })
const identify = z.object({
  token: z.string(),
  intents: z.number().int().min(0),
  properties: z.object({}).loose(),
  shard: z.tuple([z.number().int().min(0), z.number().int().min(1)]).optional(),
})
const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.number().int() })

export const createGateway = (world: World, faults: FaultState, options: GatewayOptions): Gateway => {
  const server = new WebSocketServer({ noServer: true })
  const sessions = new Map<string, Session>()
  const connections = new Map<WebSocket, Session | null>()

  const write = (socket: WebSocket, frame: string): void => {
    if (faults.eventDelay === 0) socket.send(frame)
    else setTimeout(() => socket.send(frame), faults.eventDelay)
  }
  const op = (socket: WebSocket, code: number, d: unknown = null): void => socket.send(JSON.stringify({ op: code, t: null, s: null, d }))

  const attach = (socket: WebSocket, session: Session): void => {
    connections.set(socket, session)
    session.send = (frame) => write(socket, frame)
  }

  const guildsOf = (session: Session): Guild[] =>
    [...world.guilds.values()].filter(
      (guild) => guild.members.has(world.bot.id) && shardOf(guild.id, session.shard[1]) === session.shard[0],
    )

  /** What follows returns the code to close the connection with, or null when all is well. */
  type Fault = GatewayCloseCodes | null

  const begin = (socket: WebSocket, d: unknown): Fault => {
    const read = identify.safeParse(d)
    if (!read.success) return GatewayCloseCodes.DecodeError
    const { token, intents, shard = [0, 1] as const } = read.data
    if (token !== world.token) return GatewayCloseCodes.AuthenticationFailed
    if (shard[0] >= shard[1]) return GatewayCloseCodes.InvalidShard
    if (intents & privileged & ~options.privilegedIntents) return GatewayCloseCodes.DisallowedIntents
    const session = createSession(shard, intents)
    sessions.set(session.id, session)
    attach(socket, session)
    const guilds = guildsOf(session)
    tellSession(session, 'READY', JSON.stringify(readyPayload(world, session, guilds)))
    if (!(intents & GatewayIntentBits.Guilds)) return null
    const withMembers = (intents & GatewayIntentBits.GuildMembers) !== 0
    for (const guild of guilds) tellSession(session, 'GUILD_CREATE', JSON.stringify(guildCreatePayload(world, guild, withMembers)))
    return null
  }

  const goOn = (socket: WebSocket, d: unknown): Fault => {
    const read = resume.safeParse(d)
    if (!read.success) return GatewayCloseCodes.DecodeError
    if (read.data.token !== world.token) return GatewayCloseCodes.AuthenticationFailed
    const session = sessions.get(read.data.session_id)
    const missed = session && missedSince(session, read.data.seq)
    if (!session || !missed || faults.takeRefusedResume()) {
      sessions.delete(read.data.session_id)
      op(socket, GatewayOpcodes.InvalidSession, false)
      return null
    }
    attach(socket, session)
    for (const frame of missed) write(socket, frame)
    tellSession(session, 'RESUMED', '{}')
    return null
  }

  const beat = (socket: WebSocket, session: Session | null | undefined, d: unknown): null => {
    if (session && typeof d === 'number') heardUpTo(session, d)
    if (!faults.heartbeatsMuted) op(socket, GatewayOpcodes.HeartbeatAck)
    return null
  }

  const hear = (socket: WebSocket, raw: string): Fault => {
    const read = packet.safeParse(parse(raw))
    if (!read.success) return GatewayCloseCodes.DecodeError
    const { op: code, d } = read.data
    const session = connections.get(socket)
    if (code === GatewayOpcodes.Heartbeat) return beat(socket, session, d)
    if (code === GatewayOpcodes.Identify) return session ? GatewayCloseCodes.AlreadyAuthenticated : begin(socket, d)
    if (code === GatewayOpcodes.Resume) return session ? GatewayCloseCodes.AlreadyAuthenticated : goOn(socket, d)
    if (!session) return GatewayCloseCodes.NotAuthenticated
    if (code === GatewayOpcodes.VoiceStateUpdate) setOwnVoiceState(world, d)
    else if (code === GatewayOpcodes.RequestGuildMembers) requestMembers(world, session, d)
    else if (code !== GatewayOpcodes.PresenceUpdate) return GatewayCloseCodes.UnknownOpcode
    return null
  }

  const leave = (socket: WebSocket, code: number): void => {
    const session = connections.get(socket)
    connections.delete(socket)
    // Resumed elsewhere in the meantime: that connection carries it now.
    if (!session || [...connections.values()].includes(session)) return
    session.send = null
    // A client that says goodbye (1000, 1001) ends its session; any other close leaves it to be resumed.
    if (code === 1000 || code === 1001) sessions.delete(session.id)
  }

  server.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    const query = new URL(request.url ?? '/', 'http://gateway').searchParams
    if (query.get('v') !== '10' || (query.get('encoding') ?? 'json') !== 'json') return socket.close(GatewayCloseCodes.InvalidAPIVersion)
    connections.set(socket, null)
    // Two intervals without a heartbeat: the client is gone.
    const patience = setTimeout(() => socket.close(GatewayCloseCodes.SessionTimedOut), options.heartbeatInterval * 2)
    socket.on('message', (data) => {
      patience.refresh()
      const fault = hear(socket, String(data))
      if (fault !== null) socket.close(fault)
    })
    socket.on('close', (code) => {
      clearTimeout(patience)
      leave(socket, code)
    })
    op(socket, GatewayOpcodes.Hello, { heartbeat_interval: options.heartbeatInterval })
  })

  const tell = (happening: Happening): void => {
    let json: string | null = null
    for (const session of sessions.values()) {
      if (!hears(session, happening)) continue
      const hidden = happening.t.startsWith('MESSAGE_') && !readsContent(session) ? withoutContent(world, happening) : null
      json ??= hidden ? null : JSON.stringify(happening.d)
      tellSession(session, happening.t, hidden ? JSON.stringify(hidden) : (json ?? ''))
    }
  }

  return {
    upgrade: (request, socket, head) => {
      if (faults.gatewayClosed || !request.url?.startsWith('/gateway')) return void socket.destroy()
      server.handleUpgrade(request, socket, head, (accepted) => server.emit('connection', accepted, request))
    },
    tell,
    drop: (code = 1006) => {
      for (const socket of [...connections.keys()]) {
        if (code === 1006) socket.terminate()
        else socket.close(code)
      }
    },
    reconnect: () => {
      for (const socket of connections.keys()) op(socket, GatewayOpcodes.Reconnect)
    },
    invalidate: (resumable = false) => {
      if (!resumable) sessions.clear()
      for (const [socket, session] of connections) {
        if (session) session.send = null
        connections.set(socket, null)
        op(socket, GatewayOpcodes.InvalidSession, resumable)
      }
    },
    sessions,
    close: async () => {
      for (const socket of connections.keys()) socket.terminate()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}

const parse = (raw: string): unknown => {
  try {
    return JSON.parse(raw)
  } catch {
    return undefined // reported by the caller as a decode error
  }
}
