/** What a bot says to the voice gateway: from IDENTIFY to the choice of a protocol, heartbeats, and DAVE beside it. */

import type { RawData, WebSocket } from 'ws'
import { z } from 'zod'
import { createLine, type Line, type Ticket } from './line.ts'
import { type CloseCode, closeCodes, opcodes } from './opcodes.ts'
import type { Mode } from './rtp.ts'

export type Switchboard = {
  readonly udpPort: number
  readonly modes: readonly Mode[]
  /** 0: end-to-end encryption is off. */
  readonly daveVersion: 0 | 1
  /** In milliseconds. */
  readonly heartbeatInterval: number
  takeTicket(token: string): Ticket | null
  nextSsrc(): number
  lineOf(sessionId: string, token: string): Line | null
  opened(line: Line): void
  /** The bot can become a member of the group. */
  offered(line: Line, keyPackage: Buffer): void
  closed(line: Line): void
}

/** What follows returns the code to close the connection with, or null when all is well. */
type Fault = CloseCode | null

const packet = z.object({ op: z.number().int(), d: z.unknown() })
const identify = z.object({
  server_id: z.string(),
  user_id: z.string(),
  session_id: z.string(),
  token: z.string(),
  max_dave_protocol_version: z.number().int().default(0),
})
const select = z.object({
  protocol: z.literal('udp'),
  data: z.object({ address: z.string(), port: z.number().int(), mode: z.string() }),
})
const resume = z.object({ server_id: z.string(), session_id: z.string(), token: z.string(), seq_ack: z.number().int().default(-1) })
const beat = z.object({ t: z.number() })
const transition = z.object({ transition_id: z.number().int() })

export const converse = (board: Switchboard, socket: WebSocket): void => {
  let line: Line | null = null

  const begin = (d: unknown): Fault => {
    const read = identify.safeParse(d)
    if (!read.success) return closeCodes.decodeError
    if (line) return closeCodes.alreadyAuthenticated
    const { server_id: guildId, user_id: userId, session_id: sessionId, token, max_dave_protocol_version: version } = read.data
    const ticket = board.takeTicket(token)
    if (!ticket) return closeCodes.authenticationFailed
    if (ticket.guildId !== guildId || ticket.userId !== userId || ticket.sessionId !== sessionId) return closeCodes.sessionInvalid
    line = createLine(ticket, board.nextSsrc(), socket)
    line.isSealed = version > 0 && board.daveVersion > 0
    line.say(opcodes.ready, { ssrc: line.ssrc, ip: '127.0.0.1', port: board.udpPort, modes: board.modes })
    board.opened(line)
    return null
  }

  const goOn = (d: unknown): Fault => {
    const read = resume.safeParse(d)
    if (!read.success) return closeCodes.decodeError
    line = board.lineOf(read.data.session_id, read.data.token)
    if (!line) return closeCodes.sessionInvalid
    line.resume(socket, read.data.seq_ack)
    return null
  }

  const choose = (open: Line, d: unknown): Fault => {
    const read = select.safeParse(d)
    if (!read.success) return closeCodes.decodeError
    const mode = board.modes.find((one) => one === read.data.data.mode)
    if (!mode) return closeCodes.unknownMode
    open.mode = mode
    const session = { mode, secret_key: [...open.key], dave_protocol_version: open.isSealed ? 1 : 0, audio_codec: 'opus' }
    open.say(opcodes.sessionDescription, session)
    return null
  }

  const hear = (op: number, d: unknown): Fault => {
    if (op === opcodes.heartbeat) {
      const read = beat.safeParse(d)
      if (!read.success) return closeCodes.decodeError
      socket.send(JSON.stringify({ op: opcodes.heartbeatAck, d: { t: read.data.t } }))
      return null
    }
    if (op === opcodes.identify) return begin(d)
    if (op === opcodes.resume) return goOn(d)
    if (!line) return closeCodes.notAuthenticated
    if (op === opcodes.selectProtocol) return choose(line, d)
    if (op === opcodes.transitionReady) {
      const read = transition.safeParse(d)
      if (!read.success) return closeCodes.decodeError
      line.say(opcodes.executeTransition, { transition_id: read.data.transition_id })
      return null
    }
    return op === opcodes.speaking || op === opcodes.invalidCommitWelcome ? null : closeCodes.unknownOpcode
  }

  const hearBinary = (bytes: Buffer): Fault => {
    const op = bytes.readUInt8(0)
    if (!line) return closeCodes.notAuthenticated
    if (op === opcodes.keyPackage) board.offered(line, bytes.subarray(1))
    else if (op === opcodes.commitWelcome) line.answered(bytes.subarray(1))
    else return closeCodes.unknownOpcode
    return null
  }

  socket.on('message', (data: RawData, isBinary: boolean) => {
    const fault = isBinary ? hearBinary(bytesOf(data)) : hearText(String(data))
    if (fault !== null) socket.close(fault)
  })
  const hearText = (text: string): Fault => {
    const read = packet.safeParse(parse(text))
    return read.success ? hear(read.data.op, read.data.d) : closeCodes.decodeError
  }
  socket.on('close', (code) => {
    // A connection that breaks may be resumed; one that is closed on purpose is over.
    if (line && (code === 1000 || code >= 4000)) board.closed(line)
  })
  socket.send(JSON.stringify({ op: opcodes.hello, d: { v: 8, heartbeat_interval: board.heartbeatInterval } }))
}

const bytesOf = (data: RawData): Buffer => (Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data))

const parse = (raw: string): unknown => {
  try {
    return JSON.parse(raw)
  } catch {
    return undefined // reported by the caller as a decode error
  }
}
