import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStage, type Stage, until } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ simulator: { heartbeatInterval: 500 } })
})
afterAll(() => stage.close())

const installed = (): Promise<string[]> =>
  stage.house.app.read(async (ctx) => {
    const rows = await ctx.db
      .selectFrom('workspace')
      .select('name')
      .where('platform', '=', 'discord')
      .where('uninstalled_at', 'is', null)
      .execute()
    return rows.map(({ name }) => name)
  })

const answers = async (): Promise<void> => {
  expect((await stage.ada.slash(stage.general, 'settings show')).text).toContain('Your settings')
}

describe('the connection to Discord', () => {
  test.each([
    ['is cut', () => stage.discord.gateway.drop()],
    ['is asked to reconnect', () => stage.discord.gateway.reconnect()],
    ['loses its session', () => stage.discord.gateway.invalidate(false)],
    [
      'is cut and may not resume',
      () => {
        stage.discord.faults.refuseResumes(1)
        stage.discord.gateway.drop()
      },
    ],
    [
      'hears no heartbeat',
      () => {
        stage.discord.faults.muteHeartbeats(true)
        setTimeout(() => stage.discord.faults.muteHeartbeats(false), 1200)
      },
    ],
  ])('comes back when it %s', async (_how, trouble) => {
    const { bot, discord } = stage
    trouble()
    await until(() => !bot.healthy() || discord.gateway.connected === 0, 'the trouble is there', 4000).catch(() => undefined)
    await until(() => bot.healthy() && discord.gateway.connected === 1, 'the bot is back', 15_000)
    await answers()
  })

  test('comes back after an outage in which nothing can be reached', async () => {
    const { bot, discord } = stage
    discord.faults.closeGateway(true)
    discord.gateway.drop()
    await until(() => !bot.healthy(), 'the outage is noticed')
    await new Promise((resolve) => setTimeout(resolve, 1500))
    discord.faults.closeGateway(false)
    await until(() => bot.healthy(), 'the bot is back', 15_000)
    await answers()
  })

  test('does not forget who sits in voice', async () => {
    const { ada, guild, lounge, general, discord, bot } = stage
    guild.voice.join(ada, lounge)
    discord.gateway.invalidate(false)
    await until(() => discord.gateway.connected === 1 && bot.healthy(), 'the bot is back', 15_000)
    await until(
      async () => (await ada.slash(general, 'room create', { name: `Voice ${Math.random()}` })).text.includes('Voice'),
      'a room is there',
    )
    const row = await stage.house.app.read((ctx) => ctx.db.selectFrom('room_binding').select('voice_channel').executeTakeFirst())
    expect(row?.voice_channel).toBe(lounge.id)
  })
})

describe('servers', () => {
  test('are known as they come, change and go', async () => {
    const { discord } = stage
    await until(async () => (await installed()).includes('The Library'), 'the first server is known')
    const guild = discord.addGuild({ name: 'Night owls', bot: [] })
    await until(async () => (await installed()).includes('Night owls'), 'the new server is known')
    guild.removeBot()
    await until(async () => !(await installed()).includes('Night owls'), 'the server is gone')
    guild.addBot()
    await until(async () => (await installed()).includes('Night owls'), 'the server is back')
  })

  test('that went while nobody looked are noticed at the next session', async () => {
    const { discord, bot } = stage
    const guild = discord.addGuild({ name: 'Gone soon', bot: [] })
    await until(async () => (await installed()).includes('Gone soon'), 'the server is known')
    discord.faults.closeGateway(true)
    discord.gateway.drop()
    await until(() => !bot.healthy(), 'the outage is noticed')
    guild.removeBot()
    discord.faults.refuseResumes(1)
    discord.faults.closeGateway(false)
    await until(async () => !(await installed()).includes('Gone soon'), 'the server is gone', 15_000)
    await until(() => bot.healthy(), 'the bot is back', 15_000)
  })
})

describe('the voice channel', () => {
  test('shows the phase where it may be written, and nothing where not', async () => {
    const { ada, guild, lounge, house } = stage
    const status = () => guild.state.channels.get(lounge.id)?.status ?? null
    await house.clock.advance('25m')
    expect(status()).toBeNull()
    guild.setBotPermissions(['SetVoiceChannelStatus', 'ManageChannels'])
    await until(async () => {
      await house.clock.advance('5m')
      return status() !== null
    }, 'the phase is shown')
    expect(status()).toMatch(/focus|break/)
    await ada.slash(stage.general, 'timer stop')
    await house.settle()
    await until(() => !status(), 'the status is cleared')
  })
})
