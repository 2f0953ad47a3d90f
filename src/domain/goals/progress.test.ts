import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { after, days, hours, minutes } from '../../kernel/clock.ts'
import { daysAfter, weekdayOf } from '../../kernel/dates.ts'
import type { PersonId, SessionId } from '../../kernel/ids.ts'
import { sampleReader } from '../../screens/gallery.ts'
import { noticeOf } from '../../screens/notices.ts'
import { ada, ben } from '../../testing/cast.ts'
import { type House, monday, openHouse } from '../../testing/house.ts'
import { plainText } from '../../testing/plain.ts'
import { recordSessions, retractSessions } from '../sessions/session.actions.ts'
import { protectPassedDays } from './outage.actions.ts'
import { standingsByDays, writtenStandings } from './standing.actions.ts'
import { streakOf } from './streak.queries.ts'

const idOf = async (house: House, account: string): Promise<PersonId> =>
  (await house.app.db.selectFrom('identity').select('user_id').where('external_id', '=', account).executeTakeFirstOrThrow()).user_id

/** So many minutes told of the day `ago` days before Monday 2 March, from eleven in the morning on. */
const told = async (house: House, person: PersonId, ago: number, length: number): Promise<SessionId> => {
  const from = after(monday, hours(2) - days(ago))
  const session = { person, source: 'self-reported', from, to: after(from, minutes(length)) } as const
  const [id] = await house.app.write('clock', null, (tx) => recordSessions(tx, [session]))
  if (id === undefined) throw new Error('nothing was recorded')
  return id
}

const eventsOf = async (house: House, type: string): Promise<readonly object[]> =>
  (await house.app.db.selectFrom('event').select('data').where('type', '=', type).orderBy('id').execute()).map(({ data }) => data)

describe('a streak', () => {
  let house: House
  let person: PersonId
  beforeEach(async () => {
    house = await openHouse()
    await house.says(ada, 'settings show')
    person = await idOf(house, '101')
  })
  afterEach(() => house.close())

  const streak = () => house.app.read((ctx) => streakOf(ctx, person))
  const strip = async () => (await streak()).strip.map(({ kind }) => kind)

  it('counts days with ten minutes in a row, today included once it has them', async () => {
    await told(house, person, 2, 10)
    await told(house, person, 1, 9)
    expect(await streak()).toMatchObject({ current: 1, best: 1, today: false, freezesLeft: 1 })
    await told(house, person, 1, 1)
    expect(await streak()).toMatchObject({ current: 2, best: 2, today: false, freezesLeft: 2 })
    await told(house, person, 0, 25)
    expect(await streak()).toMatchObject({ current: 3, best: 3, today: true })
    expect((await strip()).slice(-4)).toEqual(['missed', 'counted', 'counted', 'counted'])
  })

  it('survives two missed days of a month by itself, and says so when it goes on', async () => {
    for (const ago of [20, 18, 16]) await told(house, person, ago, 10)
    expect(await eventsOf(house, 'streak.kept')).toEqual([])
    for (const ago of [3, 2]) await told(house, person, ago, 10)
    await told(house, person, 0, 10)
    expect(await streak()).toMatchObject({ current: 3, best: 3, freezesLeft: 1 })
    expect(await eventsOf(house, 'streak.kept')).toMatchObject([{ person, days: 3, frozen: ['2026-03-01'] }])
  })

  it('takes no freeze for a streak that ends anyway', async () => {
    await told(house, person, 10, 10)
    await told(house, person, 1, 10)
    expect(await streak()).toMatchObject({ current: 1, best: 1, freezesLeft: 2 })
    expect((await strip()).filter((kind) => kind === 'freeze')).toEqual([])
  })

  it('goes on over rest days, which count from the day after they were chosen', async () => {
    await house.says(ada, 'goal rest weekday:sunday')
    await house.says(ada, 'goal rest weekday:monday')
    await told(house, person, 0, 10)
    await house.clock.jump('168h')
    for (let ago = -1; ago >= -5; ago -= 1) await told(house, person, ago, 10)
    expect((await strip()).slice(-8)).toEqual(['counted', 'counted', 'counted', 'counted', 'counted', 'counted', 'rest', 'today'])
    expect(await streak()).toMatchObject({ current: 6, freezesLeft: 2 })
  })

  it('is protected on the days of a long outage of a place the person belongs to', async () => {
    await told(house, person, 3, 10)
    await told(house, person, 1, 10)
    expect(await streak()).toMatchObject({ current: 2, freezesLeft: 2 })
    expect((await strip()).slice(-4)).toEqual(['counted', 'freeze', 'counted', 'today'])
    const over = new Date('2026-02-28T12:00:00Z')
    const protect = async (platform: 'discord' | 'slack', length: number) => {
      const outage = { platform, started_at: after(over, -minutes(length)), ended_at: over }
      const { id } = await house.app.db.insertInto('outage').values(outage).returning('id').executeTakeFirstOrThrow()
      await house.app.write('clock', null, (tx) => protectPassedDays(tx, id))
    }
    await protect('slack', 60)
    await protect('discord', 14)
    expect((await strip()).at(-3)).toBe('freeze')
    await protect('discord', 15)
    expect((await strip()).at(-3)).toBe('outage')
    expect(await streak()).toMatchObject({ current: 2, freezesLeft: 2 })
  })

  it('asks nothing of a day that a journey cut short', async () => {
    await house.says(ada, 'settings set timezone:Pacific/Honolulu')
    await told(house, person, 1, 10)
    await told(house, person, 0, 10)
    await house.says(ada, 'settings set timezone:Pacific/Kiritimati')
    await house.clock.jump('60h')
    for (const ago of [-1, -2]) await told(house, person, ago, 10)
    expect((await strip()).slice(-5)).toEqual(['counted', 'travel', 'counted', 'counted', 'today'])
    expect(await streak()).toMatchObject({ current: 4, freezesLeft: 2 })
  })

  it('is worked out anew when an old day changes, up and down', async () => {
    for (const ago of [6, 5, 1, 0]) await told(house, person, ago, 10)
    expect(await streak()).toMatchObject({ current: 2, best: 2 })
    const found = await told(house, person, 3, 10)
    expect(await streak()).toMatchObject({ current: 5, best: 5 })
    await house.app.write('clock', null, (tx) => retractSessions(tx, [found]))
    expect(await streak()).toMatchObject({ current: 2, best: 2 })
  })
})

describe('goals', () => {
  let house: House
  let person: PersonId
  beforeEach(async () => {
    house = await openHouse()
    await house.says(ada, 'settings show')
    person = await idOf(house, '101')
  })
  afterEach(() => house.close())

  it('that nobody set are reached without a word', async () => {
    await told(house, person, 0, 120)
    expect(await eventsOf(house, 'goal.reached')).toEqual([])
    expect(await house.app.db.selectFrom('goal_reached').select('amount').execute()).toEqual([{ amount: 120 }])
  })

  it('that are set after the usual ones were reached are told, and count once', async () => {
    for (const length of [100, 5, 5, 5, 10]) await told(house, person, 0, length)
    await house.clock.jump('1m')
    await house.says(ada, 'goal set daily_time:180 weekly_sessions:8')
    for (const length of [50, 5]) await told(house, person, 0, length)
    expect(await eventsOf(house, 'goal.reached')).toMatchObject([{ person, kind: 'day', period: '2026-03-02', amount: 180 }])
    for (const length of [5, 5]) await told(house, person, 0, length)
    expect(await eventsOf(house, 'goal.reached')).toMatchObject([{ kind: 'day' }, { person, kind: 'week', amount: 8 }])
    await house.clock.jump('1m')
    await house.says(ada, 'goal set daily_time:190 weekly_sessions:10')
    for (const length of [5, 5]) await told(house, person, 0, length)
    expect(await eventsOf(house, 'goal.reached')).toHaveLength(2)
    expect(
      await house.app.db.selectFrom('achievement_count').select('count').where('cause', 'in', ['day-goals', 'week-goals']).execute(),
    ).toEqual([{ count: 1 }, { count: 1 }])
  })

  it('are told once a day and once a week', async () => {
    await house.says(ada, 'goal set daily_time:120 weekly_sessions:5')
    await told(house, person, 0, 119)
    expect(await eventsOf(house, 'goal.reached')).toEqual([])
    await told(house, person, 0, 1)
    const more = await told(house, person, 0, 60)
    await house.app.write('clock', null, (tx) => retractSessions(tx, [more]))
    await told(house, person, 0, 60)
    expect(await eventsOf(house, 'goal.reached')).toMatchObject([{ person, kind: 'day', period: '2026-03-02', amount: 120 }])
    for (const length of [5, 5]) await told(house, person, 0, length)
    expect(await eventsOf(house, 'goal.reached')).toMatchObject([{ kind: 'day' }, { kind: 'week', period: '2026-03-02', amount: 5 }])
  })

  it('and saved streaks are told in the person’s language', async () => {
    await house.says(ada, 'goal set daily_time:120')
    for (const ago of [3, 2]) await told(house, person, ago, 10)
    await told(house, person, 0, 120)
    const events = await house.app.db
      .selectFrom('event')
      .select('id')
      .where('type', 'in', ['goal.reached', 'streak.kept'])
      .orderBy('id')
      .execute()
    const notices = await Promise.all(events.map(({ id }) => house.app.read((ctx) => noticeOf(ctx, id, person))))
    const read = notices.map((screen) => screen && plainText(screen, sampleReader('ko')))
    expect(read).toEqual([expect.stringContaining('2시간 집중'), expect.stringContaining('3월 1일 (일)에는 연속 보호')])
  })

  it('of long ago are reached without a word', async () => {
    await house.says(ada, 'goal set daily_time:120')
    await told(house, person, 9, 200)
    expect(await eventsOf(house, 'goal.reached')).toEqual([])
    expect(await house.app.db.selectFrom('goal_reached').select(['kind', 'period_start']).execute()).toEqual([
      { kind: 'day', period_start: '2026-02-21' },
    ])
  })

  it('follow what was chosen, from the day it was chosen on', async () => {
    await house.says(ada, 'goal set daily_time:30 weekly_sessions:2')
    await told(house, person, 1, 30)
    await told(house, person, 0, 30)
    await told(house, person, 0, 30)
    expect(await eventsOf(house, 'goal.reached')).toMatchObject([
      { kind: 'day', amount: 30, period: '2026-03-02' },
      { kind: 'week', amount: 2 },
    ])
  })
})

describe('whatever is counted and taken back, in any order', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
    await house.says(ada, 'settings show')
    await house.says(ben, 'settings show')
  })
  afterAll(() => house.close())

  /** The rules once more, in the plainest way: day by day from the first to the last. */
  function plainly(seconds: ReadonlyMap<string, number>, restsFrom: (day: string) => readonly number[]) {
    const counted = [...seconds].filter(([, all]) => all >= 600).map(([day]) => day)
    const ends = counted.toSorted()
    let [streak, best, from, kept] = [0, 0, null as string | null, [] as string[]]
    const frozen: string[] = []
    for (let day = ends[0] ?? ''; day !== '' && day <= (ends.at(-1) ?? ''); day = daysAfter(day, 1)) {
      if (counted.includes(day)) {
        if (streak === 0) from = day
        streak += 1
        best = Math.max(best, streak)
        frozen.push(...kept)
        kept = []
      } else if (!restsFrom(day).includes(weekdayOf(day)) && streak > 0) {
        kept.push(day)
        const month = day.slice(0, 7)
        if ([...frozen, ...kept].filter((one) => one.startsWith(month)).length > 2) {
          streak = 0
          kept = []
        }
      }
    }
    return { days: streak, best, from, last: ends.at(-1) ?? null, frozen }
  }

  test('what is written down is what the days say, and what the rules say', { timeout: 120_000 }, async () => {
    const deed = fc.record({ ago: fc.integer({ min: 0, max: 45 }), length: fc.constantFrom(4, 6, 10, 25), undo: fc.boolean() })
    const rest = fc.subarray([1, 2, 3, 4, 5, 6, 7], { maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 30 }), rest, async (deeds, weekdays) => {
        const person = await idOf(house, '101')
        await sql`delete from rest_days`.execute(house.app.db)
        const restFrom = daysAfter('2026-03-02', -20)
        await sql`insert into rest_days values (${person}, ${restFrom}, ${weekdays}::int[], ${monday})`.execute(house.app.db)
        const recorded: SessionId[] = []
        for (const { ago, length, undo } of deeds) {
          const taken = undo ? recorded.shift() : undefined
          if (taken !== undefined) await house.app.write('clock', null, (tx) => retractSessions(tx, [taken]))
          else recorded.push(await told(house, person, ago, length))
        }
        const written = (await house.app.read((ctx) => writtenStandings(ctx, [person]))).get(person)
        const [byDays] = await house.app.read((ctx) => standingsByDays(ctx, [person]))
        expect(written).toEqual({ ...byDays, over: [] })
        const all = await house.app.db.selectFrom('user_day').select(['day', 'focus_seconds']).where('user_id', '=', person).execute()
        const { frozen, ...streak } = plainly(new Map(all.map((one) => [one.day, one.focus_seconds])), (day) =>
          day >= restFrom ? weekdays : [],
        )
        if (streak.last !== null) expect(written?.streak).toEqual(streak)
        const kept = await house.app.db
          .selectFrom('streak_day')
          .select(['day', 'kind'])
          .where('user_id', '=', person)
          .orderBy('day')
          .execute()
        expect(kept).toEqual(byDays?.over)
        expect(kept.filter(({ kind }) => kind === 'freeze').map(({ day }) => day)).toEqual(frozen)
        await house.app.write('clock', null, (tx) => retractSessions(tx, recorded))
      }),
      { numRuns: 30 },
    )
  })
})
