import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { identify } from '../../commands/identify.ts'
import type { Caller } from '../../commands/perform.ts'
import { after, minutes } from '../../kernel/clock.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { ada, ben, chae, dev, mo, root } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { recordSessions } from '../sessions/session.actions.ts'
import { othersStats } from './others.queries.ts'
import { ownStats } from './own.queries.ts'

let house: House
/** A Wednesday. */
beforeEach(async () => {
  house = await openHouse({ start: new Date('2026-03-04T09:00:00Z') })
})
afterEach(() => house.close())

const personOf = async (caller: Caller): Promise<PersonId> => (await identify(house.app, caller)).person

/** So many minutes of focus from a moment on, as the person says. */
async function focuses(
  caller: Caller,
  from: string,
  length: number,
  more: { readonly aim?: string; readonly subject?: string } = {},
): Promise<void> {
  const known = await identify(house.app, caller)
  const begin = new Date(from)
  await house.app.write(known, null, (tx) =>
    recordSessions(tx, [
      {
        person: known.person,
        source: 'self-reported',
        from: begin,
        to: after(begin, minutes(length)),
        workspace: known.workspace,
        ...more,
      },
    ]),
  )
}

const statsOf = async (caller: Caller, period: Parameters<typeof ownStats>[2] = 'week') => {
  const known = await identify(house.app, caller)
  return house.app.read((ctx) => ownStats(ctx, known.person, period), { actor: known, place: null })
}

describe('sums of one person', () => {
  test('a week begins on Monday at the person’s own start of the day', async () => {
    await focuses(ada, '2026-03-02T03:00:00Z', 30)
    await focuses(ada, '2026-03-02T05:00:00Z', 45)
    const { week } = await statsOf(ada)
    expect(week).toMatchObject({ seconds: 45 * 60, lastSeconds: 30 * 60, sessions: 1 })
    expect(week.days.map(({ day }) => day)).toEqual(['02', '03', '04', '05', '06', '07', '08'].map((day) => `2026-03-${day}`))
  })

  test('days are those of the person’s zone: Sunday night in London is Monday in Seoul', async () => {
    for (const who of [ada, chae]) await focuses(who, '2026-03-01T22:00:00Z', 60)
    expect((await statsOf(ada)).week).toMatchObject({ seconds: 0, lastSeconds: 3600 })
    expect((await statsOf(chae)).week).toMatchObject({ seconds: 3600, lastSeconds: 0 })
    expect((await statsOf(chae)).hours[7]).toBe(3600)
  })

  test('a session over the border of two weeks is split to the second', async () => {
    await focuses(ada, '2026-03-02T03:50:00Z', 30)
    expect((await statsOf(ada)).week).toMatchObject({ seconds: 20 * 60, lastSeconds: 10 * 60, sessions: 1 })
  })

  test('each period has its own sum, and the one before it', async () => {
    await focuses(ada, '2025-03-04T10:00:00Z', 10)
    await focuses(ada, '2026-01-15T10:00:00Z', 20)
    await focuses(ada, '2026-02-10T10:00:00Z', 30)
    await focuses(ada, '2026-03-03T10:00:00Z', 40)
    await focuses(ada, '2026-03-04T06:00:00Z', 50)
    const sums = async (period: Parameters<typeof ownStats>[2]) => {
      const { total, before } = await statsOf(ada, period)
      return [total.seconds / 60, before === null ? null : before.seconds / 60]
    }
    expect(await sums('day')).toEqual([50, 40])
    expect(await sums('week')).toEqual([90, 0])
    expect(await sums('month')).toEqual([90, 30])
    expect(await sums('year')).toEqual([140, 10])
    expect(await sums('all')).toEqual([150, null])
    const { months, year, since } = await statsOf(ada)
    expect(months.map(({ seconds }) => seconds / 60)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 20, 30, 90])
    expect([...year.days]).toEqual([
      ['2026-01-15', 1200],
      ['2026-02-10', 1800],
      ['2026-03-03', 2400],
      ['2026-03-04', 3000],
    ])
    expect(since).toBe('2025-03-04')
  })

  test('what was brought from another bot is in sums and the heat map', async () => {
    const person = await personOf(ada)
    await house.app.db
      .insertInto('user_day')
      .values({ user_id: person, day: '2026-02-01', imported_seconds: 7200, hours: Array.from({ length: 24 }, () => 0) })
      .execute()
    const { total, year } = await statsOf(ada, 'year')
    expect(total).toEqual({ seconds: 7200, sessions: 0, days: 1 })
    expect(year.days.get('2026-02-01')).toBe(7200)
  })

  test('time goes into subjects and aims, the largest first', async () => {
    await focuses(ada, '2026-03-03T10:00:00Z', 20, { subject: 'maths', aim: 'exercise 4' })
    await focuses(ada, '2026-03-03T12:00:00Z', 40, { subject: 'physics' })
    expect((await statsOf(ada)).topics).toEqual({
      room: [],
      subject: [
        { name: 'physics', seconds: 2400 },
        { name: 'maths', seconds: 1200 },
      ],
      aim: [{ name: 'exercise 4', seconds: 1200 }],
    })
  })
})

describe('the sum of everybody here', () => {
  test('is shown from five members on', async () => {
    for (const who of [ada, ben, chae, mo]) await focuses(who, '2026-03-03T10:00:00Z', 15)
    expect((await statsOf(ada)).here).toBeNull()
    await focuses(root, '2026-03-03T10:00:00Z', 15)
    expect((await statsOf(ada)).here).toEqual({ name: 'The Library', seconds: 75 * 60 })
  })

  test('is not shown on Slack', async () => {
    await focuses(dev, '2026-03-03T10:00:00Z', 15)
    expect((await statsOf(dev)).here).toBeNull()
  })
})

describe('the answer', () => {
  test('says the finding, and the same numbers in words', async () => {
    await focuses(ada, '2026-02-24T10:00:00Z', 60)
    await focuses(ada, '2026-03-02T10:00:00Z', 90)
    const answer = await house.says(ada, 'stats')
    expect(answer).toContain('1 h 30 min this week, 30 min more than last')
    expect(answer).toContain('Mon 2 March | 1 h 30 min')
    expect(await house.says(chae, '통계 기간:올해')).toContain('올해 아직 기록이 없어요')
  })
})

describe('what others see', () => {
  beforeEach(async () => {
    await house.says(ben, 'settings show')
    await focuses(ben, '2026-03-03T10:00:00Z', 75)
  })
  const asks = (who: Caller) => house.says(who, 'stats @Ben')
  const mentions = (who: Caller) => house.says(who, 'stats <@102>')
  /** What is said of a name that nobody bears. */
  const nobody = async (who: Caller) => (await house.says(who, 'stats @Bex')).replace('Bex', 'Ben')

  test('is the total of the week and the streak', async () => {
    await house.says(ada, 'settings show')
    const answer = await asks(ada)
    expect(answer).toContain('This week: 1 h 15 min')
    expect(answer).toContain('Streak: 1 day')
    expect(answer).not.toContain('Tuesday')
  })

  test.each(['me', 'friends'])('is nothing where the person shows it to %s', async (visibility) => {
    await house.does(ben, 'settings set', { visibility })
    expect(await asks(ada)).toBe(await nobody(ada))
    expect(await mentions(ada)).toContain('Somebody shows no stats here.')
    expect(await house.says(ben, 'stats @Ben')).toContain('1 h 15 min')
  })

  test('is nothing where the workspace keeps its people to themselves, which is said of nobody in particular', async () => {
    await house.app.db.updateTable('workspace').set({ others_stats: false }).execute()
    const off = await asks(ada)
    expect(off).toContain('Nobody sees the stats of others here')
    await house.does(ben, 'settings set', { visibility: 'me' })
    expect([await asks(ada), await mentions(ada)]).toEqual([await nobody(ada), off])
  })

  test('can’t be told apart: hidden, never used, and never seen', async () => {
    await house.does(ben, 'settings set', { visibility: 'me' })
    const own = [await asks(ada), await mentions(ada)]
    await house.does(ben, 'settings set', { visibility: 'everyone' })
    await house.app.db.updateTable('user').set({ first_used_at: null }).where('display_name', '=', 'Ben').execute()
    expect([await asks(ada), await mentions(ada)]).toEqual(own)
    expect(own).toEqual([await nobody(ada), await house.says(ada, 'stats <@190>')])
  })

  test('is nothing from another workspace', async () => {
    const stranger: Caller = {
      sighting: { platform: 'discord', externalId: '777', displayName: 'Else', locale: null, timezone: null },
      workspace: { platform: 'discord', externalId: '901', name: 'Elsewhere', role: 'member' },
    } as const
    const person = await personOf(ben)
    const known = await identify(house.app, stranger)
    expect(await house.app.read((ctx) => othersStats(ctx, person), { actor: known, place: null })).toBeNull()
  })
})

describe('the weekly note', () => {
  const told = async () =>
    (await house.app.db.selectFrom('event').select(['type', 'data']).where('type', '=', 'week.over').execute()).map(({ data }) => data)

  test('comes on Monday at 9:00 in the person’s own zone, once, and only to those who want it', async () => {
    for (const who of [chae, ada]) await focuses(who, '2026-03-03T10:00:00Z', 75)
    await house.does(chae, 'settings set', { weekly_note: 'yes' })
    await house.clock.advance('86h 30m')
    expect(await told()).toEqual([])
    await house.clock.advance('30m')
    await house.clock.advance('1h')
    await house.clock.advance('26h')
    expect(await told()).toMatchObject([{ person: await personOf(chae), week: '2026-03-02' }])
  })

  test('a week without focus is not told, and nothing comes after it was turned off', async () => {
    await house.does(ada, 'settings set', { weekly_note: 'yes' })
    await house.clock.jump('130h')
    await house.tick()
    expect(await told()).toEqual([])
    await focuses(ada, '2026-03-09T12:00:00Z', 30)
    await house.does(ada, 'settings set', { weekly_note: 'no' })
    await house.clock.jump('200h')
    await house.tick()
    expect(await told()).toEqual([])
  })

  test('whoever was away for weeks is told of the last one alone', async () => {
    await house.does(ada, 'settings set', { weekly_note: 'yes' })
    for (const day of ['05', '12', '19']) await focuses(ada, `2026-03-${day}T12:00:00Z`, 30)
    await house.clock.jump(`${19 * 24}h`)
    await house.tick()
    expect(await told()).toMatchObject([{ week: '2026-03-16' }])
  })
})
