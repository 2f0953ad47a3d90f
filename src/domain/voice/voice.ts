import type { VoiceDetail } from '../../db/schema.ts'

export type VoiceChannel = {
  readonly id: string
  readonly name: string
  readonly category: string | null
  /** Where the server sends those who do nothing: time there never counts. */
  readonly isAfk: boolean
}

/** One account and where it sits now, as the platform told it. The whole state, so that one that comes twice says nothing new. */
export type VoiceSighting = {
  /** The server's id on its platform. */
  readonly server: string
  readonly account: string
  readonly name: string
  /** Null: in no channel of this server. */
  readonly channel: VoiceChannel | null
  readonly details: readonly VoiceDetail[]
  /** When we were told. */
  readonly at: Date
  /**
   * The account was seen to come into this channel, not just to sit there: who left the room by a press and stays in the channel
   * is not brought back.
   */
  readonly entered: boolean
}

/** Whether time in channels without a room counts, and in which: ids of channels or of categories. */
export type VoiceRules = {
  readonly voice_time: boolean
  readonly voice_allow: readonly string[]
  readonly voice_deny: readonly string[]
}

/** Where time counts without a room: a refusal is stronger than a permission, and no permission at all means everywhere. */
export function isCounted(
  { id, category }: Pick<VoiceChannel, 'id' | 'category'>,
  { voice_time, voice_allow, voice_deny }: VoiceRules,
): boolean {
  const isAmong = (list: readonly string[]): boolean => list.includes(id) || (category !== null && list.includes(category))
  return voice_time && !isAmong(voice_deny) && (voice_allow.length === 0 || isAmong(voice_allow))
}

/** Which solo time a channel without a room makes; null where none is recorded. */
export function soloKindIn(channel: VoiceChannel, rules: VoiceRules, wish: 'everywhere' | 'rooms' | 'never'): 'voice' | 'afk' | null {
  if (wish !== 'everywhere') return null
  if (channel.isAfk) return rules.voice_time ? 'afk' : null
  return isCounted(channel, rules) ? 'voice' : null
}

/** The ledger of somebody who never used the product is kept so long. */
export const strangerDays = 14
