import { afterEach, describe, expect, it } from 'vitest'
import { asMuchAsFits } from '../../kernel/portion.ts'
import { typedTime } from '../../kernel/zones.ts'
import { ada, chae, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { openDue } from './due.actions.ts'

let house: House
afterEach(() => house.close())

/** When the rooms opened, as the clocks of the zone showed it, and whether their timers started at that very moment. */
async function opened(zone: string): Promise<readonly string[]> {
  const rows = await house.app.db
    .selectFrom('reservation_occurrence as o')
    .innerJoin('event as e', 'e.room_id', 'o.room_id')
    .select(['o.opened_at', 'o.starts_at', 'o.late'])
    .distinct()
    .where('o.state', '=', 'opened')
    .where('e.type', '=', 'timer.moved')
    .whereRef('e.created_at', '=', 'o.opened_at')
    .orderBy('o.opened_at')
    .execute()
  expect(rows.every(({ opened_at, starts_at, late }) => !late && opened_at?.getTime() === starts_at.getTime())).toBe(true)
  return rows.map(({ starts_at }) => typedTime(starts_at, zone))
}

const days = async (count: number): Promise<void> => {
  for (let day = 0; day < count; day++) await house.clock.advance('24h')
}

const newYork = 'America/New_York'

describe('a reservation opens on time', () => {
  it('daily over the spring turn of New York, also at the time that it skips', async () => {
    house = await openHouse({ start: new Date('2026-03-06T12:00:00Z') })
    await house.does(ada, 'settings set', { timezone: newYork })
    await house.does(ada, 'reserve create', { at: '2026-03-07 02:30', repeat: 'daily', name: 'Night' }, studyHall)
    await house.does(ada, 'reserve create', { at: '2026-03-07 09:00', repeat: 'daily', name: 'Morning' }, studyHall)
    await days(4)
    expect(await opened(newYork)).toEqual([
      '2026-03-07 02:30',
      '2026-03-07 09:00',
      '2026-03-08 03:00',
      '2026-03-08 09:00',
      '2026-03-09 02:30',
      '2026-03-09 09:00',
      '2026-03-10 02:30',
    ])
  })

  it('once at the time that comes twice on the autumn turn of New York, weekly and daily', async () => {
    house = await openHouse({ start: new Date('2026-10-24T12:00:00Z') })
    await house.does(ada, 'settings set', { timezone: newYork })
    await house.does(ada, 'reserve create', { at: '2026-10-25 01:30', repeat: 'weekly', name: 'Night' }, studyHall)
    await house.does(ada, 'reserve create', { at: '2026-10-30 09:00', repeat: 'daily', name: 'Morning' }, studyHall)
    await days(9)
    expect(await opened(newYork)).toEqual([
      '2026-10-25 01:30',
      '2026-10-30 09:00',
      '2026-10-31 09:00',
      '2026-11-01 01:30',
      '2026-11-01 09:00',
    ])
    const first = new Date('2026-11-01T05:30:00Z')
    const nights = await house.app.db.selectFrom('reservation_occurrence').select('starts_at').where('starts_at', '=', first).execute()
    expect(nights).toHaveLength(1)
  })

  it('in Seoul, whose clocks never turn, while those of others do', async () => {
    house = await openHouse({ start: new Date('2026-03-06T12:00:00Z') })
    await house.does(chae, 'reserve create', { at: '2026-03-07 09:00', repeat: 'weekdays', name: '아침' }, studyHall)
    await days(5)
    expect(await opened('Asia/Seoul')).toEqual(['2026-03-09 09:00', '2026-03-10 09:00', '2026-03-11 09:00'])
    expect((await opened('UTC')).map((time) => time.slice(11))).toEqual(['00:00', '00:00', '00:00'])
  })

  it('monthly on the 31st, on the last day of shorter months, in Seoul and New York', async () => {
    house = await openHouse({ start: new Date('2026-01-30T20:00:00Z') })
    await house.does(ada, 'settings set', { timezone: newYork })
    await house.does(ada, 'reserve create', { at: '2026-01-31 09:00', repeat: 'monthly', name: 'Month', remind: '0' }, studyHall)
    await house.does(chae, 'reserve create', { at: '2026-01-31 21:00', repeat: 'monthly', name: '달', remind: '0' }, studyHall)
    for (const next of ['2026-01-31T15:00:00Z', '2026-02-28T15:00:00Z', '2026-03-31T15:00:00Z', '2026-04-30T15:00:00Z']) {
      const hours = Math.ceil((new Date(next).getTime() - house.clock.now().getTime()) / 3_600_000)
      await house.clock.advance(`${hours}h`)
    }
    const all = await opened(newYork)
    expect(all.filter((time) => time.endsWith('09:00'))).toEqual([
      '2026-01-31 09:00',
      '2026-02-28 09:00',
      '2026-03-31 09:00',
      '2026-04-30 09:00',
    ])
    expect((await opened('Asia/Seoul')).filter((time) => time.endsWith('21:00'))).toEqual([
      '2026-01-31 21:00',
      '2026-02-28 21:00',
      '2026-03-31 21:00',
      '2026-04-30 21:00',
    ])
  })

  it('by another worker where the first one died before it could commit, once', async () => {
    house = await openHouse()
    await house.does(ada, 'reserve create', { at: 'in 1 hour', name: 'Morning' }, studyHall)
    await house.clock.jump('1h')
    const killed = house.app.write('clock', null, async (tx) => {
      await openDue(tx, asMuchAsFits)
      throw new Error('killed')
    })
    await expect(killed).rejects.toThrow('killed')
    expect(await house.app.db.selectFrom('room').select('id').execute()).toEqual([])
    await Promise.all([house.tick(), house.tick()])
    expect(await house.app.db.selectFrom('room').select('id').execute()).toHaveLength(1)
    expect(await opened('UTC')).toEqual(['2026-03-02 10:00'])
  })
})
