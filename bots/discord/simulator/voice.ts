/** Who sits in which voice channel, and what is on or off there. */

import { voiceStatePayload } from './payloads/guild.ts'
import type { Channel, Guild, Member, VoiceState, World } from './world.ts'

/** What people switch themselves. */
export type Switches = Pick<VoiceState, 'selfMute' | 'selfDeaf' | 'selfVideo' | 'selfStream'>
const off: Switches = { selfMute: false, selfDeaf: false, selfVideo: false, selfStream: false }

/** Joins a channel, or moves there from another one of the same guild: switches stay, but a camera and a screen are left behind. */
export const joinVoice = (world: World, guild: Guild, userId: string, channel: Channel, switches: Partial<Switches> = {}): void => {
  const before = guild.voiceStates.get(userId)
  const { selfMute, selfDeaf } = before ?? off
  put(world, guild, {
    ...off,
    userId,
    selfMute,
    selfDeaf,
    channelId: channel.id,
    sessionId: before?.sessionId ?? world.nextId(),
    suppress: channel.type === 'stage',
    ...switches,
  })
}

/** Switches something on or off; nothing happens for whoever sits nowhere. */
export const switchVoice = (world: World, guild: Guild, userId: string, switches: Partial<Switches>): void => {
  const before = guild.voiceStates.get(userId)
  if (before) put(world, guild, { ...before, ...switches })
}

/** The server mutes or deafens somebody who sits in voice, or takes it back. */
export const silence = (world: World, guild: Guild, member: Member, change: { readonly mute?: boolean; readonly deaf?: boolean }): void => {
  const state = guild.voiceStates.get(member.userId)
  if (!state) return
  member.mute = change.mute ?? member.mute
  member.deaf = change.deaf ?? member.deaf
  put(world, guild, state)
}

export const leaveVoice = (world: World, guild: Guild, userId: string): void => {
  const state = guild.voiceStates.get(userId)
  if (!state) return
  guild.voiceStates.delete(userId)
  world.tell({ t: 'VOICE_STATE_UPDATE', d: voiceStatePayload(world, guild, state, null), guildId: guild.id })
}

const put = (world: World, guild: Guild, state: VoiceState): void => {
  guild.voiceStates.set(state.userId, state)
  world.tell({ t: 'VOICE_STATE_UPDATE', d: voiceStatePayload(world, guild, state), guildId: guild.id })
}
