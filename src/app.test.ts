import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startClockwork } from './clockwork.ts'
import { ada, ben, studyHall } from './testing/cast.ts'
import { type House, openHouse } from './testing/house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

/** As if the server had restarted: every connection of this database ends. */
const cutConnections = () =>
  sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
    house.app.db,
  )

/** A reaction whose connection was cut comes back when the queue looks for it. */
async function settleInTime(): Promise<void> {
  const settled = house.settle().then(() => true)
  while (!(await Promise.race([settled, wait(3000, false)]))) await house.recover()
}

describe('a fault of the database', () => {
  // Where the connections are cut is up to the machine, and the queue's clock stands still meanwhile: once in a while it needs another go.
  it('is survived: commands, reactions, clockwork and notifications go on, and nothing is doubled', { retry: 2 }, async () => {
    const clockwork = await startClockwork(house.app)
    await house.says(ada, 'room create Hall', studyHall)
    await cutConnections()
    expect(await house.says(ben, 'room join Hall', studyHall)).toContain('Here (2): Ada · Ben')
    await cutConnections()
    await house.clock.jump('25m')
    await expect.poll(() => house.says(ada, 'timer status', studyHall), { timeout: 15_000 }).toContain('break · 1 of 4 done')
    await house.says(ben, 'timer status', studyHall)
    await settleInTime()
    const { rows } = await sql<{ credited: number }>`select count(*)::int as credited from session_history`.execute(house.app.db)
    expect(rows[0]?.credited).toBe(2)
    await clockwork.stop()
  })
})

describe('one of many for whom something fails', () => {
  it('holds nobody back', async () => {
    await house.says(ada, 'room create Hall focus:180', { ...studyHall, voice: '700' })
    await house.says(ben, 'room join Hall', { ...studyHall, voice: '700' })
    await house.app.db.updateTable('presence_interval').set({ away_since: house.clock.now() }).execute()
    const { id } = await house.app.db.selectFrom('user').select('id').where('display_name', '=', 'Ada').executeTakeFirstOrThrow()
    await sql`create function refuse() returns trigger language plpgsql as $$ begin raise 'not Ada'; end $$`.execute(house.app.db)
    await sql`create trigger refuse before update on participant for each row when (old.user_id = ${sql.lit(id)}) execute function refuse()`.execute(
      house.app.db,
    )
    const clockwork = await startClockwork(house.app)
    const seated = async () =>
      (await house.app.db.selectFrom('participant').select('user_id').where('left_at', 'is', null).execute()).length
    // A minute for those who are away, and a second after each failure.
    await house.clock.jump('1m')
    for (let passed = 0; passed < 50 && (await seated()) > 1; passed += 1) {
      await wait(100)
      await house.clock.jump('1s')
    }
    expect(await seated()).toBe(1)
    await clockwork.stop()
  })
})

describe('an answer that fails by our fault', () => {
  it('carries a reference and changes nothing', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    await sql`alter table session_history rename to elsewhere`.execute(house.app.db)
    const answer = await house.does(ada, 'timer stop', {}, studyHall)
    expect(answer.outcome).toBe('failed')
    await sql`alter table elsewhere rename to session_history`.execute(house.app.db)
    expect(await house.says(ada, 'timer status', studyHall)).toContain('focus · round 1')
  })
})

describe('bad input', () => {
  it.each([
    ['room create focus:900', 'Focus takes 1 to 180 minutes'],
    ['room craete', 'Did you mean room create'],
    ['room join', 'Room is missing'],
    ['room kick @nobody', 'There is nobody called @nobody here.'],
    ['room bring ABCDEFGH', 'This code is unknown'],
    ['settings set timezone:Mars/Base', 'no time zone “Mars/Base”'],
    ['settings set day_start:25:99', 'is no time of day'],
  ])('%s is answered with a clear sentence', async (line, sentence) => {
    const before = await counts()
    await house.says(ada, 'room create Hall', studyHall)
    const made = await counts()
    expect(await house.says(ada, line, studyHall)).toContain(sentence)
    expect(await counts()).toEqual(made)
    expect(before).not.toEqual(made)
  })
})

const counts = async () =>
  (
    await sql`select (select count(*) from room) as rooms, (select count(*) from event) as events, (select max(version) from timer) as version`.execute(
      house.app.db,
    )
  ).rows
