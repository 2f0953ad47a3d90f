import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Running, startDiscord } from './main.ts'
import { openStage, type Stage, until } from './testing/stage.ts'

let stage: Stage
let bot: Running
beforeEach(async () => {
  stage = await openStage()
  bot = stage.bot
})
afterEach(async () => {
  await bot.stop()
  await stage.close()
})

/** Who has a seat in a room, by name. */
const inside = async (): Promise<string[]> => {
  const rows = await stage.house.app.db
    .selectFrom('participant as p')
    .innerJoin('user as u', 'u.id', 'p.user_id')
    .select('u.display_name as name')
    .where('p.left_at', 'is', null)
    .orderBy('name')
    .execute()
  return rows.map(({ name }) => name)
}

/** Open presences by voice: whose, and in which channel. */
const present = async (): Promise<string[]> => {
  const rows = await stage.house.app.db
    .selectFrom('presence_interval as p')
    .innerJoin('user as u', 'u.id', 'p.user_id')
    .leftJoin('solo_session as s', 's.id', 'p.solo_id')
    .select(['u.display_name as name', 'p.channel', 's.kind'])
    .where('p.ended_at', 'is', null)
    .where('p.evidence', '=', 'voice')
    .where('p.away_since', 'is', null)
    .orderBy('name')
    .execute()
  return rows.map(({ name, channel, kind }) => `${name} ${stage.guild.state.channels.get(channel ?? '')?.name ?? '?'} ${kind ?? 'room'}`)
}

const shows = (look: () => Promise<string[]>, expected: readonly string[]) =>
  until(async () => (await look()).join() === expected.join(), `it is ${expected.join(', ') || 'nobody'}`).catch(async (error: unknown) => {
    expect(await look(), String(error)).toEqual(expected)
  })

const seconds = async (): Promise<string[]> => {
  const rows = await stage.house.app.db
    .selectFrom('session_history as h')
    .innerJoin('user as u', 'u.id', 'h.user_id')
    .select(['u.display_name as name', 'h.seconds', 'h.source'])
    .orderBy('name')
    .orderBy('h.completed_at')
    .execute()
  return rows.map(({ name, seconds: n, source }) => `${name} ${n} ${source}`)
}

async function openRoom(): Promise<void> {
  const { ada, guild, lounge, general, house } = stage
  guild.voice.join(ada, lounge)
  await shows(present, ['Ada Lounge voice'])
  await ada.slash(general, '/room create', { name: 'Deep work' })
  await house.app.db.updateTable('room').set({ chime: false }).execute()
  await shows(inside, ['Ada'])
}

describe('the voice channel of a room', () => {
  it('is the room: entering joins, leaving leaves, to the second', async () => {
    const { ben, guild, lounge, house } = stage
    await openRoom()
    await house.clock.advance('5m')
    guild.voice.join(ben, lounge)
    await shows(inside, ['Ada', 'Ben'])
    await house.clock.advance('10m 20s')
    guild.voice.leave(ben)
    await shows(present, ['Ada Lounge room'])
    expect(await inside()).toEqual(['Ada', 'Ben'])
    await house.clock.advance('2m')
    await shows(inside, ['Ada'])
    await house.clock.advance('10m')
    expect(await seconds()).toEqual(['Ada 1500 room', 'Ben 620 room'])
  })

  it('keeps who is back at once, loses who goes to another channel, and knows no bots', async () => {
    const { ben, guild, lounge, house, discord } = stage
    const quiet = guild.addChannel({ name: 'Quiet', type: 'voice' })
    await openRoom()
    const music = { ...discord.world.bot, id: discord.world.nextId(), name: 'Music' }
    discord.world.users.set(music.id, music)
    guild.addMember(music)
    guild.voice.join(music, lounge)
    guild.voice.join(ben, lounge)
    await shows(inside, ['Ada', 'Ben'])
    guild.voice.leave(ben)
    await shows(present, ['Ada Lounge room'])
    await house.clock.advance('50s')
    guild.voice.join(ben, lounge)
    await shows(present, ['Ada Lounge room', 'Ben Lounge room'])
    await house.clock.advance('5m')
    guild.voice.move(ben, quiet)
    await shows(present, ['Ada Lounge room', 'Ben Quiet voice'])
    await house.clock.advance('2m')
    await shows(inside, ['Ada'])
  })
})

describe('what is on or off in voice', () => {
  it('is recorded apart, in the AFK channel and on a stage too', async () => {
    const { ada, ben, guild, lounge, house } = stage
    const stageChannel = guild.addChannel({ name: 'Talks', type: 'stage' })
    const sleepers = guild.addChannel({ name: 'Sleepers', type: 'voice' })
    guild.setAfkChannel(sleepers)
    const details = async () => {
      const rows = await house.app.db.selectFrom('presence_detail').select(['kind', 'ended_at']).orderBy('id').execute()
      return rows.map(({ kind, ended_at }) => `${kind}${ended_at === null ? '' : ' off'}`)
    }
    guild.voice.join(ada, lounge, { selfVideo: true, selfMute: true })
    await shows(details, ['camera'])
    guild.voice.switch(ada, { selfStream: true, selfDeaf: true })
    await shows(details, ['camera', 'screen', 'deafened'])
    guild.voice.switch(ada, { selfVideo: false, selfStream: false, selfDeaf: false })
    guild.voice.silence(ada, { mute: true })
    await shows(details, ['camera off', 'screen off', 'deafened off', 'server-muted'])
    guild.voice.move(ada, stageChannel)
    guild.voice.join(ben, sleepers)
    await shows(present, ['Ada Talks voice', 'Ben Sleepers afk'])
    await house.clock.advance('10m')
    guild.voice.leave(ada)
    guild.voice.leave(ben)
    await shows(present, [])
    await house.clock.advance('2m')
    expect(await seconds()).toEqual(['Ada 600 voice'])
  })

  it('counts in no channel of a category that the server refuses', async () => {
    const { ada, ben, guild, lounge, house } = stage
    const games = guild.addChannel({ name: 'Games', type: 'category' })
    const arena = guild.addChannel({ name: 'Arena', type: 'voice', parent: games })
    const refused = async () => {
      const { numUpdatedRows } = await house.app.db
        .updateTable('workspace')
        .set({ voice_deny: [games.id] })
        .where('external_id', '=', guild.id)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    }
    await until(refused, 'the server is known, and refuses the category')
    guild.voice.join(ada, arena)
    guild.voice.join(ben, lounge)
    await shows(present, ['Ben Lounge voice'])
  })
})

describe('after a break of the connection', () => {
  /** The connection breaks, what happens is not heard, and it begins anew. */
  const whileAway = async (deeds: () => void): Promise<void> => {
    const { discord } = stage
    discord.faults.closeGateway(true)
    discord.gateway.drop()
    await until(() => !bot.healthy(), 'the break is noticed')
    deeds()
    discord.faults.refuseResumes(1)
    discord.faults.closeGateway(false)
    await until(() => bot.healthy(), 'the bot is back', 15_000)
  }

  it('nobody is left inside or outside', async () => {
    const { ada, ben, chae, guild, lounge } = stage
    await openRoom()
    guild.voice.join(ben, lounge)
    await shows(present, ['Ada Lounge room', 'Ben Lounge room'])
    await whileAway(() => {
      guild.voice.leave(ben)
      guild.voice.join(chae, lounge)
    })
    await shows(present, ['Ada Lounge room', '채 Lounge room'])
    await whileAway(() => {
      guild.voice.leave(ada)
      guild.voice.leave(chae)
    })
    await shows(present, [])
    await stage.house.clock.advance('2m')
    await shows(inside, [])
  }, 40_000)

  it('what a resumed connection tells late is taken in too', async () => {
    const { ada, ben, discord, guild, lounge } = stage
    guild.voice.join(ada, lounge)
    await shows(present, ['Ada Lounge voice'])
    discord.gateway.drop()
    guild.voice.leave(ada)
    guild.voice.join(ben, lounge)
    await shows(present, ['Ben Lounge voice'])
  })

  it('a process that died finds everybody as they are, and they lost nothing', async () => {
    const { ben, chae, guild, lounge, house } = stage
    await openRoom()
    guild.voice.join(ben, lounge)
    await shows(present, ['Ada Lounge room', 'Ben Lounge room'])
    await house.clock.advance('5m')
    await bot.stop()
    await house.clock.jump('4m')
    guild.voice.leave(ben)
    guild.voice.join(chae, lounge)
    bot = startDiscord(house.app)
    await shows(present, ['Ada Lounge room', '채 Lounge room'])
    await house.clock.advance('20m')
    await shows(inside, ['Ada', '채'])
    expect(await seconds()).toEqual(['Ada 1500 room', 'Ben 300 room', '채 960 room'])
  }, 40_000)
})
