import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import {
  AudioPlayerStatus,
  createAudioPlayer,
  createAudioResource,
  entersState,
  joinVoiceChannel,
  StreamType,
  type VoiceConnection,
  VoiceConnectionStatus,
} from '@discordjs/voice'
import { afterEach, describe, expect, test } from 'vitest'
import { type Discord, type DiscordOptions, type GuildHandle, type Person, startDiscord } from '../index.ts'
import { connect } from '../testing.ts'
import type { Channel } from '../world.ts'
import { trust } from './trust.ts'

const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

type Scene = {
  readonly discord: Discord
  readonly guild: GuildHandle
  readonly study: Channel
  readonly ada: Person
  readonly ben: Person
  /** Rejects after `within` milliseconds. */
  join(within?: number): Promise<VoiceConnection>
}

async function scene(voice: DiscordOptions['voice'] = {}): Promise<Scene> {
  const discord = await startDiscord({ voice })
  endings.push(discord.stop)
  trust(discord.voice.certificate)
  const [ada, ben] = [discord.addUser({ name: 'Ada' }), discord.addUser({ name: 'Ben' })]
  const guild = discord.addGuild({ name: 'Home', owner: ada, bot: ['Connect', 'Speak', 'ViewChannel'] })
  guild.addMember(ben)
  const study = guild.addChannel({ name: 'Study', type: 'voice' })
  const client = await connect(discord)
  endings.push(() => client.destroy())
  const join = async (within = 5000): Promise<VoiceConnection> => {
    const adapterCreator = client.guilds.cache.get(guild.id)?.voiceAdapterCreator
    if (!adapterCreator) throw new Error('the client does not know the server')
    const connection = joinVoiceChannel({ guildId: guild.id, channelId: study.id, adapterCreator, group: client.user.id })
    endings.push(() => connection.state.status !== VoiceConnectionStatus.Destroyed && connection.destroy())
    return entersState(connection, VoiceConnectionStatus.Ready, within)
  }
  return { discord, guild, study, ada, ben, join }
}

const randomFrames = (): Buffer[] => Array.from({ length: 10 }, () => randomBytes(60))

/** Resolves when all was sent. */
async function say(connection: VoiceConnection, frames: readonly Buffer[]): Promise<void> {
  const player = createAudioPlayer()
  connection.subscribe(player)
  player.play(createAudioResource(Readable.from(frames), { inputType: StreamType.Opus }))
  await entersState(player, AudioPlayerStatus.Idle, 5000)
}

const framesHeard = (discord: Discord, person: Person, index = 0): readonly Buffer[] | undefined => {
  const utterance = discord.voice.heardBy(person)[index]
  return utterance?.over ? utterance.frames : undefined
}

const isSealed = (connection: VoiceConnection): boolean => (connection.voicePrivacyCode ?? '') !== ''

describe('a voice server lets people in the channel hear a bot, and nobody else', () => {
  test.each([
    ['aead_aes256_gcm_rtpsize', 1],
    ['aead_xchacha20_poly1305_rtpsize', 1],
    ['aead_aes256_gcm_rtpsize', 0],
    ['aead_xchacha20_poly1305_rtpsize', 0],
  ] as const)('with %s and DAVE %i', async (mode, daveVersion) => {
    const { discord, guild, study, ada, ben, join } = await scene({ modes: [mode], daveVersion })
    guild.voice.join(ada, study)
    const connection = await join()
    if (daveVersion > 0) await expect.poll(() => isSealed(connection)).toBe(true)
    const frames = randomFrames()
    await say(connection, frames)
    await expect.poll(() => framesHeard(discord, ada)).toEqual(frames)
    expect(discord.voice.heardBy(ben)).toEqual([])
  })
})

test('who comes later hears what is said then, and who left does not', async () => {
  const { discord, guild, study, ada, ben, join } = await scene()
  guild.voice.join(ada, study)
  const connection = await join()
  await expect.poll(() => isSealed(connection)).toBe(true)
  const [first, second] = [randomFrames(), randomFrames()]
  await say(connection, first)
  await expect.poll(() => framesHeard(discord, ada)).toEqual(first)
  const code = connection.voicePrivacyCode
  guild.voice.join(ben, study)
  await expect.poll(() => connection.voicePrivacyCode).not.toBe(code)
  const both = connection.voicePrivacyCode
  guild.voice.leave(ada)
  await expect.poll(() => connection.voicePrivacyCode).not.toBe(both)
  await say(connection, second)
  await expect.poll(() => framesHeard(discord, ben)).toEqual(second)
  expect(discord.voice.heardBy(ada)).toHaveLength(1)
})

test('a bot that comes back is a member again', async () => {
  const { discord, guild, study, ada, ben, join } = await scene()
  guild.voice.join(ada, study)
  guild.voice.join(ben, study)
  for (const round of [0, 1]) {
    const connection = await join()
    await expect.poll(() => isSealed(connection)).toBe(true)
    const frames = randomFrames()
    await say(connection, frames)
    for (const person of [ada, ben]) await expect.poll(() => framesHeard(discord, person, round)).toEqual(frames)
    connection.destroy()
    await expect.poll(() => discord.voice.connected).toBe(0)
  }
  expect(discord.voice.sessions).toBe(2)
})

test('sound that is not encrypted end to end, though it has to be, is not understood', async () => {
  const { discord, guild, study, ada, join } = await scene()
  guild.voice.join(ada, study)
  const connection = await join()
  await expect.poll(() => isSealed(connection)).toBe(true)
  const { state } = connection
  if (state.status !== VoiceConnectionStatus.Ready) throw new Error('not ready')
  const networking = state.networking.state
  if (!('dave' in networking) || !networking.dave) throw new Error('not sealed')
  const { dave } = networking
  await expect.poll(() => dave.lastTransitionId).toBe(1)
  dave.protocolVersion = 0
  await say(connection, randomFrames())
  await expect.poll(() => discord.voice.heardBy(ada)[0]).toMatchObject({ frames: [], garbled: 10, over: true })
})

test('a connection that breaks is resumed', async () => {
  const { discord, guild, study, ada, join } = await scene()
  guild.voice.join(ada, study)
  const connection = await join()
  await expect.poll(() => isSealed(connection)).toBe(true)
  const broken = once(connection, VoiceConnectionStatus.Connecting)
  discord.voice.cut()
  await broken
  await entersState(connection, VoiceConnectionStatus.Ready, 5000)
  const frames = randomFrames()
  await say(connection, frames)
  await expect.poll(() => framesHeard(discord, ada)).toEqual(frames)
  expect(discord.voice.sessions).toBe(1)
})

test('who may not speak is not heard', async () => {
  const { discord, guild, study, ada, join } = await scene({ daveVersion: 0 })
  guild.voice.join(ada, study)
  const connection = await join()
  const [first, second] = [randomFrames(), randomFrames()]
  guild.overwrite(study, [{ for: 'everyone', deny: ['Speak'] }])
  await say(connection, first)
  guild.overwrite(study, [])
  await say(connection, second)
  await expect.poll(() => framesHeard(discord, ada)).toEqual(second)
})

test('a channel that is full takes nobody in', async () => {
  const { discord, guild, study, ada, join } = await scene()
  study.userLimit = 1
  guild.voice.join(ada, study)
  await expect(join(500)).rejects.toThrow('aborted')
  expect(discord.voice.sessions).toBe(0)
})

test('a bot that is thrown out is told so', async () => {
  const { discord, guild, study, ada, join } = await scene()
  guild.voice.join(ada, study)
  const connection = await join()
  guild.voice.leave(discord.world.bot)
  await expect.poll(() => connection.state.status).toBe(VoiceConnectionStatus.Disconnected)
})
