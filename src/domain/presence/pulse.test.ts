import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { after, minutes } from '../../kernel/clock.ts'
import { checkLedger } from '../../ledger.ts'
import { ada, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { voiceBack } from '../voice/look.actions.ts'
import { seeVoice } from '../voice/voice.actions.ts'
import { beat, sourceBack } from './outage.actions.ts'
import { leaveLostPages } from './page.actions.ts'
import { appear } from './presence.actions.ts'
import type { Source } from './source.ts'

/** On two shards the library (900) is heard by shard 0, and so it is on three. */
const shardOf = (shardCount: number, shard = 0): Source => ({ platform: 'discord', shard, shardCount })
const lounge = { id: '700', name: 'Lounge', category: null, isAfk: false }

let house: House
beforeEach(async () => {
  house = await openHouse()
  await house.says(ada, 'settings show', studyHall)
})
afterEach(() => house.close())

const sitting = new Set(['900 101'])
const back = (source: Source, inside: ReadonlySet<string> = sitting) =>
  house.app.write('clock', null, (tx) => voiceBack(tx, source, [], inside))
const sits = (isThere: boolean) =>
  house.app.write('clock', null, (tx) =>
    seeVoice(tx, [
      { server: '900', account: '101', name: 'Ada', channel: isThere ? lounge : null, details: [], at: tx.now, entered: isThere },
    ]),
  )

/** Minutes in which these connections beat, every ten seconds. */
async function alive(length: number, ...sources: readonly Source[]): Promise<void> {
  for (let passed = 0; passed < length * 6; passed += 1) {
    await house.clock.advance('10s')
    for (const source of sources) await house.app.write('clock', null, (tx) => beat(tx, source))
  }
}

const pulses = async () => {
  const rows = await house.app.db.selectFrom('pulse').select(['shard', 'shard_count']).orderBy('shard_count').orderBy('shard').execute()
  return rows.map(({ shard, shard_count }) => `${shard}/${shard_count}`)
}
const outages = async () => {
  const rows = await house.app.db.selectFrom('outage').selectAll().orderBy('started_at').execute()
  return rows.map(({ shard, shard_count, started_at, ended_at }) => [
    `${shard}/${shard_count}`,
    ended_at === null ? null : (ended_at.getTime() - started_at.getTime()) / minutes(1),
  ])
}
const counted = async () =>
  (await house.app.db.selectFrom('session_history').select(['seconds', 'source']).orderBy('completed_at').execute()).map(
    ({ seconds: n, source }) => `${source} ${n / 60}`,
  )
const soundLedger = async (): Promise<void> => {
  const said: string[] = []
  await checkLedger(house.app, false, (line) => said.push(line))
  expect(said).toEqual([])
}

describe('another number of shards', () => {
  it('takes over within seconds, and nobody waits for the shards of before', async () => {
    await back(shardOf(1))
    await house.says(ada, `room create Hall focus:25`, { ...studyHall, voice: lounge.id })
    await alive(10, shardOf(1))
    await back(shardOf(2))
    await back(shardOf(2, 1))
    await alive(60, shardOf(2), shardOf(2, 1))
    expect(await outages()).toEqual([])
    expect(await pulses()).toEqual(['0/2', '1/2'])
    expect(await counted()).toEqual(['room 25', 'room 25'])
    await soundLedger()
  })

  it('sees only its own part: the servers of a shard that is not there yet wait', async () => {
    await back(shardOf(1))
    await sits(true)
    await alive(3, shardOf(1))
    await back(shardOf(2, 1))
    // The library is heard by shard 0 of 2, which never comes: what was there ends with the old shard.
    await alive(20, shardOf(2, 1))
    expect(await counted()).toEqual(['voice 3'])
    expect(await outages()).toEqual([['0/1', null]])
    await back(shardOf(2))
    await sits(true)
    await alive(5, shardOf(2), shardOf(2, 1))
    await sits(false)
    await alive(2, shardOf(2), shardOf(2, 1))
    expect(await counted()).toEqual(['voice 3', 'voice 5'])
    // The outage of the old number lives on in that of the new.
    expect(await outages()).toEqual([['0/2', 20]])
    expect(await pulses()).toEqual(['0/2', '1/2'])
    await soundLedger()
  })

  it('after a long outage asks about the time between, and lets those who are gone leave', async () => {
    await back(shardOf(1))
    await house.says(ada, `room create Hall focus:180`, { ...studyHall, voice: lounge.id })
    await alive(10, shardOf(1))
    await house.clock.advance('40m')
    expect(await counted()).toEqual([])
    await back(shardOf(3), new Set())
    const seats = await house.app.db.selectFrom('participant').select('left_at').execute()
    expect(seats.map(({ left_at }) => left_at)).toEqual([after(house.clock.now(), -minutes(40))])
  })
})

describe('several processes that serve pages', () => {
  const page = (process: string): Source => ({ platform: 'web', shard: 0, shardCount: 1, process })
  const returns = (source: Source) => house.app.write('clock', null, (tx) => sourceBack(tx, source))

  it('are no outage while one of them is alive', async () => {
    await returns(page('one'))
    await returns(page('two'))
    await alive(30, page('two'))
    expect(await outages()).toEqual([])
    expect(await returns(page('one'))).toBeNull()
  })

  it('are one outage when all are gone, since the last of them', async () => {
    await returns(page('one'))
    await returns(page('two'))
    await alive(1, page('two'))
    await house.clock.advance('20m')
    expect(await outages()).toEqual([['0/1', null]])
    const outage = await returns(page('three'))
    expect(outage?.lastSeen).toEqual(after(house.clock.now(), -minutes(20)))
    expect(await outages()).toHaveLength(1)
  })

  it('take over the pages of one that died, and lose them when they die too', async () => {
    for (const name of ['one', 'two', 'three']) await returns(page(name))
    await house.says(ada, 'room create Hall focus:180', studyHall)
    const { room, person } = await house.app.db
      .selectFrom('participant')
      .select(['room_id as room', 'user_id as person'])
      .executeTakeFirstOrThrow()
    const { id: workspace } = await house.app.db.selectFrom('workspace').select('id').executeTakeFirstOrThrow()
    const opensIn = (name: string) =>
      house.app.write('clock', null, (tx) => appear(tx, { person, room, workspace, evidence: 'web', channel: name }))
    const sweepBy = (name: string, isOpen: boolean) =>
      house.app.write('clock', null, (tx) => leaveLostPages(tx, name, { has: () => isOpen }, tx.now, false))
    await opensIn('one')
    await alive(1, page('two'), page('three'))
    await opensIn('two')
    await sweepBy('two', true)
    await sweepBy('three', false)
    const diedAt = house.clock.now()
    await alive(1, page('three'))
    await sweepBy('three', false)
    const open = await house.app.db.selectFrom('presence_interval').selectAll().where('evidence', '=', 'web').executeTakeFirstOrThrow()
    expect(open.away_since).toEqual(diedAt)
  })
})
