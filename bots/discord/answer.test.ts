import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textOf } from './simulator/index.ts'
import { openStage, type Stage } from './testing/stage.ts'

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
