/** The server's end of the line to one bot: what it is told, in numbered messages that a resume can repeat. */

import { randomBytes } from 'node:crypto'
import type { WebSocket } from 'ws'
import type { Remote } from './group.ts'
import { opcodes } from './opcodes.ts'
import type { Mode } from './rtp.ts'
import type { VoiceTrouble } from './trouble.ts'

/** What the gateway promised a bot, and it must now show. */
export type Ticket = {
  readonly token: string
  readonly guildId: string
  readonly channelId: string
  readonly userId: string
  readonly sessionId: string
  readonly trouble: VoiceTrouble | null
}

export type Line = {
  readonly ticket: Ticket
  /** Marks the bot's packets. */
  readonly ssrc: number
  readonly key: Buffer
  mode: Mode | null
  /** Whether what it says must be encrypted end to end. */
  isSealed: boolean
  /** How a group speaks with it. */
  readonly remote: Remote
  say(op: number, d: unknown): void
  /** The bot's answer to proposals. */
  answered(commitWelcome: Buffer): void
  /** Goes on over another connection; what the bot has not heard yet is said again. */
  resume(socket: WebSocket, heardUpTo: number): void
  close(code: number): void
}

/** A bot that does not answer proposals for so long (ms) is not waited for. */
const longestAnswer = 2000

export const createLine = (ticket: Ticket, ssrc: number, first: WebSocket): Line => {
  let socket = first
  let number = 0
  const said: { readonly number: number; readonly data: string | Buffer }[] = []
  let answering: PromiseWithResolvers<Buffer | null> | null = null

  const send = (data: string | Buffer): void => {
    said.push({ number, data })
    socket.send(data)
  }
  const say = (op: number, d: unknown): void => {
    number += 1
    send(JSON.stringify({ op, d, seq: number }))
  }
  const sayBinary = (op: number, ...parts: readonly Buffer[]): void => {
    number += 1
    send(Buffer.concat([u16(number), Buffer.from([op]), ...parts]))
  }

  return {
    ticket,
    ssrc,
    key: randomBytes(32),
    mode: null,
    isSealed: false,
    say,
    remote: {
      externalSender: (introduction) => sayBinary(opcodes.externalSender, introduction),
      proposals: (operation) => {
        answering = Promise.withResolvers<Buffer | null>()
        const { promise, resolve } = answering
        const patience = setTimeout(resolve, longestAnswer, null)
        sayBinary(opcodes.proposals, operation)
        return promise.finally(() => clearTimeout(patience))
      },
      announceCommit: (transition, commit) => sayBinary(opcodes.announceCommit, u16(transition), commit),
      welcome: (transition, welcome) => sayBinary(opcodes.welcome, u16(transition), welcome),
    },
    answered: (commitWelcome) => answering?.resolve(commitWelcome),
    resume: (next, heardUpTo) => {
      socket = next
      socket.send(JSON.stringify({ op: opcodes.resumed, d: null }))
      for (const one of said) if (one.number > heardUpTo) socket.send(one.data)
    },
    close: (code) => {
      answering?.resolve(null)
      socket.close(code)
    },
  }
}

const u16 = (value: number): Buffer => Buffer.from([(value >> 8) & 255, value & 255])
