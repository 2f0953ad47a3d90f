import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Caller } from '../../../src/commands/perform.ts'
import type { ChimeSound } from '../../../src/db/schema.ts'
import type { Channel, Person } from '../simulator/index.ts'
import { openStage, type Stage, until } from '../testing/stage.ts'
import { chimeOf, type Moment } from './sounds.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const says = async (person: Person, command: string, args: Record<string, string> = {}, voice?: Channel): Promise<void> => {
  const { guild, general, house } = stage
  const caller: Caller = {
    sighting: { platform: 'discord', externalId: person.id, displayName: person.name, locale: 'en', timezone: null },
    workspace: { platform: 'discord', externalId: guild.id, name: guild.name, role: 'member' },
  }
  await house.does(caller, command, args, { platform: 'discord', channel: general.id, ...(voice ? { voice: voice.id } : {}) })
  await house.settle()
}

/** Opens a room from the voice channel where the person sits, and waits until they are known to sit there. */
async function openRoom(person: Person, voice: Channel, options: Record<string, string> = {}): Promise<void> {
  stage.guild.voice.join(person, voice)
  await says(person, 'room create', { name: `Room of ${person.name}` }, voice)
  if (Object.keys(options).length > 0) await says(person, 'room edit', options)
  await until(() => sitsThere(voice), 'their presence is seen')
}

const sitsThere = async (voice: Channel): Promise<boolean> => {
  const seen = await stage.house.app.db
    .selectFrom('presence_interval')
    .select('id')
    .where('evidence', '=', 'voice')
    .where('channel', '=', voice.id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return seen !== undefined
}

/** What the person heard to its end, in order. */
const heard = (person: Person): readonly (readonly Buffer[])[] =>
  stage.discord.voice
    .heardBy(person)
    .filter(({ over }) => over)
    .map(({ frames }) => frames)

const hears = (person: Person, times: number): Promise<void> => until(() => heard(person).length === times, `${times} chimes are heard`)

const sound = (moment: Moment, kind: ChimeSound = 'bell', volume = 60): Buffer[] => [...chimeOf(kind, moment, volume)]

const log = () => stage.house.app.db.selectFrom('chime_log').selectAll().execute()

const isInside = (): boolean => stage.guild.state.voiceStates.has(stage.discord.world.bot.id)

test('who sits in voice hears phases begin and the warning, as they are in the files, and nobody else does', async () => {
  const { ada, ben, chae, guild, lounge, house, discord } = stage
  await openRoom(ada, lounge, { warning: 'yes' })
  await hears(ada, 1)
  guild.voice.join(ben, lounge)
  await house.clock.advance('25m')
  await hears(ada, 2)
  await house.clock.advance('4m')
  await hears(ada, 3)
  await says(ada, 'timer skip')
  await hears(ada, 4)
  expect(heard(ada)).toEqual([sound('focus'), sound('break'), sound('warning'), sound('focus')])
  expect(heard(ben)).toEqual(heard(ada).slice(1))
  expect(heard(chae)).toEqual([])
  expect(discord.voice.heardBy(ada).every(({ garbled }) => garbled === 0)).toBe(true)
  await until(async () => (await log()).length > 0, 'it is written down')
  expect(await log()).toMatchObject([{ voice_channel: lounge.id, played_at: house.clock.now(), failure: null }])
})

test('it leaves when nothing follows, and comes back for the next', async () => {
  const { ada, lounge, house, discord } = stage
  await openRoom(ada, lounge)
  await hears(ada, 1)
  expect(isInside()).toBe(true)
  await until(() => !isInside(), 'it has left')
  expect(discord.voice.connected).toBe(0)
  await house.clock.advance('25m')
  await hears(ada, 2)
  expect(discord.voice.sessions).toBe(2)
})

test('a room chooses its sound and how loud it is, or none', async () => {
  const { ada, lounge, house } = stage
  await openRoom(ada, lounge)
  await hears(ada, 1)
  await says(ada, 'room edit', { chime_sound: 'bowl', chime_volume: '33' })
  await house.clock.advance('25m')
  await hears(ada, 2)
  await says(ada, 'room edit', { chime: 'no' })
  await house.clock.advance('5m')
  await says(ada, 'room edit', { chime: 'yes', chime_volume: '0' })
  await house.clock.advance('25m')
  await says(ada, 'room edit', { chime_sound: 'wood', chime_volume: '100' })
  await house.clock.advance('5m')
  await hears(ada, 3)
  expect(heard(ada)).toEqual([sound('focus'), sound('break', 'bowl', 40), sound('focus', 'wood', 100)])
})

test('two rooms of one server sound one after another over one connection', async () => {
  const { ada, ben, guild, lounge, house, discord } = stage
  const studio = guild.addChannel({ name: 'Studio', type: 'voice' })
  await openRoom(ada, lounge)
  await hears(ada, 1)
  await openRoom(ben, studio, { chime_sound: 'wood' })
  await hears(ben, 1)
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, discord.voice.connected)
  }, 5)
  await house.clock.advance('25m')
  await hears(ada, 2)
  await hears(ben, 2)
  clearInterval(watch)
  expect([heard(ada)[1], heard(ben)[1]]).toEqual([sound('break'), sound('break', 'wood')])
  expect(most).toBe(1)
})

test('where it may not speak it is silent, and says why to whoever asks', async () => {
  const { ada, lounge, guild, house } = stage
  guild.overwrite(lounge, [{ for: 'everyone', deny: ['Speak'] }])
  await openRoom(ada, lounge)
  await until(async () => (await log())[0]?.failure === 'permission', 'it is written down')
  expect(isInside()).toBe(false)
  guild.overwrite(lounge, [])
  await house.clock.advance('25m')
  await hears(ada, 1)
  await until(async () => (await log())[0]?.played_at !== null, 'it is written down')
  expect(await log()).toMatchObject([{ failure: 'permission', played_at: house.clock.now() }])
})

test('a full channel is not entered', async () => {
  const { ada, lounge } = stage
  lounge.userLimit = 1
  stage.guild.overwrite(lounge, [])
  await openRoom(ada, lounge)
  await until(async () => (await log())[0]?.failure === 'full', 'it is written down')
})

test.each(['no-endpoint', 'mute', 'no-discovery', 'refused'] as const)(
  'a voice server that fails once (%s) is asked again',
  async (trouble) => {
    const { ada, lounge, discord } = stage
    discord.voice.failNext(1, trouble)
    await openRoom(ada, lounge)
    await until(() => heard(ada).length === 1, 'it is heard', 15_000)
    expect(heard(ada)).toEqual([sound('focus')])
  },
)

test('a voice server that never answers is given up, and nothing stays behind', async () => {
  const { ada, lounge, discord } = stage
  discord.voice.failNext(2, 'mute')
  await openRoom(ada, lounge)
  await until(async () => (await log())[0]?.failure === 'unreachable', 'it is written down', 15_000)
  await until(() => !isInside() && discord.voice.connected === 0, 'it has left')
  expect(heard(ada)).toEqual([])
})

test('a chime that comes too late is not played', async () => {
  const { ada, lounge, house } = stage
  await openRoom(ada, lounge)
  await hears(ada, 1)
  await house.clock.jump('26m')
  await house.tick()
  await house.settle()
  await house.clock.advance('4m')
  await hears(ada, 2)
  expect(heard(ada)[1]).toEqual(sound('focus'))
})

test('a workspace on trial hears nothing', async () => {
  const { ada, lounge, house } = stage
  await openRoom(ada, lounge)
  await hears(ada, 1)
  const trial_until = new Date(house.clock.now().getTime() + 26 * 60_000)
  await house.app.db.updateTable('workspace').set({ trial_until }).execute()
  await house.clock.advance('25m')
  await house.clock.advance('5m')
  await hears(ada, 2)
  expect(heard(ada)[1]).toEqual(sound('focus'))
})

test('when we stop it leaves, also in the middle of a chime', async () => {
  const { ada, lounge, bot, discord } = stage
  await openRoom(ada, lounge)
  await until(() => discord.voice.heardBy(ada).length > 0, 'it begins')
  await bot.stop()
  await until(() => !isInside() && discord.voice.connected === 0, 'it has left')
  expect(heard(ada)).toEqual([])
})
