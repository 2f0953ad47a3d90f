import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Tx } from '../../kernel/context.ts'
import type { RoomId } from '../../kernel/ids.ts'
import { ada, ben, chae, mo, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { waitsOrEnds } from '../../testing/waits.ts'
import { lockPresence } from '../people/lock.actions.ts'
import { lockRooms } from '../timers/lock.actions.ts'
import { seeVoice } from '../voice/voice.actions.ts'
import { openRoom } from './room.actions.ts'

let house: House
let room: RoomId
beforeEach(async () => {
  house = await openHouse()
  for (const one of [ben, chae, mo]) await house.says(one, 'help', studyHall)
  await house.says(ada, 'room create Hall', studyHall)
  const { id } = await house.app.db.selectFrom('room').select('id').executeTakeFirstOrThrow()
  room = id
})
afterEach(() => house.close())

/** Has `late` begin and wait for the room's lock, while whoever holds it does `first`. */
async function overtake<T>(late: () => Promise<T>, first: (tx: Tx) => Promise<unknown>): Promise<T> {
  const { answer } = await house.app.write('clock', null, async (tx) => {
    await lockRooms(tx, [room])
    const answer = late()
    await waitsOrEnds(house, answer)
    await first(tx)
    return { answer }
  })
  return answer
}

const personCalled = async (name: string) =>
  (await house.app.db.selectFrom('user').select('id').where('display_name', '=', name).executeTakeFirstOrThrow()).id

const sit = (tx: Tx, user_id: Awaited<ReturnType<typeof personCalled>>) =>
  tx.db.insertInto('participant').values({ room_id: room, user_id, joined_at: tx.now, left_at: null }).execute()

it('a ban holds against somebody who was about to join', async () => {
  const user_id = await personCalled('Ben')
  const answer = await overtake(
    () => house.says(ben, 'room join Hall', studyHall),
    (tx) => tx.db.insertInto('room_ban').values({ room_id: room, user_id, banned_by: null, created_at: tx.now }).execute(),
  )
  expect(answer).toContain('Its host keeps you out.')
  expect(await house.says(ada, 'timer status', studyHall)).toContain('Here (1)')
})

it('a room keeps a seat for everyone who came while its seats were changed', async () => {
  const people = [await personCalled('Ben'), await personCalled('채')]
  const answer = await overtake(
    () => house.says(ada, 'room edit capacity:2', studyHall),
    async (tx) => {
      for (const one of people) await sit(tx, one)
    },
  )
  expect(answer).toContain('3 people are here, so the room can’t have fewer seats.')
})

it('a room opens only once nobody holds those who are to sit there', async () => {
  const person = await personCalled('Ben')
  const { id: workspace } = await house.app.db.selectFrom('workspace').select('id').executeTakeFirstOrThrow()
  const { answer } = await house.app.write('clock', null, async (tx) => {
    await lockPresence(tx, person)
    const answer = house.says(ben, 'room create Den', studyHall)
    await waitsOrEnds(house, answer)
    await sql`set local lock_timeout = '500ms'`.execute(tx.db)
    await openRoom({ ...tx, actor: { person, workspace } }, {}, { name: 'Morning', after: null }, 'planned')
    return { answer }
  })
  expect(await answer).toContain('You already have a room here')
})

it('a room that closed meanwhile is not left once more', async () => {
  await house.says(mo, 'room create Next', studyHall)
  const answer = await overtake(
    () => house.says(ada, 'room join Next', studyHall),
    async (tx) => {
      await tx.db.updateTable('participant').set({ left_at: tx.now, is_host: false }).where('room_id', '=', room).execute()
      await tx.db.updateTable('presence_interval').set({ ended_at: tx.now }).where('room_id', '=', room).execute()
      await tx.db.updateTable('room').set({ is_active: false, closed_at: tx.now }).where('id', '=', room).execute()
    },
  )
  expect(answer).toContain('You are in.')
  expect(answer).not.toContain('You left')
  const left = await house.app.db.selectFrom('event').select('type').where('type', '=', 'room.left').execute()
  expect(left).toEqual([])
})

it('an empty room is started by nobody from outside, since it would stop at once', async () => {
  await house.says(ada, 'timer stop', studyHall)
  await house.says(ada, 'room leave', studyHall)
  await house.clock.advance('1h')
  expect(await house.says(mo, 'timer start room:Hall', studyHall)).toContain('You are not in “Hall”. Join it first.\n[Join]')
})

it('a new length reaches no phase of before, also while its end is late', async () => {
  await house.clock.jump('31m')
  await house.says(ada, 'room edit focus:50 break:10', studyHall)
  const phases = await house.app.db.selectFrom('phase').select(['type', 'planned_seconds']).orderBy('started_at').execute()
  expect(phases.map(({ type, planned_seconds }) => [type, planned_seconds / 60])).toEqual([
    ['work', 25],
    ['break', 5],
    ['work', 25],
  ])
})

it('whoever opens a room in the channel that they have just entered stays in it', async () => {
  const channel = { id: '700', name: 'Deep', category: null, isAfk: false }
  const enters = () =>
    house.app.write('clock', null, (tx) =>
      seeVoice(tx, [{ server: '900', account: '102', name: 'Ben', channel, details: [], at: tx.now, entered: true }]),
    )
  const person = await personCalled('Ben')
  const sighting = await house.app.write('clock', null, async (tx) => {
    await lockPresence(tx, person)
    const told = enters()
    await waitsOrEnds(house, told)
    const { id: workspace } = await tx.db.selectFrom('workspace').select('id').where('external_id', '=', '900').executeTakeFirstOrThrow()
    const place = { ...studyHall, voice: channel.id }
    await openRoom({ ...tx, actor: { person, workspace }, place }, { voice: channel.id }, { name: 'Deep', after: null })
    return { told }
  })
  await sighting.told
  await house.clock.advance('2m')
  expect(await house.says(ben, 'timer status', studyHall)).toContain('Here (1): Ben')
})
