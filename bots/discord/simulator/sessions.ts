/** Gateway sessions: what each has been told, kept until it says that it heard, so that a resume misses nothing. */

import { randomBytes } from 'node:crypto'
import { GatewayIntentBits } from 'discord.js'
import { shardOf } from './snowflake.ts'
import type { Happening } from './world.ts'

export type Session = {
  readonly id: string
  readonly shard: readonly [id: number, count: number]
  readonly intents: number
  sequence: number
  /** Frames not yet acknowledged by a heartbeat. */
  unheard: { readonly sequence: number; readonly frame: string }[]
  /** Sends to the open connection; null while there is none. */
  send: ((frame: string) => void) | null
}

/** As many events as a session may miss before it is too old to be resumed. */
const most = 20_000

export const createSession = (shard: readonly [number, number], intents: number): Session => ({
  id: randomBytes(16).toString('hex'),
  shard,
  intents,
  sequence: 0,
  unheard: [],
  send: null,
})

const { Guilds, GuildMembers, GuildVoiceStates, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits

/** The intent that an event asks for; 0 is for those that everybody gets. */
const intentOf = ({ t, direct }: Happening): number => {
  if (t.startsWith('MESSAGE_')) return direct ? DirectMessages : GuildMessages
  if (t.startsWith('GUILD_MEMBER_')) return GuildMembers
  if (t === 'VOICE_STATE_UPDATE') return GuildVoiceStates
  if (t.startsWith('GUILD_') || t.startsWith('CHANNEL_') || t.startsWith('VOICE_CHANNEL_')) return Guilds
  return 0
}

export const hears = (session: Session, happening: Happening): boolean => {
  const intent = intentOf(happening)
  return shardOf(happening.guildId, session.shard[1]) === session.shard[0] && (intent === 0 || (session.intents & intent) !== 0)
}

export const readsContent = (session: Session): boolean => (session.intents & MessageContent) !== 0

/** Tells a session something: at once when it is connected, at its resume when it is not. `json` is the written payload. */
export const tellSession = (session: Session, t: string, json: string): void => {
  session.sequence += 1
  const frame = `{"op":0,"t":"${t}","s":${session.sequence},"d":${json}}`
  session.unheard.push({ sequence: session.sequence, frame })
  if (session.unheard.length > most) session.unheard.splice(0, most / 2)
  session.send?.(frame)
}

export const heardUpTo = (session: Session, sequence: number): void => {
  const first = session.unheard.findIndex((event) => event.sequence > sequence)
  session.unheard.splice(0, first < 0 ? session.unheard.length : first)
}

/** What came after `sequence`; null when some of it is no longer there. */
export const missedSince = (session: Session, sequence: number): string[] | null => {
  if (sequence > session.sequence) return null
  const missed = session.unheard.filter((event) => event.sequence > sequence)
  return missed.length === session.sequence - sequence ? missed.map((event) => event.frame) : null
}
