import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { asMuchAsFits } from '../../kernel/portion.ts'
import { checkLedger } from '../../ledger.ts'
import { ada, ben, chae, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { waitsOrEnds } from '../../testing/waits.ts'
import { openDue } from '../reservations/due.actions.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

/** How rooms and plans are called. */
const names = async (): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string }>`select room_name as name from room union all select name from room_reservations`.execute(
    house.app.db,
  )
  return rows.map(({ name }) => name)
}
const days = () => house.app.db.selectFrom('workspace_day').select(['seconds', 'sessions']).execute()
const sees = (visibility: 'everyone' | 'friends' | 'me') => house.does(ada, 'settings set', { visibility }, studyHall)
/** Every total follows from the sessions. */
const isWhole = async (): Promise<void> => {
  const said: string[] = []
  await checkLedger(house.app, false, (sentence) => said.push(sentence))
  expect(said).toEqual([])
}

it('takes what somebody focused out of the totals of the workspace, and brings it back', async () => {
  await house.says(ada, 'focus start minutes:20', studyHall)
  await house.says(ben, 'focus start minutes:30', studyHall)
  await house.clock.advance('30m')
  expect(await days()).toEqual([{ seconds: 3000, sessions: 2 }])
  await sees('me')
  expect(await days()).toEqual([{ seconds: 1800, sessions: 1 }])
  await isWhole()
  await house.says(ada, 'focus start minutes:10', studyHall)
  await house.clock.advance('10m')
  expect(await days()).toEqual([{ seconds: 1800, sessions: 1 }])
  await sees('friends')
  expect(await days()).toEqual([{ seconds: 3600, sessions: 3 }])
  await sees('everyone')
  expect(await days()).toEqual([{ seconds: 3600, sessions: 3 }])
  await isWhole()
})

it('counts what was recorded of a stranger from their first use on', async () => {
  await house.says(ada, 'room create Hall', { ...studyHall, company: [{ externalId: '102', displayName: 'Ben' }] })
  await house.clock.advance('25m')
  await house.says(ada, 'timer stop', studyHall)
  // As if they had been seen in voice all along.
  await house.app.db.updateTable('presence_interval').set({ last_sign_at: house.clock.now(), evidence: 'check-in' }).execute()
  await house.says(ada, 'room close', studyHall)
  const [before] = await days()
  expect(before).toMatchObject({ seconds: 1500, sessions: 1 })
  await house.says(ben, 'stats', studyHall)
  expect(await days()).toEqual([{ seconds: 3000, sessions: 2 }])
  await isWhole()
})

it('takes the name off open rooms that bear it by default, and draws their panels again', async () => {
  await house.says(ada, 'room create', studyHall)
  const state = () =>
    house.app.db
      .selectFrom('room')
      .innerJoin('timer', 'timer.room_id', 'room.id')
      .select(['room_name as name', 'version'])
      .executeTakeFirstOrThrow()
  const before = await state()
  expect(before.name).toBe('Ada’s room')
  await sees('me')
  const after = await state()
  expect(after.name).toBe('Focus room')
  expect(after.version).toBeGreaterThan(before.version)
  expect(await house.says(chae, 'room list', studyHall)).not.toContain('Ada')
})

it('takes the name off plans that bear it by default', async () => {
  await house.says(ada, 'reserve create "tomorrow 9am" with:<@102>', studyHall)
  await house.says(ada, 'reserve create "tomorrow 3pm" name:"Greek with Ada"', studyHall)
  expect(await house.says(ben, 'reserve list', studyHall)).toContain('Ada’s room')
  await sees('friends')
  expect(await house.says(ben, 'reserve list', studyHall)).toContain('Focus room')
  expect(await house.says(ben, 'reserve list', studyHall)).not.toContain('Ada')
  expect(await house.says(ada, 'reserve list', studyHall)).toContain('Greek with Ada')
})

it('takes a name off that is theirs no more', async () => {
  await house.says(ada, 'room create', studyHall)
  await house.says(ada, 'reserve create "tomorrow 9am"', studyHall)
  const adele = {
    ...ada,
    sighting: { platform: 'discord', externalId: '101', displayName: 'Adele', locale: 'en', timezone: null },
  } as const
  await house.does(adele, 'settings set', { visibility: 'me' }, studyHall)
  expect(await names()).toEqual(['Focus room', 'Focus room'])
})

it('takes the name off a room that has another owner by now, and off what is planned there', async () => {
  await house.says(ada, 'room create', studyHall)
  await house.says(ben, 'room join "Ada’s room"', studyHall)
  await house.says(ada, 'room transfer @Ben', studyHall)
  await house.says(ben, 'reserve create "tomorrow 9am" where:"Ada’s room"', studyHall)
  expect(await names()).toEqual(['Ada’s room', 'Ada’s room'])
  await sees('me')
  expect(await names()).toEqual(['Focus room', 'Focus room'])
})

it('takes the name off a plan that was cancelled, which its card goes on showing', async () => {
  await house.says(ada, 'reserve create "tomorrow 9am"', studyHall)
  await house.says(ada, 'reserve cancel "Ada’s room" sure:yes', studyHall)
  await sees('me')
  expect(await names()).toEqual(['Focus room'])
})

it('takes the name off a room that a reservation opens meanwhile', async () => {
  await house.says(ada, 'reserve create "in 1 hour"', studyHall)
  await house.clock.jump('1h')
  const { hidden } = await house.app.write('clock', null, async (tx) => {
    await openDue(tx, asMuchAsFits)
    const hidden = sees('me')
    await waitsOrEnds(house, hidden)
    return { hidden }
  })
  await hidden
  expect(await names()).toEqual(['Focus room', 'Focus room'])
})

it('takes the name off a plan that is over, of which no date is left to be told', async () => {
  await house.says(ada, 'reserve create "in 1 hour" focus:25', studyHall)
  await house.clock.advance('2h')
  await sees('me')
  await house.settle()
  expect(await names()).toEqual(['Focus room', 'Focus room'])
  const { rows } = await sql`select output from queue.job where output is not null`.execute(house.app.db)
  expect(rows).toEqual([])
})

it('leaves a name that was chosen, and opens new rooms without one', async () => {
  await house.says(ada, 'room create', studyHall)
  await house.says(ada, 'room edit name:"Ada’s roommates"', studyHall)
  await sees('me')
  expect(await house.says(chae, 'room list', studyHall)).toContain('Ada’s roommates')
  await house.says(ada, 'room close', studyHall)
  expect(await house.says(ada, 'room create', studyHall)).toContain('Focus room')
  expect(await house.says(ben, 'room create', studyHall)).toContain('Ben’s room')
})

it('says without a name who alone may do something', async () => {
  await house.says(ada, 'room create Hall', studyHall)
  await house.says(ben, 'room join Hall', studyHall)
  await sees('me')
  expect(await house.says(ben, 'timer pause', studyHall)).toContain('Only the host can pause.')
  expect(await house.says(ben, 'room close', studyHall)).toContain('Only the host can do that.')
  await house.says(chae, 'room join Hall', studyHall)
  expect(await house.says(chae, 'timer pause', studyHall)).toContain('방장만 멈출 수 있어요.')
})
