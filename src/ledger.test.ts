import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkLedger } from './ledger.ts'
import { ada, ben, chae, studyHall } from './testing/cast.ts'
import { type House, openHouse } from './testing/house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
  await house.says(ada, 'room create Hall', studyHall)
  await house.says(chae, 'room join Hall', studyHall)
  await house.clock.advance('10m')
  await house.says(ben, 'room join Hall', studyHall)
  await house.clock.advance('18m')
  for (const person of [ada, ben, chae]) await house.says(person, 'timer status', studyHall)
  await house.clock.advance('12m')
  await house.says(ben, 'room leave', studyHall)
  await house.says(ada, 'room close sure:yes', studyHall)
})
afterEach(() => house.close())

const found = async (mend = false): Promise<readonly string[]> => {
  const said: string[] = []
  await checkLedger(house.app, mend, (sentence) => said.push(sentence))
  return said
}
const tamper = (statement: ReturnType<typeof sql>) => statement.execute(house.app.db)

describe('the ledger', () => {
  it('is sound after ordinary use, and a repair changes nothing', async () => {
    const days = await house.app.db.selectFrom('user_day').selectAll().orderBy('user_id').execute()
    expect(days).toHaveLength(3)
    expect(await found()).toEqual([])
    expect(await found(true)).toEqual([])
    expect(await house.app.db.selectFrom('user_day').selectAll().orderBy('user_id').execute()).toEqual(days)
  })
  it.each([
    ['a total', sql`update "user" set total_focus_time = total_focus_time + 1 where total_focus_time > 0`],
    ['a day', sql`update user_day set room_seconds = room_seconds + 60`],
    ['an hour of the clock', sql`update user_day set hours[1] = 7`],
    ['a day that should be there', sql`delete from user_day`],
    [
      'a day that should not',
      sql`insert into user_day (user_id, day, hours) select id, '2020-01-01', array_fill(0, array[24]) from "user"`,
    ],
    ['a topic', sql`update user_topic_day set sessions = sessions + 1`],
    ['a day of a workspace', sql`delete from workspace_day`],
    ['a streak', sql`update user_progress set best_streak_days = 9`],
    [
      'credit',
      sql`update session_history set earned = tstzmultirange(tstzrange(started_at, completed_at + interval '1 minute')), seconds = seconds + 60`,
    ],
    ['a session that is gone', sql`delete from session_history where seconds = 1500`],
  ])('finds %s that is wrong, and mends it', async (_what, statement) => {
    const before = await totals()
    await tamper(statement)
    expect((await found()).length).toBeGreaterThan(0)
    expect((await found(true)).length).toBeGreaterThan(0)
    expect(await found()).toEqual([])
    expect(await totals()).toEqual(before)
  })

  it('keeps what a session was for, and how it went, where its credit is mended', async () => {
    await tamper(sql`update session_history set aim = 'Essay', subject = 'history', result = 'done'`)
    await found(true)
    const about = () =>
      house.app.db
        .selectFrom('session_history')
        .select(['user_id', 'seconds', 'aim', 'subject', 'result'])
        .orderBy('user_id')
        .orderBy('started_at')
        .execute()
    const before = await about()
    await tamper(sql`update session_history set earned = tstzmultirange(tstzrange(started_at, completed_at + interval '1 minute'))`)
    await found(true)
    expect(await about()).toEqual(before)
  })
})

const totals = async () => ({
  people: await house.app.db.selectFrom('user').select(['id', 'total_focus_time', 'total_sessions']).orderBy('id').execute(),
  days: await house.app.db.selectFrom('user_day').selectAll().orderBy('user_id').orderBy('day').execute(),
  topics: await house.app.db.selectFrom('user_topic_day').selectAll().orderBy('user_id').orderBy('day').orderBy('topic').execute(),
  workspaces: await house.app.db.selectFrom('workspace_day').selectAll().orderBy('workspace_id').execute(),
})
