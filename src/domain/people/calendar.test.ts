import fc from 'fast-check'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import type { PersonId } from '../../kernel/ids.ts'
import { ada, chae } from '../../testing/cast.ts'
import { type House, monday, openHouse } from '../../testing/house.ts'
import { calendarOf, dayBounds, dayUnder, ownDay } from './calendar.queries.ts'

const quarter = 15 * 60_000
const zones = Intl.supportedValuesOf('timeZone')

describe('in every zone, over both turns of its clock in 2026', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
  })
  afterAll(() => house.close())

  type Piece = { zone: string; start: string; at: Date; day: string; offset: number }

  /** Every quarter of an hour within a day and a half of each turn, with its own day. Zones without turns are looked at around New Year. */
  const piecesAround = async (some: readonly string[], starts: readonly string[]): Promise<readonly Piece[]> => {
    const { rows } = await sql<Piece>`
      with zone as (select name from pg_timezone_names where name = any(${[...some]}::text[])),
        turn as (
          select name, t from (
            select name, t, (t at time zone name) - (t at time zone 'UTC') as off,
              lag((t at time zone name) - (t at time zone 'UTC')) over (partition by name order by t) as before
            from zone, generate_series(timestamptz '2026-01-01 00:00+00', '2026-12-31 00:00+00', interval '1 day') t) x
          where before <> off or t = timestamptz '2026-01-01 00:00+00')
      select turn.name as zone, start as start, at as "at", ${dayUnder(sql`c.at`, 'c')} as day,
        (extract(epoch from (at at time zone turn.name) - (at at time zone 'UTC')) * 1000)::int as "offset"
      from turn cross join unnest(${[...starts]}::text[]) start
      cross join lateral (select at, turn.name as timezone, start::time as day_start
        from generate_series(t - interval '60 hours', t + interval '36 hours', interval '15 minutes') at) c
      order by turn.name, turn.t, start, at`.execute(house.app.db)
    return rows
  }

  /** The day as the rules of Temporal say: the last one that has begun, a beginning that comes twice being the second. */
  const dayByTemporal = (at: Date, zone: string, start: string): string => {
    const moment = Temporal.Instant.fromEpochMilliseconds(at.getTime())
    const date = moment.toZonedDateTimeISO(zone).toPlainDate()
    const begins = (day: Temporal.PlainDate) =>
      day.toPlainDateTime(Temporal.PlainTime.from(start)).toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds
    return (begins(date) <= at.getTime() ? date : date.subtract({ days: 1 })).toString()
  }

  const offsetByTemporal = (at: Date, zone: string): number =>
    Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000

  test('the database knows nearly all zones that Node knows', async () => {
    const { rows } = await sql<{ name: string }>`select name from pg_timezone_names where name = any(${zones}::text[])`.execute(
      house.app.db,
    )
    expect(rows.length).toBeGreaterThan(400)
  })

  test('days follow one another and last as long as the clock says', { timeout: 120_000 }, async () => {
    const lengths = new Map<string, number>()
    for (let n = 0; n < zones.length; n += 40) {
      let last: Piece | null = null
      for (const piece of await piecesAround(zones.slice(n, n + 40), ['00:00', '02:30', '23:45'])) {
        const goesOn =
          last !== null && last.zone === piece.zone && last.start === piece.start && piece.at.getTime() - last.at.getTime() === quarter
        if (goesOn && last !== null && piece.day !== last.day)
          expect(
            Temporal.PlainDate.from(last.day).add({ days: 1 }).toString(),
            `${piece.zone} ${piece.start} ${piece.at.toISOString()}`,
          ).toBe(piece.day)
        const key = `${piece.zone} ${piece.start} ${piece.day} ${goesOn}`
        lengths.set(key, (lengths.get(key) ?? 0) + 1)
        last = piece
      }
    }
    const most = Math.max(...lengths.values())
    expect(lengths.size).toBeGreaterThan(2000)
    expect(most).toBe(26 * 4)
  })

  test('each quarter of an hour belongs to the day that Temporal says', { timeout: 120_000 }, async () => {
    const some = zones.filter((_, n) => n % 7 === 0)
    const pieces = await piecesAround(some, ['00:00', '02:30'])
    // Node and the database may come with different editions of the list of zones.
    const disputed = new Set(pieces.filter(({ zone, at, offset }) => offsetByTemporal(at, zone) !== offset).map(({ zone }) => zone))
    expect(disputed.size).toBeLessThan(10)
    for (const { zone, start, at, day } of pieces.filter((piece) => !disputed.has(piece.zone)))
      expect(`${zone} ${start} ${at.toISOString()} ${day}`).toBe(`${zone} ${start} ${at.toISOString()} ${dayByTemporal(at, zone, start)}`)
  })
})

describe('a person', () => {
  let house: House
  let person: PersonId
  beforeEach(async () => {
    house = await openHouse()
    await house.says(ada, 'settings show')
    person = await idOf('101')
  })
  afterEach(() => house.close())

  const idOf = async (account: string): Promise<PersonId> =>
    (await house.app.db.selectFrom('identity').select('user_id').where('external_id', '=', account).executeTakeFirstOrThrow()).user_id

  /** Something of theirs counted, so that days were lived. */
  const focusOnce = () =>
    sql`insert into session_history (user_id, session_type, seconds, source, started_at, completed_at, earned)
      values (${person}, 'work', 600, 'solo', ${monday}::timestamptz - interval '1 hour', ${monday}, '{}')`.execute(house.app.db)
  const bounds = (day: string) => house.app.read((ctx) => dayBounds(ctx, person, day))
  const today = () => house.app.read((ctx) => ownDay(ctx, person))
  const hoursOf = async (day: string) => {
    const { from, to } = await bounds(day)
    return (to.getTime() - from.getTime()) / 3_600_000
  }

  /** When the day ends for somebody who changes nothing. */
  const usualEnd = async (day: string): Promise<number> => {
    const { timezone, dayStart } = await house.app.read((ctx) => calendarOf(ctx, person))
    const next = Temporal.PlainDate.from(day).add({ days: 1 }).toPlainDateTime(Temporal.PlainTime.from(dayStart))
    return next.toZonedDateTime(timezone, { disambiguation: 'later' }).epochMilliseconds
  }

  it('begins with the best guess of their zone, at four in the morning', async () => {
    expect(await house.app.read((ctx) => calendarOf(ctx, person))).toEqual({ timezone: 'UTC', dayStart: '04:00', next: null })
    await house.says(chae, 'settings show')
    const korean = await idOf('103')
    expect(await house.app.read((ctx) => calendarOf(ctx, korean))).toEqual({ timezone: 'Asia/Seoul', dayStart: '04:00', next: null })
  })

  it('changes everything at once while nothing has counted', async () => {
    await house.says(ada, 'settings set timezone:America/New_York day_start:05:00')
    expect(await house.app.read((ctx) => calendarOf(ctx, person))).toEqual({ timezone: 'America/New_York', dayStart: '05:00', next: null })
    expect((await bounds('2026-03-02')).from).toEqual(new Date('2026-03-02T10:00:00Z'))
  })

  it('keeps the day that is being lived, and counts in the new zone from its end on', async () => {
    await focusOnce()
    const said = await house.says(ada, 'settings set timezone:Asia/Seoul')
    expect(said).toContain('from')
    expect(await bounds('2026-03-02')).toEqual({ from: new Date('2026-03-02T04:00:00Z'), to: new Date('2026-03-03T04:00:00Z') })
    expect(await hoursOf('2026-03-03')).toBe(15)
    expect(await hoursOf('2026-03-04')).toBe(24)
  })

  it('lives a longer day on the way west, even where the new calendar is two days behind', async () => {
    await house.says(ada, 'settings set timezone:Pacific/Kiritimati day_start:00:00')
    await focusOnce()
    expect(await today()).toBe('2026-03-02')
    await house.says(ada, 'settings set timezone:Pacific/Pago_Pago day_start:23:45')
    expect(await hoursOf('2026-03-02')).toBe(24 + 25 + 23.75)
    expect(await hoursOf('2026-03-03')).toBe(24)
  })

  it('loses a whole day over the date line to the east, and says that it lasts no time', async () => {
    await house.says(ada, 'settings set timezone:Pacific/Honolulu')
    await focusOnce()
    await house.says(ada, 'settings set timezone:Pacific/Kiritimati')
    const lost = await bounds('2026-03-02')
    expect(lost.from).toEqual(lost.to)
    expect(await hoursOf('2026-03-01')).toBe(24)
    expect(await hoursOf('2026-03-03')).toBe(24)
  })

  it('gives up a change that still waits for a newer one', async () => {
    await focusOnce()
    await house.says(ada, 'settings set timezone:Asia/Seoul')
    await house.says(ada, 'settings set timezone:UTC')
    expect(await house.app.read((ctx) => calendarOf(ctx, person))).toEqual({ timezone: 'UTC', dayStart: '04:00', next: null })
    expect(await hoursOf('2026-03-03')).toBe(24)
  })

  it('begins days on quarters of an hour, in zones that both Node and the database know', async () => {
    for (const [typed, start] of [
      ['5:30', '05:30'],
      ['"5시 반"', '05:30'],
      ['6', '06:00'],
      ['06:15', '06:15'],
    ])
      expect(await house.says(ada, `settings set day_start:${typed}`)).toContain(start)
    for (const [city, zone] of [
      ['서울', 'Asia/Seoul'],
      ['seoul', 'Asia/Seoul'],
      ['"San Francisco"', 'America/Los_Angeles'],
      ['뉴욕', 'America/New_York'],
      ['"new york"', 'America/New_York'],
      ['utc', 'UTC'],
    ])
      expect(await house.says(ada, `settings set timezone:${city}`)).toContain(zone)
    expect(await house.says(ada, 'settings set day_start:24')).toContain('no time of day')
    expect(await house.says(ada, 'settings set day_start:04:10')).toContain('quarter of an hour')
    expect(await house.says(ada, 'settings set timezone:Mars/Olympus')).toContain('no time zone')
    await house.says(ada, 'settings set timezone:asia/seoul')
    expect((await house.app.read((ctx) => calendarOf(ctx, person))).timezone).toBe('Asia/Seoul')
  })

  it('never lives a day twice, nor a lived day shortened, wherever they travel', { timeout: 120_000 }, async () => {
    await focusOnce()
    const far = [
      'UTC',
      'Asia/Seoul',
      'America/New_York',
      'Pacific/Kiritimati',
      'Pacific/Pago_Pago',
      'Antarctica/Troll',
      'Asia/Kathmandu',
      'Etc/GMT+12',
    ]
    const journey = fc.record({
      zone: fc.oneof(fc.constantFrom(...far), fc.constantFrom(...zones)),
      start: fc.constantFrom('00:00', '00:30', '02:15', '04:00', '12:00', '23:45'),
      later: fc.integer({ min: 1, max: 60 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(journey, { minLength: 2, maxLength: 4 }), async (journeys) => {
        for (const { zone, start, later } of journeys) {
          const day = await today()
          const lived = await bounds(day)
          const end = await usualEnd(day)
          await house.says(ada, `settings set timezone:${zone} day_start:${start}`)
          const still = await bounds(day)
          expect(await today()).toBe(day)
          expect(still.from).toEqual(lived.from)
          expect(still.to.getTime()).toBeGreaterThanOrEqual(end)
          await house.clock.jump(`${later}h`)
        }
        const { rows } = await sql<{ backwards: number; odd: number }>`
          select count(*) filter (where day < before) as backwards, count(*) filter (where extract(epoch from at)::bigint % 900 <> 0) as odd from (
            select at, ${dayUnder(sql`at`, 'c')} as day, lag(${dayUnder(sql`at`, 'c')}) over (order by at) as before
            from generate_series(date_bin('15 minutes', ${house.clock.now()}::timestamptz, timestamptz '2000-01-01') - interval '12 days',
              ${house.clock.now()}::timestamptz + interval '6 days', interval '15 minutes') at
            cross join lateral (select timezone, day_start from user_calendar where user_id = ${person} and effective_from <= at
              order by effective_from desc limit 1) c) x`.execute(house.app.db)
        expect(rows[0]).toEqual({ backwards: 0, odd: 0 })
      }),
      { numRuns: 25 },
    )
  })
})
