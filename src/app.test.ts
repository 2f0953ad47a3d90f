import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startClockwork } from './clockwork.ts'
import { ada, ben, chae, studyHall } from './testing/cast.ts'
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
  const refuse = async (table: string, column: string, id: string): Promise<void> => {
    await sql`create function refuse() returns trigger language plpgsql as $$ begin raise 'not this one'; end $$`.execute(house.app.db)
    await sql`create trigger refuse before update on ${sql.table(table)} for each row when (old.${sql.ref(column)} = ${sql.lit(id)})
      execute function refuse()`.execute(house.app.db)
  }

  /** Passes `by`, and then a second after each failure, until so many are done or nothing happens any more. */
  const until = async (by: string, count: number, done: () => Promise<number>): Promise<number> => {
    const clockwork = await startClockwork(house.app)
    await house.clock.jump(by)
    for (let passed = 0; passed < 50 && (await done()) < count; passed += 1) {
      await wait(100)
      await house.clock.jump('1s')
    }
    await clockwork.stop()
    return done()
  }

  it('holds nobody back who goes away', async () => {
    await house.says(ada, 'room create Hall focus:180', { ...studyHall, voice: '700' })
    for (const caller of [ben, chae]) await house.says(caller, 'room join Hall', { ...studyHall, voice: '700' })
    await house.app.db.updateTable('presence_interval').set({ away_since: house.clock.now() }).execute()
    const { id } = await house.app.db.selectFrom('user').select('id').where('display_name', '=', 'Ada').executeTakeFirstOrThrow()
    await refuse('participant', 'user_id', id)
    const left = async () =>
      (await house.app.db.selectFrom('participant').select('user_id').where('left_at', 'is not', null).execute()).length
    expect(await until('1m', 2, left)).toBe(2)
  })

  it('holds up no other room whose phase is over', async () => {
    for (const caller of [ada, ben, chae]) await house.says(caller, 'room create', studyHall)
    const { id } = await house.app.db.selectFrom('room').select('id').orderBy('id').limit(1).executeTakeFirstOrThrow()
    await refuse('timer', 'room_id', id)
    const moved = async () => (await house.app.db.selectFrom('timer').select('room_id').where('phase_type', '<>', 'work').execute()).length
    expect(await until('25m', 2, moved)).toBe(2)
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
