/**
 * The server behind voice channels: the voice gateway over TLS, UDP for the sound, both kinds of encryption. It does with a bot's sound
 * what Discord does, so that people in a channel hear what they would hear, frame by frame.
 */

import { randomBytes } from 'node:crypto'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { may } from '../permissions.ts'
import type { Channel, Guild, World } from '../world.ts'
import { createCalls } from './calls.ts'
import { newCertificate } from './certificate.ts'
import { converse, type Switchboard } from './conversation.ts'
import type { Utterance } from './heard.ts'
import type { Line, Ticket } from './line.ts'
import { closeCodes } from './opcodes.ts'
import { modes as allModes, type Mode, openPacket, ssrcOf } from './rtp.ts'
import { createVoiceTroubles, type VoiceTroubles } from './trouble.ts'
import { listen, type Udp } from './udp.ts'

export type VoiceOptions = {
  /** What it offers, the preferred one first; both when absent. */
  readonly modes?: readonly Mode[]
  /** 0 switches end-to-end encryption off; 1 when absent. */
  readonly daveVersion?: 0 | 1
  /** Milliseconds; Discord's 13 750 when absent. */
  readonly heartbeatInterval?: number
}

export type VoiceServer = Pick<VoiceTroubles, 'failNext'> & {
  /** In PEM. Bots must trust it: nobody else signed it. */
  readonly certificate: string
  heardBy(user: { readonly id: string }): readonly Utterance[]
  /** How many bots are connected now. */
  readonly connected: number
  /** How many sessions were begun in all; one that is resumed is not another. */
  readonly sessions: number
  /** Breaks the connections without a word; bots may resume. */
  cut(): void
}

export type VoiceHost = VoiceServer & {
  /** The bot sits in a channel now: tells it where to connect. */
  invite(guild: Guild, channel: Channel, sessionId: string): Promise<void>
  /** Somebody came, moved or left. */
  follow(guild: Guild): void
  stop(): Promise<void>
}

export const createVoiceHost = (world: World, options: VoiceOptions = {}): VoiceHost => {
  const { modes = allModes, daveVersion = 1, heartbeatInterval = 13_750 } = options
  const { key, cert } = newCertificate()
  const server = createServer({ key, cert })
  const gateway = new WebSocketServer({ server })
  const calls = createCalls(world)
  const troubles = createVoiceTroubles()
  const tickets = new Map<string, Ticket>()
  const lines = new Map<number, Line>()
  let sessions = 0
  let started: Promise<Udp> | null = null

  const start = async (): Promise<Udp> => {
    await new Promise<void>((ready, failed) => server.once('error', failed).listen(0, '127.0.0.1', ready))
    return listen((ssrc) => lines.get(ssrc)?.ticket.trouble !== 'no-discovery', hear)
  }

  const hear = (packet: Buffer): void => {
    const line = lines.get(ssrcOf(packet))
    const channel = line && world.channels.get(line.ticket.channelId)
    if (!line?.mode || !channel || !mayBeHeard(channel, line.ticket)) return
    const frame = openPacket(packet, line.mode, line.key)
    if (frame) calls.hear(line, frame)
  }

  const mayBeHeard = (channel: Channel, { guildId, userId }: Ticket): boolean => {
    const guild = world.guilds.get(guildId)
    const isSilenced = guild?.members.get(userId)?.mute === true || guild?.voiceStates.get(userId)?.suppress === true
    return !isSilenced && may(world, channel, userId, 'Speak')
  }

  const board = (udp: Udp): Switchboard => ({
    udpPort: udp.port,
    modes,
    daveVersion,
    heartbeatInterval,
    takeTicket: (token) => tickets.get(token) ?? null,
    nextSsrc: () => {
      sessions += 1
      return sessions
    },
    lineOf: (sessionId, token) =>
      [...lines.values()].find(({ ticket }) => ticket.sessionId === sessionId && ticket.token === token) ?? null,
    opened: (line) => {
      lines.set(line.ssrc, line)
      calls.open(line)
    },
    offered: calls.seal,
    closed: (line) => {
      lines.delete(line.ssrc)
      calls.close(line)
    },
  })

  gateway.on('connection', async (socket: WebSocket, request) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'wss://voice')
    if (pathname === '/mute') return
    if (pathname === '/refused' || searchParams.get('v') !== '8' || !started) return socket.close(closeCodes.sessionInvalid)
    converse(board(await started), socket)
  })

  return {
    certificate: cert,
    failNext: troubles.failNext,
    heardBy: ({ id }) => calls.heardBy(id),
    get connected() {
      return gateway.clients.size
    },
    get sessions() {
      return sessions
    },
    cut: () => {
      for (const socket of gateway.clients) socket.terminate()
    },
    invite: async (guild, channel, sessionId) => {
      started ??= start()
      await started
      const trouble = troubles.take()
      const token = randomBytes(8).toString('hex')
      tickets.set(token, { token, guildId: guild.id, channelId: channel.id, userId: world.bot.id, sessionId, trouble })
      const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
      const endpoint = trouble === 'no-endpoint' ? null : trouble === null ? address : `${address}/${trouble}`
      world.tell({ t: 'VOICE_SERVER_UPDATE', d: { token, guild_id: guild.id, endpoint }, guildId: guild.id })
    },
    follow: calls.follow,
    stop: async () => {
      for (const socket of gateway.clients) socket.terminate()
      const udp = await started
      udp?.close()
      gateway.close()
      if (started) await new Promise<void>((closed) => server.close(() => closed()))
    },
  }
}
