import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { after, minutes } from '../../kernel/clock.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { ada, ben, chae, mo, studyHall } from '../../testing/cast.ts'
import { type House, monday, openHouse } from '../../testing/house.ts'
import { recordSessions, retractSessions } from '../sessions/session.actions.ts'
import { achievements, causes, reachable, reachedBetween } from './achievement.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const idOf = async (account: string): Promise<PersonId> =>
  (await house.app.db.selectFrom('identity').select('user_id').where('external_id', '=', account).executeTakeFirstOrThrow()).user_id

const unlockedBy = async (account: string): Promise<readonly string[]> =>
  (
    await house.app.db
      .selectFrom('user_achievement')
      .select('achievement_id')
      .where('user_id', '=', await idOf(account))
      .orderBy('achievement_id')
      .execute()
  ).map(({ achievement_id }) => achievement_id)

const told = async (): Promise<readonly object[]> =>
  (await house.app.db.selectFrom('event').select('data').where('type', '=', 'achievement.unlocked').orderBy('id').execute()).map(
    ({ data }) => data,
  )

const record = async (person: PersonId, source: 'self-reported' | 'import', ...lengths: readonly number[]) => {
  const sessions = lengths.map((length, n) => {
    const from = after(monday, -minutes(60 * 24 * n))
    return { person, source, from, to: after(from, minutes(length)) }
  })
  return house.app.write('clock', null, (tx) => recordSessions(tx, sessions))
}

describe('the definitions', () => {
  test('are the same in the database', async () => {
    const rows = await house.app.db.selectFrom('achievement').selectAll().execute()
    const byName = (a: { readonly id: string }, b: { readonly id: string }): number => a.id.localeCompare(b.id)
    expect(rows.toSorted(byName)).toEqual([...achievements].toSorted(byName))
  })

  test('are twenty and more, over everything there is to do, each with a cause of its own height', () => {
    expect(achievements.filter(({ cause }) => reachable.has(cause)).length).toBeGreaterThanOrEqual(20)
    expect(new Set(achievements.map(({ category }) => category)).size).toBe(6)
    expect(new Set(achievements.map(({ cause }) => cause))).toEqual(new Set(causes))
    expect(new Set(achievements.map(({ cause, amount }) => `${cause} ${amount}`)).size).toBe(achievements.length)
    for (const [cause, amount] of [
      ['sessions', 1],
      ['sessions', 10],
      ['minutes', 6000],
      ['streak', 7],
      ['posts', 10],
    ] as const)
      expect(reachedBetween(cause, amount - 1, amount)).toHaveLength(1)
  })
})

describe('what somebody does', () => {
  it('unlocks each achievement once and for good', async () => {
    await house.says(ada, 'settings show')
    const person = await idOf('101')
    const ids = await record(person, 'self-reported', ...Array.from({ length: 10 }, () => 60))
    const expected = ['session-1', 'session-10', 'streak-3', 'streak-7', 'time-600']
    expect(await unlockedBy('101')).toEqual(expected)
    await house.app.write('clock', null, (tx) => retractSessions(tx, ids))
    await record(person, 'self-reported', ...Array.from({ length: 10 }, () => 60))
    expect(await unlockedBy('101')).toEqual(expected)
    expect(await told()).toHaveLength(expected.length)
  })

  it('never unlocks anything by what was imported', async () => {
    await house.says(ada, 'settings show')
    await record(await idOf('101'), 'import', 600, 600, 600)
    expect(await unlockedBy('101')).toEqual([])
  })

  it('counts rooms opened, sessions with others, and guests who came', async () => {
    await house.says(ada, 'room create Hall focus:25', studyHall)
    await house.says(ben, 'settings show')
    await house.says(ada, 'room invite @Ben', studyHall)
    await house.says(ben, 'room join Hall', studyHall)
    await house.says(mo, 'settings show')
    expect(await unlockedBy('101')).toEqual(['host-1', 'invite-1'])
    await house.says(ben, 'room leave', studyHall)
    await house.says(ben, 'room join Hall', studyHall)
    await house.clock.advance('25m')
    await house.says(ada, 'timer status', studyHall)
    await house.says(ben, 'timer status', studyHall)
    expect(await unlockedBy('101')).toEqual(['host-1', 'invite-1', 'session-1', 'together-1'])
    expect(await unlockedBy('102')).toEqual(['session-1', 'together-1'])
    const counts = await house.app.db.selectFrom('achievement_count').select(['cause', 'count']).orderBy('cause').orderBy('count').execute()
    expect(counts.map(({ cause, count }) => `${cause} ${count}`)).toEqual(['invitations 1', 'rooms 1', 'together 1', 'together 1'])
  })

  it('is told to the person, in their language', async () => {
    await house.says(chae, 'settings show')
    await record(await idOf('103'), 'self-reported', 25)
    const [told] = await house.app.db.selectFrom('event').select(['data']).where('type', '=', 'achievement.unlocked').execute()
    expect(told?.data).toMatchObject({ person: await idOf('103'), achievement: 'session-1' })
    const said = await house.says(chae, 'achievements')
    expect(said).toContain('첫 장')
    expect(said).toContain('10%')
  })
})

describe('others', () => {
  it('see what was achieved, unless the person keeps it or never used the product', async () => {
    await house.says(ada, 'settings show')
    await house.says(ben, 'settings show')
    await house.app.db
      .updateTable('user')
      .set({ first_used_at: monday })
      .where('id', '=', await idOf('102'))
      .execute()
    await record(await idOf('102'), 'self-reported', 25)
    expect(await house.says(ada, 'achievements @Ben')).toContain('First page')
    expect(await house.says(ada, 'achievements @Ben')).not.toContain('%')
    await house.says(ben, 'settings set visibility:me')
    expect(await house.says(ada, 'achievements @Ben')).toContain('There is nobody called @Ben here.')
    const hidden = await house.says(ada, 'achievements <@102>')
    expect(hidden).not.toContain('First page')
    expect(await house.says(ada, 'achievements <@777>')).toBe(hidden)
  })
})
