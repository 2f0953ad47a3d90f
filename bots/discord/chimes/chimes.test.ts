import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Caller } from '../../../src/commands/perform.ts'
import type { ChimeFailure, ChimeSound } from '../../../src/db/schema.ts'
import type { Channel, Person } from '../simulator/index.ts'
import { openStage, type Stage, until } from '../testing/stage.ts'
import { chimeOf, type Moment } from './sounds.ts'

/** Chimes are played in real time. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A voice channel and somebody of the server, whom no other test has met. */
function newVoice(type: 'voice' | 'stage' = 'voice'): Channel {
  return stage.guild.addChannel({ name: `Voice ${stage.guild.state.channels.size}`, type })
}
function newPerson(): Person {
  const person = stage.discord.addUser({ name: `Person ${stage.guild.state.members.size}` })
  stage.guild.addMember(person)
  return person
}

async function says(person: Person, command: string, args: Record<string, string> = {}, voice?: Channel): Promise<void> {
  const { guild, general, house } = stage
  const caller: Caller = {
    sighting: { platform: 'discord', externalId: person.id, displayName: person.name, locale: 'en', timezone: null },
    workspace: { platform: 'discord', externalId: guild.id, name: guild.name, role: 'member' },
  }
  await house.does(caller, command, args, { platform: 'discord', channel: general.id, ...(voice ? { voice: voice.id } : {}) })
  await house.settle()
}

/** Somebody sits in voice and opens a room from there, whose first focus phase begins. */
async function openRoom(
  voice = newVoice(),
  options: Record<string, string> = {},
): Promise<{ readonly host: Person; readonly voice: Channel }> {
  const host = newPerson()
  stage.guild.voice.join(host, voice)
  await says(host, 'room create', { name: `Room of ${host.name}` }, voice)
  closing.push(() => says(host, 'room close', { sure: 'yes' }))
  if (Object.keys(options).length > 0) await says(host, 'room edit', options)
  return { host, voice }
}

/** What the person heard to its end, in order. */
const heard = (person: Person): readonly (readonly Buffer[])[] =>
  stage.discord.voice
    .heardBy(person)
    .filter(({ over }) => over)
    .map(({ frames }) => frames)

const hears = (person: Person, times: number): Promise<void> =>
  until(() => heard(person).length === times, `${times} chimes are heard`, 15_000)

const sound = (moment: Moment, kind: ChimeSound = 'bell', volume = 60): Buffer[] => [...chimeOf(kind, moment, volume)]

const logOf = ({ id }: Channel) => stage.house.app.db.selectFrom('chime_log').selectAll().where('voice_channel', '=', id).executeTakeFirst()

const fails = (voice: Channel, why: ChimeFailure): Promise<void> =>
  until(async () => (await logOf(voice))?.failure === why, `it is written down: ${why}`, 15_000)

const isInside = (voice: Channel): boolean => stage.guild.state.voiceStates.get(stage.discord.world.bot.id)?.channelId === voice.id

test('who sits in voice hears phases begin and the warning, as they are in the files, and nobody else does', async () => {
  const { guild, house, discord } = stage
  const { host, voice } = await openRoom(undefined, { warning: 'yes' })
  await hears(host, 1)
  const [guest, outsider] = [newPerson(), newPerson()]
  guild.voice.join(guest, voice)
  await house.clock.advance('25m')
  await hears(host, 2)
  await house.clock.advance('4m')
  await hears(host, 3)
  expect(heard(host)).toEqual([sound('focus'), sound('break'), sound('warning')])
  expect(heard(guest)).toEqual(heard(host).slice(1))
  expect(heard(outsider)).toEqual([])
  expect(discord.voice.heardBy(host).every(({ garbled }) => garbled === 0)).toBe(true)
  await until(async () => (await logOf(voice))?.played_at?.getTime() === house.clock.now().getTime(), 'it is written down')
})

test('it leaves when nothing follows, and comes back for the next', async () => {
  const { house, discord } = stage
  const { host, voice } = await openRoom()
  await hears(host, 1)
  expect(isInside(voice)).toBe(true)
  const before = discord.voice.sessions
  await until(() => !isInside(voice) && discord.voice.connected === 0, 'it has left')
  await house.clock.advance('25m')
  await hears(host, 2)
  expect(discord.voice.sessions).toBe(before + 1)
})

test('a room chooses its sound and how loud it is, or none', async () => {
  const { house } = stage
  const { host } = await openRoom()
  await hears(host, 1)
  await says(host, 'room edit', { chime_sound: 'bowl', chime_volume: '33' })
  await house.clock.advance('25m')
  await hears(host, 2)
  await says(host, 'room edit', { chime: 'no' })
  await house.clock.advance('5m')
  await says(host, 'room edit', { chime: 'yes', chime_volume: '0' })
  await house.clock.advance('25m')
  await says(host, 'room edit', { chime_sound: 'wood', chime_volume: '100' })
  await house.clock.advance('5m')
  await hears(host, 3)
  expect(heard(host)).toEqual([sound('focus'), sound('break', 'bowl', 40), sound('focus', 'wood', 100)])
})

test('two rooms of one server sound one after another over one connection', async () => {
  const { house, discord } = stage
  const [one, other] = [await openRoom(), await openRoom()]
  await hears(one.host, 1)
  await hears(other.host, 1)
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, discord.voice.connected)
  }, 5)
  await house.clock.advance('25m')
  await hears(one.host, 2)
  await hears(other.host, 2)
  clearInterval(watch)
  expect([heard(one.host)[1], heard(other.host)[1]]).toEqual([sound('break'), sound('break')])
  expect(most).toBe(1)
})

test('where it may not speak it is silent, and says why to whoever asks', async () => {
  const { guild, house } = stage
  const voice = newVoice()
  guild.overwrite(voice, [{ for: 'everyone', deny: ['Speak'] }])
  const { host } = await openRoom(voice)
  await fails(voice, 'permission')
  expect(isInside(voice)).toBe(false)
  guild.overwrite(voice, [])
  await house.clock.advance('25m')
  await hears(host, 1)
  await until(async () => (await logOf(voice))?.played_at != null, 'it is written down')
  expect(await logOf(voice)).toMatchObject({ failure: 'permission', played_at: house.clock.now() })
})

test('a full channel is not entered', async () => {
  const voice = newVoice()
  voice.userLimit = 1
  stage.guild.overwrite(voice, [])
  await openRoom(voice)
  await fails(voice, 'full')
})

test('a stage is not entered', async () => {
  const voice = newVoice('stage')
  await openRoom(voice)
  await fails(voice, 'stage')
})

test('where the server has muted it, it says so', async () => {
  const { guild, house, discord } = stage
  const { host, voice } = await openRoom()
  await hears(host, 1)
  guild.voice.silence(discord.world.bot, { mute: true })
  closing.push(async () => {
    guild.voice.join(discord.world.bot, voice)
    guild.voice.silence(discord.world.bot, { mute: false })
    guild.voice.leave(discord.world.bot)
  })
  await house.clock.advance('25m')
  await fails(voice, 'muted')
  expect(heard(host)).toEqual([sound('focus')])
})

test.each(['mute', 'refused'] as const)('a voice server that fails once (%s) is asked again', async (trouble) => {
  stage.discord.voice.failNext(1, trouble)
  const { host } = await openRoom()
  await hears(host, 1)
  expect(heard(host)).toEqual([sound('focus')])
})

test('a voice server that fails twice is given up, and nothing stays behind', async () => {
  const { discord } = stage
  discord.voice.failNext(1, 'no-endpoint')
  discord.voice.failNext(1, 'no-discovery')
  const { host, voice } = await openRoom()
  await fails(voice, 'unreachable')
  await until(() => !isInside(voice) && discord.voice.connected === 0, 'it has left')
  expect(heard(host)).toEqual([])
})

test('a chime that comes too late is not played', async () => {
  const { house } = stage
  const { host } = await openRoom()
  await hears(host, 1)
  await house.clock.jump('26m')
  await house.tick()
  await house.settle()
  await house.clock.advance('4m')
  await hears(host, 2)
  expect(heard(host)[1]).toEqual(sound('focus'))
})

test('a workspace on trial hears nothing', async () => {
  const { house } = stage
  const { host } = await openRoom()
  await hears(host, 1)
  const trial_until = new Date(house.clock.now().getTime() + 26 * 60_000)
  await house.app.db.updateTable('workspace').set({ trial_until }).execute()
  await house.clock.advance('25m')
  await house.clock.advance('5m')
  await hears(host, 2)
  expect(heard(host)[1]).toEqual(sound('focus'))
})

test('a place in voice that a process before this one left behind is given up', async () => {
  const { guild, discord, bot } = stage
  const voice = newVoice()
  discord.faults.closeGateway(true)
  discord.gateway.drop()
  await until(() => !bot.healthy(), 'it is away')
  guild.voice.join(discord.world.bot, voice)
  discord.gateway.invalidate(false)
  discord.faults.closeGateway(false)
  await until(() => !isInside(voice), 'it has left', 30_000)
})

test('when we stop it leaves, also in the middle of a chime', async () => {
  const { bot, discord } = stage
  const { host, voice } = await openRoom()
  await until(() => discord.voice.heardBy(host).length > 0, 'it begins')
  await bot.stop()
  // The room stays open: without the bot nobody is told that it closes.
  closing.length = 0
  await until(() => !isInside(voice) && discord.voice.connected === 0, 'it has left')
  expect(heard(host)).toEqual([])
})
