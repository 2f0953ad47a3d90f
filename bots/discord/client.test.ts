import { afterEach, expect, test } from 'vitest'
import { createClient } from './client.ts'
import { startDiscord as simulate } from './simulator/index.ts'
import { until } from './testing/stage.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function connected(shards: { shards: readonly number[] | 'auto'; shardCount: number | null }, servers: number) {
  const discord = await simulate({ limits: false })
  closing.push(() => discord.stop())
  const guilds = Array.from({ length: servers }, (_, n) => discord.addGuild({ name: `Server ${n}`, bot: [] }))
  for (const guild of guilds) {
    const lounge = guild.addChannel({ name: 'Lounge', type: 'voice' })
    for (let n = 0; n < 10; n += 1) {
      const person = discord.addUser({ name: `Person ${n}` })
      guild.addMember(person)
      guild.voice.join(person, lounge)
    }
  }
  const settings = { token: discord.token, clientId: null, clientSecret: null, apiUrl: discord.apiUrl, cdnUrl: discord.apiUrl, ...shards }
  const client = createClient({ discord: settings })
  closing.push(() => client.destroy())
  await client.login(discord.token)
  await until(() => client.isReady(), 'the client is ready')
  return { client, guilds, discord }
}

test('a client keeps who sits in voice, and of people only itself', async () => {
  const { client, guilds } = await connected({ shards: 'auto', shardCount: null }, 30)
  expect(client.guilds.cache.size).toBe(30)
  for (const guild of client.guilds.cache.values()) {
    expect(guild.voiceStates.cache.size).toBe(10)
    expect([...guild.members.cache.keys()]).toEqual([client.user?.id])
  }
  expect(client.users.cache.size).toBeLessThanOrEqual(101)
  const [first] = guilds
  const [sitting] = first?.state.voiceStates.keys() ?? []
  const state = client.guilds.cache.get(first?.id ?? '')?.voiceStates.cache.get(sitting ?? '')
  expect(state?.channelId).toBeTruthy()
})

test('a client forgets the text channels and threads that it never reads', async () => {
  const { client, guilds } = await connected({ shards: 'auto', shardCount: null }, 1)
  const text = guilds[0]?.addChannel({ name: 'general' })
  const voice = guilds[0]?.addChannel({ name: 'Study', type: 'voice' })
  await until(() => client.channels.cache.has(voice?.id ?? ''), 'the new voice channel is known')
  expect(client.channels.cache.has(text?.id ?? '')).toBe(false)
  expect(client.channels.cache.size).toBe(2)
})

test('a process hears of the servers of its own shards alone', async () => {
  const { client } = await connected({ shards: [1], shardCount: 3 }, 30)
  expect(client.guilds.cache.size).toBe(10)
  for (const id of client.guilds.cache.keys()) expect(Number((BigInt(id) >> 22n) % 3n)).toBe(1)
})

test('a number of shards alone is held by one process', async () => {
  const { client } = await connected({ shards: 'auto', shardCount: 2 }, 4)
  expect(client.ws.shards.size).toBe(2)
  expect(client.guilds.cache.size).toBe(4)
})
