import { Client, GatewayIntentBits } from 'discord.js'
import { afterEach, expect, test } from 'vitest'
import { type Discord, startDiscord } from './index.ts'
import { connect, type Stage, stage } from './testing.ts'

const endings: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

const scene = async (): Promise<Stage> => {
  const opened = await stage(async (interaction) => interaction.isRepliable() && interaction.reply('Here'))
  endings.push(opened.leave)
  return opened
}

const heard = (discord: Discord): string[] => discord.requests.map(({ method, path }) => `${method} ${path}`)

test('a client sees guilds, channels and voice states, and their changes', async () => {
  const discord = await startDiscord()
  endings.push(discord.stop)
  const ada = discord.addUser({ name: 'Ada' })
  const guild = discord.addGuild({ name: 'Home', owner: ada })
  const study = guild.addChannel({ name: 'Study', type: 'voice' })
  guild.voice.join(ada, study)
  const client = await connect(discord)
  endings.push(() => client.destroy())
  expect(heard(discord)).toContain('GET /gateway/bot')
  const seen = client.guilds.cache.get(guild.id)
  expect(seen?.voiceStates.cache.get(ada.id)?.channelId).toBe(study.id)
  guild.voice.leave(ada)
  const other = guild.addChannel({ name: 'Other' })
  await expect.poll(() => seen?.channels.cache.has(other.id)).toBe(true)
  expect(seen?.voiceStates.cache.get(ada.id)?.channelId ?? null).toBe(null)
  guild.deleteChannel(other)
  await expect.poll(() => seen?.channels.cache.has(other.id)).toBe(false)
  guild.removeBot()
  await expect.poll(() => client.guilds.cache.size).toBe(0)
})

test('a dropped session is resumed and misses nothing', async () => {
  const { discord, client } = await scene()
  const ada = discord.addUser({ name: 'Ada' })
  const resumed = new Promise<number>((resolve) => client.once('shardResume', (_, replayed) => resolve(replayed)))
  discord.gateway.drop()
  await expect.poll(() => discord.gateway.connected).toBe(0)
  const guild = discord.addGuild({ name: 'Made while away', owner: ada })
  const lobby = guild.addChannel({ name: 'lobby' })
  expect(await resumed).toBeGreaterThanOrEqual(2)
  expect(client.channels.cache.has(lobby.id)).toBe(true)
  expect((await ada.slash(lobby, '/room create')).text).toBe('Here')
})

test('op 7 and a refused resume end in a connection that works', async () => {
  const { discord, client } = await scene()
  const ada = discord.addUser({ name: 'Ada' })
  const lobby = discord.addGuild({ name: 'Home', owner: ada }).addChannel({ name: 'lobby' })
  const resumed = new Promise((resolve) => client.once('shardResume', resolve))
  discord.gateway.reconnect()
  await resumed
  expect((await ada.slash(lobby, '/room create')).text).toBe('Here')
  const ready = new Promise((resolve) => client.once('shardReady', resolve))
  discord.faults.refuseResumes(1)
  discord.gateway.drop(4000)
  await ready
  expect((await ada.slash(lobby, '/room create')).text).toBe('Here')
}, 20_000)

test('shards divide the guilds, and only privileged intents that are switched on are accepted', async () => {
  const discord = await startDiscord({ limits: false })
  endings.push(discord.stop)
  const ada = discord.addUser({ name: 'Ada' })
  for (let made = 0; made < 6; made += 1) discord.addGuild({ name: `G${made}`, owner: ada })
  const client = new Client({ intents: [GatewayIntentBits.Guilds], shards: [1], shardCount: 2, rest: { api: discord.apiUrl } })
  const ready = new Promise((resolve) => client.once('clientReady', resolve))
  await client.login(discord.token)
  endings.push(() => client.destroy())
  await ready
  expect(client.guilds.cache.size).toBe(3)
  await expect(connect(discord, [GatewayIntentBits.GuildMembers])).rejects.toThrow(/disallowed intents/i)
})

test('a connection without acknowledged heartbeats is given up by the client and resumed', async () => {
  const discord = await startDiscord({ heartbeatInterval: 200 })
  endings.push(discord.stop)
  const client = await connect(discord)
  endings.push(() => client.destroy())
  const resumed = new Promise((resolve) => client.once('shardResume', resolve))
  discord.faults.muteHeartbeats(true)
  await expect.poll(() => discord.gateway.connected, { timeout: 3000 }).toBe(0)
  discord.faults.muteHeartbeats(false)
  await resumed
  expect(discord.gateway.connected).toBe(1)
})

test('an invalid session is begun anew', async () => {
  const { discord, client } = await scene()
  const ready = new Promise((resolve) => client.once('shardReady', resolve))
  discord.gateway.invalidate()
  await ready
  expect(discord.gateway.connected).toBe(1)
}, 20_000)
