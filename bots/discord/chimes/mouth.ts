import { once } from 'node:events'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import {
  AudioPlayerStatus,
  createAudioPlayer,
  createAudioResource,
  entersState,
  joinVoiceChannel,
  NetworkingStatusCode,
  StreamType,
  type VoiceConnection,
  VoiceConnectionStatus,
} from '@discordjs/voice'
import type { VoiceBasedChannel } from 'discord.js'
import { seconds } from '../../../src/kernel/clock.ts'
import type { Chime } from './sounds.ts'

/** Until the voice server answers and the channel's encryption knows us. */
const longestConnect = seconds(5)
/** Those who listen need a moment to get ready for somebody new; what is said before is cut off. Milliseconds. */
const settling = 400
const frameMilliseconds = 20
/** A chime may take so much longer than it is. */
const longestHiccup = seconds(3)

/** The one voice connection that Discord gives us in a server. */
export type Mouth = {
  /** Whether it can play in this channel at once. */
  isIn(channel: VoiceBasedChannel): boolean
  /** Comes into the channel where it is not there yet, and plays. Throws what went wrong, or when `stopping`. */
  play(channel: VoiceBasedChannel, chime: Chime): Promise<void>
  leave(): void
}

export function openMouth(stopping: AbortSignal): Mouth {
  let connection: VoiceConnection | null = null

  const isIn = ({ id }: VoiceBasedChannel): boolean => connection?.joinConfig.channelId === id && isReady(connection)

  function leave(): void {
    if (connection !== null && connection.state.status !== VoiceConnectionStatus.Destroyed) connection.destroy()
    connection = null
  }

  async function comeInto(channel: VoiceBasedChannel): Promise<VoiceConnection> {
    if (connection !== null && isIn(channel)) return connection
    leave()
    const made = joinVoiceChannel({
      guildId: channel.guild.id,
      channelId: channel.id,
      adapterCreator: channel.guild.voiceAdapterCreator,
      group: channel.client.user.id,
      selfDeaf: true,
    })
    connection = made
    // Whoever waits hears of errors too; one that comes later shows in what is not heard.
    made.on('error', () => undefined)
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(longestConnect)])
    await entersState(made, VoiceConnectionStatus.Ready, signal)
    while (!isReady(made)) await once(made, 'transitioned', { signal })
    await wait(settling, undefined, { signal: stopping })
    return made
  }

  return {
    isIn,
    async play(channel, chime) {
      const open = await comeInto(channel)
      const length = chime.length * frameMilliseconds
      const player = createAudioPlayer()
      const resource = createAudioResource(Readable.from(chime, { highWaterMark: chime.length }), { inputType: StreamType.Opus })
      const subscription = open.subscribe(player)
      try {
        player.play(resource)
        await entersState(player, AudioPlayerStatus.Idle, AbortSignal.any([stopping, AbortSignal.timeout(length + longestHiccup)]))
      } finally {
        player.stop(true)
        subscription?.unsubscribe()
      }
      if (resource.playbackDuration < length) throw new Error('the chime broke off')
    },
    leave,
  }
}

/** Connected, and a member of the channel's encrypted group where there is one: before that nobody could understand us. */
function isReady({ state }: VoiceConnection): boolean {
  if (state.status !== VoiceConnectionStatus.Ready || state.networking.state.code !== NetworkingStatusCode.Ready) return false
  const { dave } = state.networking.state
  return dave === undefined || dave.protocolVersion === 0 || dave.session?.ready === true
}
