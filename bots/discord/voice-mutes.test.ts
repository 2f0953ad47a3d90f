import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Running, startDiscord } from './main.ts'
import type { Person } from './simulator/index.ts'
import { openStage, type Stage, until } from './testing/stage.ts'

let stage: Stage
let bot: Running
beforeEach(async () => {
  stage = await openStage()
  bot = stage.bot
  stage.guild.setBotPermissions(['MuteMembers'])
})
afterEach(async () => {
  await bot.stop()
  await stage.close()
})

const isMuted = (person: Person): boolean => stage.guild.state.members.get(person.id)?.mute === true

const muted = async (...expected: readonly Person[]): Promise<void> => {
  const { ada, ben, chae } = stage
  const names = () =>
    [ada, ben, chae]
      .filter(isMuted)
      .map(({ name }) => name)
      .join()
  const wanted = expected.map(({ name }) => name).join()
  await until(() => names() === wanted, `muted are ${wanted || 'none'}`).catch((error: unknown) =>
    expect(names(), String(error)).toBe(wanted),
  )
}

/** Ada, Ben and Chae sit in a room that mutes during focus, and that focuses now. */
async function openRoom(): Promise<void> {
  const { ada, ben, chae, guild, lounge, general, house } = stage
  for (const person of [ada, ben, chae]) guild.voice.join(person, lounge)
  await ada.slash(general, '/room create', { name: 'Deep work', start: false })
  await until(async () => (await house.app.db.selectFrom('participant').select('id').execute()).length === 3, 'all are in')
  await house.app.db.updateTable('room').set({ mute_in_focus: true, chime: false }).execute()
  await ada.slash(general, '/timer start')
}

const ask = (person: Person, words: string) => person.slash(stage.general, words)

describe('a room that mutes during focus', () => {
  it('mutes at each focus and gives everybody their voice back at the break', async () => {
    const { ada, ben, chae, house } = stage
    await openRoom()
    await muted(ada, ben, chae)
    await house.clock.advance('25m')
    await muted()
    await house.clock.advance('5m')
    await muted(ada, ben, chae)
    await ask(ada, '/timer pause')
    await muted()
    await ask(ada, '/timer resume')
    await muted(ada, ben, chae)
    await ada.press(await ask(ada, '/room close'), 'Close room')
    await muted()
  })

  it('restores exactly what was before: whom a moderator muted stays muted, whom one unmuted stays so', async () => {
    const { ada, ben, chae, guild, house, lounge } = stage
    guild.voice.join(ben, lounge)
    guild.voice.silence(ben, { mute: true })
    await openRoom()
    await muted(ada, ben, chae)
    guild.voice.silence(ada, { mute: false })
    guild.voice.leave(chae)
    guild.voice.join(chae, lounge)
    await house.settle()
    await muted(ben, chae)
    await house.clock.advance('25m')
    await muted(ben)
  })

  it('gives their voice back to those who leave: at once in another channel, else when they next sit anywhere', async () => {
    const { ada, ben, chae, guild, lounge, house } = stage
    const quiet = guild.addChannel({ name: 'Quiet', type: 'voice' })
    await openRoom()
    await muted(ada, ben, chae)
    guild.voice.move(ben, quiet)
    await muted(ada, chae)
    guild.voice.leave(chae)
    await house.clock.advance('2m')
    await muted(ada, chae)
    await house.clock.advance('25m')
    await muted(chae)
    guild.voice.join(chae, quiet)
    await muted()
    guild.voice.join(chae, lounge)
    await ask(ada, '/room leave')
    await muted()
  })

  it('takes back after a crash what it had done', async () => {
    const { ada, ben, chae, house, discord } = stage
    await openRoom()
    await muted(ada, ben, chae)
    await bot.stop()
    discord.faults.failNext(2, 502, ({ method, path }) => method === 'PATCH' && path.includes('/members/'))
    await house.clock.jump('26m')
    bot = startDiscord(house.app)
    await until(() => bot.healthy(), 'the bot is back', 15_000)
    await until(async () => {
      await house.clock.advance('10s')
      return ![ada, ben, chae].some(isMuted)
    }, 'all have their voice back')
  }, 40_000)

  it('is silent where it may not mute', async () => {
    const { guild, discord, house } = stage
    guild.setBotPermissions([])
    await openRoom()
    await house.settle()
    await muted()
    const open = await house.app.db.selectFrom('voice_mute').select('id').where('restored_at', 'is', null).execute()
    expect(open).toEqual([])
    expect(discord.requests.filter(({ method, path }) => method === 'PATCH' && path.includes('/members/'))).toEqual([])
  })
})
