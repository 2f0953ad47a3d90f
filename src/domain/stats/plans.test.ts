import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Caller } from '../../commands/perform.ts'
import { asMuchAsFits } from '../../kernel/portion.ts'
import { fill, filledIds } from '../../testing/fill.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { isStatement, scansIn, tablesFrom, tooMany } from '../../testing/scans.ts'
import { type Asked, watchQueries } from '../../testing/watch-queries.ts'
import { nextNoteDue, tellWeeks } from './note.actions.ts'

const rooms = 1500
let house: House
let asked: readonly Asked[]
let large: ReadonlySet<string>

/** A crowd in which everybody focused on each of the last thirty days, and everybody wants weekly notes. */
beforeAll(async () => {
  house = await openHouse()
  const { db } = house.app
  await fill(db, { workspaces: 50, rooms, people: 2, past: 1, endsAt: house.clock.now(), overSeconds: rooms })
  await sql`insert into user_day (user_id, day, room_seconds, sessions, hours)
    select u.id, date '2026-03-02' - n, 3600, 2, array_fill(150, array[24]) from "user" u, generate_series(1, 30) n`.execute(db)
  await sql`insert into user_topic_day (user_id, day, kind, topic, seconds, sessions)
    select u.id, date '2026-03-02' - n, kind, 'Topic ' || n % 7, 1800, 1
    from "user" u, generate_series(1, 5) n, unnest(array['room', 'subject', 'aim']) kind`.execute(db)
  await sql`insert into workspace_day (workspace_id, day, seconds, sessions)
    select w.id, date '2026-03-02' - n, 360000, 200 from workspace w, generate_series(1, 100) n`.execute(db)
  await sql`update user_settings set weekly_note = true, weekly_note_at = ${house.clock.now()}::timestamptz + interval '3 days'`.execute(db)
  await sql`update user_settings set weekly_note_at = ${house.clock.now()}::timestamptz - interval '1 hour'
    where user_id in (${filledIds.person(8, 1)}, ${filledIds.person(8, 2)})`.execute(db)
  await sql`analyze`.execute(db)
  large = await tablesFrom(db, tooMany)
  asked = watchQueries(house.app.database)
}, 120_000)
afterAll(() => house.close())

const insider: Caller = {
  sighting: { platform: 'discord', externalId: '802', displayName: 'Person 8.2', locale: null, timezone: null },
  workspace: { platform: 'discord', externalId: '8', name: 'Server 8', role: 'member' },
}

const acts: Readonly<Record<string, () => Promise<unknown>>> = {
  ...Object.fromEntries(
    (['day', 'week', 'month', 'year', 'all'] as const).map((period) => [
      `stats of: ${period}`,
      () => house.does(insider, 'stats', { period }),
    ]),
  ),
  'stats of somebody else': () => house.does(insider, 'stats', { user: '@person.8.1' }),
}

test('stats never look at the history', async () => {
  const before = asked.length
  for (const period of ['week', 'all']) await house.does(insider, 'stats', { period })
  expect(asked.slice(before).filter(({ text }) => /session_history|presence_interval p join phase/.test(text))).toEqual([])
})

test('the crowd is large enough to tell', () => {
  for (const table of ['user_day', 'user_topic_day', 'workspace_day', 'user_settings']) expect(large).toContain(table)
})

test.each(Object.entries(acts))('%s: every query finds its rows by an index', { timeout: 60_000 }, async (_, act) => {
  const before = asked.length
  await act()
  const ours = asked.slice(before).filter(isStatement)
  expect(ours.length).toBeGreaterThan(0)
  expect(new Set((await Promise.all(ours.map((one) => scansIn(house.app.db, one, large)))).flat())).toEqual(new Set())
})

test('weekly notes that are due are found by an index, and told', async () => {
  const before = asked.length
  await house.app.read(nextNoteDue)
  expect(await house.app.write('clock', null, (tx) => tellWeeks(tx, asMuchAsFits))).toBe(2)
  const ours = asked.slice(before).filter(({ text }) => /weekly_note/.test(text))
  expect(ours).toHaveLength(2)
  expect(new Set((await Promise.all(ours.map((one) => scansIn(house.app.db, one, large)))).flat())).toEqual(new Set())
})
