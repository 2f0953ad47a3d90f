import { setTimeout as wait } from 'node:timers/promises'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textOf } from './simulator/index.ts'
import { openStage, type Stage, until } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** Nobody gets at the rooms for so long, as when the database is busy. */
async function roomsAreBusy(milliseconds: number): Promise<void> {
  const locked = Promise.withResolvers<void>()
  const done = stage.house.app.write('clock', null, async (tx) => {
    await sql`lock table room in access exclusive mode`.execute(tx.db)
    locked.resolve()
    await wait(milliseconds)
  })
  await locked.promise
  done.catch(locked.reject)
}

describe('an answer that takes long', () => {
  test('is deferred in public where it is news, and filled in', async () => {
    const { ada, general } = stage
    await roomsAreBusy(2000)
    const answer = await ada.slash(general, 'room create', { name: 'Slow' })
    expect(answer.kind).toBe('deferred')
    expect(answer.ephemeral).toBe(false)
    expect((await answer.finished()).text).toContain('Slow')
  })

  test('that is a refusal takes the public one away and follows up in private', async () => {
    const { ben, general, discord } = stage
    const before = discord.messagesIn(general).length
    await roomsAreBusy(2000)
    const answer = await ben.slash(general, 'room create', { name: 'Slow' })
    expect(answer.kind).toBe('deferred')
    expect((await answer.finished()).kind).toBe('deleted')
    const refusal = await answer.followedUp()
    expect(refusal.onlyFor).toBe(ben.id)
    expect(textOf(refusal)).not.toBe('')
    expect(discord.messagesIn(general)).toHaveLength(before)
  })

  test('is private from the start where it concerns one person', async () => {
    const { ben, general } = stage
    await roomsAreBusy(2000)
    const answer = await ben.slash(general, 'room list')
    expect(answer.kind).toBe('deferred')
    expect(answer.ephemeral).toBe(true)
    expect((await answer.finished()).text).toContain('Slow')
  })

  test('to a press leaves the message and still changes it', async () => {
    const { ada, general, discord } = stage
    const [panel] = discord.messagesIn(general)
    if (!panel) throw new Error('there is a panel')
    await roomsAreBusy(2000)
    const answer = await ada.press(panel, 'Pause')
    expect(answer.kind).toBe('deferred')
    await answer.finished()
    expect(textOf(panel)).toContain('Ada paused')
  })

  test('and should have been a form asks to try again', async () => {
    const { ada, general } = stage
    await roomsAreBusy(2900)
    const answer = await ada.slash(general, 'room edit')
    expect(answer.kind).toBe('message')
    expect(answer.ephemeral).toBe(true)
    expect(answer.text).toContain('[Try again]')
    await wait(700)
    expect((await ada.press(answer, 'Try again')).text).toContain('Choose what to change')
  })
})

describe('an answer whose word was lost', () => {
  test('is not given twice', async () => {
    const { ada, general, discord } = stage
    const before = discord.messagesIn(general).length
    discord.faults.failNext(1, 'lost', ({ path }) => path.endsWith('/callback'))
    await ada.slash(general, 'timer status')
    await wait(500)
    expect(discord.messagesIn(general)).toHaveLength(before)
    expect((await ada.slash(general, 'timer status')).ephemeral).toBe(true)
  })
})

describe('a private room', () => {
  test('leaves no trace in the channel', async () => {
    const { chae, ben, general, house, reads } = stage
    const before = reads(general).length
    const answer = await chae.slash(general, 'room create', { name: 'Secret', private: true })
    expect(answer.ephemeral).toBe(true)
    await house.clock.advance('30m')
    expect(reads(general).join('\n')).not.toContain('Secret')
    expect(reads(general).length).toBeLessThanOrEqual(before + 1)
    expect((await ben.autocomplete(general, 'room join', { room: 'Sec' })).choices).toEqual([])
    expect((await ben.slash(general, 'room list')).text).not.toContain('Secret')
    const asked = await ben.slash(general, 'room info', { room: 'Secret' })
    const unknown = await ben.slash(general, 'room info', { room: 'Nowhere' })
    expect(asked.text.replace('Secret', 'Nowhere')).toBe(unknown.text)
  })
})

describe('a room that becomes private', () => {
  test('takes its panel and its last line out of the channel, and its phase off the voice channel', async () => {
    const { mo, guild, house, discord } = stage
    const nook = guild.addChannel({ name: 'nook' })
    const booth = guild.addChannel({ name: 'Booth', type: 'voice' })
    guild.setBotPermissions(['SetVoiceChannelStatus', 'ManageChannels'])
    guild.voice.join(mo, booth)
    await mo.slash(nook, 'room create', { name: 'Nook' })
    await house.clock.advance('25m')
    await until(() => discord.messagesIn(nook).length === 2, 'the break is said')
    await until(() => booth.status?.includes('break') === true, 'the break is shown')
    await mo.slash(nook, 'room edit', { private: true })
    await house.settle()
    await until(() => discord.messagesIn(nook).length === 0, 'the panel and the line are gone')
    await until(() => !booth.status, 'nothing is shown')
    guild.setBotPermissions([])
    await mo.slash(nook, 'room close')
  })
})

describe('a panel asked for where the room does not live', () => {
  test('is shown to the one who asked', async () => {
    const { ada, guild, discord } = stage
    const other = guild.addChannel({ name: 'other' })
    const answer = await ada.slash(other, 'focus start')
    expect(answer.ephemeral).toBe(true)
    expect(discord.messagesIn(other)).toHaveLength(0)
  })
})

describe('somebody who brings the app along', () => {
  test('is answered in a server that has not installed it', async () => {
    const { discord } = stage
    const eve = discord.addUser({ name: 'Eve', hasApp: true })
    const elsewhere = discord.addGuild({ name: 'Elsewhere', bot: false })
    elsewhere.addMember(eve)
    const hall = elsewhere.addChannel({ name: 'hall' })
    expect((await eve.slash(hall, 'settings show')).text).toContain('Your settings')
    expect((await eve.slash(hall, 'focus start')).ephemeral).toBe(true)
    expect(discord.messagesIn(hall)).toHaveLength(0)
  })
})

describe('whatever is typed', () => {
  test('is answered, and rings and forges nothing', async () => {
    const { ben, mo, general } = stage
    const typed = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 90 }),
      fc.constantFrom('@everyone', '<@1>', '[x](https://evil.example)', '# x'),
    )
    await fc.assert(
      fc.asyncProperty(typed, async (text) => {
        const answer = await ben.slash(general, 'room info', { room: text })
        expect(answer.text).not.toMatch(/@(everyone|here)|(?<!\\)<@|(?<!\\)\[x|https:\/\/evil/)
        const suggested = await mo.autocomplete(general, 'room info', { room: text })
        expect(suggested.choices.length).toBeLessThanOrEqual(25)
      }),
      { numRuns: 40 },
    )
  })
})

describe('a channel in which we lack permissions', () => {
  test('gets its panel, and whoever asked hears what is missing', async () => {
    const { mo, guild } = stage
    const corner = guild.addChannel({ name: 'corner', overwrites: [{ for: 'everyone', deny: ['SendMessages'] }] })
    const answer = await mo.slash(corner, 'room create', { name: 'Corner' })
    expect(answer.ephemeral).toBe(false)
    const hint = await answer.followedUp()
    expect(hint.onlyFor).toBe(mo.id)
    expect(textOf(hint)).toContain('Send Messages')
  })
})
