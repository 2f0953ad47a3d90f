import { ChannelType, type Client, PermissionFlagsBits, type VoiceBasedChannel } from 'discord.js'
import type { ChimeFailure } from '../../../src/db/schema.ts'

const needed = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.Connect, PermissionFlagsBits.Speak]

/** The channel, or why nothing can be played there; `nobody`: there is no one to hear it. */
export function audible(client: Client, id: string): VoiceBasedChannel | ChimeFailure | 'nobody' {
  const channel = client.channels.cache.get(id)
  if (!channel?.isVoiceBased()) return 'gone'
  if (channel.type === ChannelType.GuildStageVoice) return 'stage'
  const { me } = channel.guild.members
  const held = me && channel.permissionsFor(me)
  if (!held?.has(needed)) return 'permission'
  const inside = channel.guild.voiceStates.cache.filter(({ channelId }) => channelId === id)
  const others = inside.filter((state) => state.id !== me?.id).size
  if (others === 0) return 'nobody'
  if (inside.has(me?.id ?? '')) return me?.voice.serverMute === true ? 'muted' : channel
  return channel.userLimit > 0 && others >= channel.userLimit && !held.has(PermissionFlagsBits.MoveMembers) ? 'full' : channel
}
