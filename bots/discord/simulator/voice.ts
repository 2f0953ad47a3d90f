/** Who sits in which voice channel. */

import { voiceStatePayload } from './payloads/guild.ts'
import type { Channel, Guild, VoiceState, World } from './world.ts'

export type Muting = { readonly selfMute: boolean; readonly selfDeaf: boolean; readonly selfVideo: boolean }
const audible: Muting = { selfMute: false, selfDeaf: false, selfVideo: false }

/** Joins a channel, or moves there from another one of the same guild. */
export const joinVoice = (world: World, guild: Guild, userId: string, channel: Channel, muting: Muting = audible): void => {
  const before = guild.voiceStates.get(userId)
  const state: VoiceState = { userId, channelId: channel.id, sessionId: before?.sessionId ?? world.nextId(), ...muting }
  guild.voiceStates.set(userId, state)
  world.tell({ t: 'VOICE_STATE_UPDATE', d: voiceStatePayload(world, guild, state), guildId: guild.id })
}

export const leaveVoice = (world: World, guild: Guild, userId: string): void => {
  const state = guild.voiceStates.get(userId)
  if (!state) return
  guild.voiceStates.delete(userId)
  world.tell({ t: 'VOICE_STATE_UPDATE', d: voiceStatePayload(world, guild, state, null), guildId: guild.id })
}
