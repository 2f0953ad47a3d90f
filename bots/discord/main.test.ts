import { setTimeout as wait } from 'node:timers/promises'
import { REST } from 'discord.js'
import { afterEach, describe, expect, test } from 'vitest'
import { installWorkspace } from '../../src/domain/workspaces/workspace.actions.ts'
import { type House, openHouse } from '../../src/testing/house.ts'
import { type Running, startDiscord } from './main.ts'
import { registerCommands } from './register.ts'
import { type Discord, startDiscord as simulate } from './simulator/index.ts'
import { openStage, type Stage, until } from './testing/stage.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function start(env: Readonly<Record<string, string>> = {}): Promise<{ house: House; discord: Discord; begin(): Running }> {
  const discord = await simulate({ limits: false })
  closing.push(() => discord.stop())
  const house = await openHouse({ env: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, ...env } })
  closing.push(() => house.close())
  const begin = (): Running => {
    const bot = startDiscord(house.app)
    closing.push(() => bot.stop())
    return bot
  }
  return { house, discord, begin }
}

async function stage(env: Readonly<Record<string, string>>): Promise<Stage> {
  const opened = await openStage({ env })
  closing.push(() => opened.close())
  return opened
}

describe('the start', () => {
  test('waits for a Discord that is down, and goes online once it is back', async () => {
    const { discord, house, begin } = await start()
    discord.faults.failNext(10, 502, ({ path }) => path.startsWith('/gateway'))
    const bot = begin()
    await wait(1500)
    expect(bot.healthy()).toBe(false)
    await until(
      async () => {
        await house.clock.advance('2m')
        return bot.healthy()
      },
      'the bot is online',
      15_000,
    )
  })

  test('with a token that Discord refuses stays offline, and can be stopped', async () => {
    const { begin } = await start({ DISCORD_TOKEN: 'MTIz.abc.wrong' })
    const bot = begin()
    await wait(500)
    expect(bot.healthy()).toBe(false)
    await bot.stop()
  })

  test('can be stopped while Discord can’t be reached', async () => {
    const { discord, begin } = await start()
    discord.faults.closeGateway(true)
    const bot = begin()
    await wait(500)
    const before = performance.now()
    await bot.stop()
    expect(performance.now() - before).toBeLessThan(4000)
  })
})

describe('the commands', () => {
  test('are registered only when they changed', async () => {
    const { discord, house } = await stage({})
    const rest = new REST({ api: discord.apiUrl }).setToken(discord.token)
    const times = () => discord.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith('/commands')).length
    const known = () => house.app.db.selectFrom('registration').select('fingerprint').executeTakeFirst()
    await until(async () => (await known()) !== undefined, 'the registration is written down')
    expect(times()).toBe(1)
    expect(await registerCommands(house.app, rest, discord.applicationId)).toBe('unchanged')
    await house.app.db.updateTable('registration').set({ fingerprint: 'of an older list' }).execute()
    expect(await registerCommands(house.app, rest, discord.applicationId)).toBe('registered')
    expect(times()).toBe(2)
  })
})

describe('an installation for some servers', () => {
  test('says so in others, and knows nothing of them', async () => {
    const { ada, general, house } = await stage({ ALLOWED_WORKSPACES: '123456789012345678' })
    const answer = await ada.slash(general, 'room create')
    expect(answer.ephemeral).toBe(true)
    expect(answer.text).toContain('not set up for this server')
    expect(await house.app.db.selectFrom('workspace').select('name').where('platform', '=', 'discord').execute()).toEqual([])
    expect(await house.app.db.selectFrom('room').select('id').execute()).toEqual([])
  })

  test('sends nothing more to a server that it served before', async () => {
    const { discord, house, begin } = await start({ ALLOWED_WORKSPACES: '123456789012345678' })
    const guild = discord.addGuild({ name: 'Once served', bot: [] })
    await house.app.write('clock', null, (tx) => installWorkspace(tx, { platform: 'discord', externalId: guild.id, name: guild.name }))
    const bot = begin()
    await until(() => bot.healthy(), 'the bot is online')
    const gone = async () =>
      house.app.db.selectFrom('workspace').select('uninstalled_at').where('external_id', '=', guild.id).executeTakeFirst()
    await until(async () => (await gone())?.uninstalled_at != null, 'the server counts as gone')
  })
})
