import { afterEach, expect, test } from 'vitest'
import type { Caller } from '../../src/commands/perform.ts'
import { openHouse } from '../../src/testing/house.ts'
import { startDiscord } from './main.ts'
import { startDiscord as simulate } from './simulator/index.ts'
import { openStage, until } from './testing/stage.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

test('a voice channel shows the phase of its room where we may write it, and nothing once it is over', async () => {
  const { ada, general, guild, house, lounge, close } = await openStage()
  closing.push(close)
  guild.voice.join(ada, lounge)
  await ada.slash(general, 'room create')
  await house.settle()
  expect(lounge.status ?? '').toBe('')
  guild.setBotPermissions(['SetVoiceChannelStatus', 'ManageChannels'])
  await house.clock.advance('25m')
  await until(() => lounge.status?.includes('break') === true, 'the break is shown')
  await ada.slash(general, 'room close')
  await house.settle()
  await until(() => !lounge.status, 'nothing is shown')
})

test('a trial week takes it away, and gives it back when it is over', async () => {
  const { ada, general, guild, house, lounge, mo, close } = await openStage()
  closing.push(close)
  guild.setBotPermissions(['SetVoiceChannelStatus', 'ManageChannels'])
  guild.setRoles(mo, [guild.addRole({ name: 'Owners', permissions: ['ManageGuild'] })])
  guild.voice.join(ada, lounge)
  await ada.slash(general, 'room create')
  await house.settle()
  await until(() => lounge.status?.includes('focus') === true, 'the focus is shown')
  await mo.slash(general, 'setup', { trial: true })
  await house.settle()
  await until(() => !lounge.status, 'nothing is shown')
  await mo.slash(general, 'setup', { trial: false })
  await house.settle()
  await until(() => lounge.status?.includes('focus') === true, 'the focus is shown again')
})

test('a process shows it too for a server that another one hears', async () => {
  const discord = await simulate({ limits: false })
  closing.push(() => discord.stop())
  const guild = discord.addGuild({ name: 'Far away', bot: ['SetVoiceChannelStatus', 'ManageChannels'] })
  const text = guild.addChannel({ name: 'general' })
  const lounge = guild.addChannel({ name: 'Lounge', type: 'voice' })
  const other = 1 - Number((BigInt(guild.id) >> 22n) % 2n)
  const shards = { DISCORD_SHARDS: String(other), DISCORD_SHARD_COUNT: '2' }
  const house = await openHouse({ env: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, ...shards } })
  closing.push(() => house.close())
  const bot = startDiscord(house.app)
  closing.push(() => bot.stop())
  await until(() => bot.healthy(), 'the bot is online')
  const ada: Caller = {
    sighting: { platform: 'discord', externalId: '300000000000000001', displayName: 'Ada', locale: 'en', timezone: null },
    workspace: { platform: 'discord', externalId: guild.id, name: guild.name, role: 'member' },
  }
  await house.does(ada, 'room create', {}, { platform: 'discord', channel: text.id, voice: lounge.id })
  await until(() => lounge.status?.includes('focus') === true, 'the focus is shown')
})
