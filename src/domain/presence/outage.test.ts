import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '../../commands/perform.ts'
import { after, minutes } from '../../kernel/clock.ts'
import type { PersonId, RoomId } from '../../kernel/ids.ts'
import { checkLedger } from '../../ledger.ts'
import { ada, ben, mo, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { vacate } from '../rooms/seat.actions.ts'
import { creditSeen, type Outage, sourceBack } from './outage.actions.ts'
import { appear } from './presence.actions.ts'

const discord = { platform: 'discord', shard: 0, shardCount: 1 } as const
const lounge = { ...studyHall, voice: '700' }
let house: House
beforeEach(async () => {
  house = await openHouse()
  await seen()
})
afterEach(() => house.close())

/** The connection is there, and these people are no longer in the voice channel: as a surface says it. */
const seen = (...gone: readonly (readonly [RoomId, PersonId])[]): Promise<Outage | null> =>
  house.app.write('clock', null, async (tx) => {
    const outage = await sourceBack(tx, discord)
    const at = outage?.lastSeen ?? tx.now
    await vacate(
      tx,
      gone.map(([room, person]) => ({ room, person, at })),
      'voice',
    )
    await creditSeen(tx, discord)
    return outage
  })

/** Minutes in which the connection beats all along. */
async function alive(length: number): Promise<void> {
  await house.app.db
    .updateTable('pulse')
    .set({ seen_at: after(house.clock.now(), minutes(length)) })
    .execute()
  await house.clock.advance(`${length}m`)
}

/** Minutes in which nobody sees anything: phases end, nobody is heard. */
const blind = (by: string): Promise<void> => house.clock.advance(by)

const idOf = async (caller: Caller): Promise<PersonId> => {
  const external_id = 'sighting' in caller ? caller.sighting.externalId : ''
  const row = await house.app.db.selectFrom('identity').select('user_id').where('external_id', '=', external_id).executeTakeFirstOrThrow()
  return row.user_id
}
const credit = async () => {
  const rows = await house.app.db
    .selectFrom('session_history as h')
    .innerJoin('user as u', 'u.id', 'h.user_id')
    .select(['u.display_name as name', 'h.seconds', 'h.source'])
    .orderBy('h.completed_at')
    .orderBy('name')
    .execute()
  return rows.map(({ name, seconds: n, source }) => `${name} ${n / 60} ${source}`)
}
async function open(): Promise<RoomId> {
  await house.says(ada, 'room create Hall focus:25', lounge)
  await house.says(ben, 'room join Hall', lounge)
  const { id } = await house.app.db.selectFrom('room').select('id').executeTakeFirstOrThrow()
  return id
}
const pressed = async (what: string, caller: Caller): Promise<string> => {
  const { id } = await house.app.db
    .selectFrom('outage_gap')
    .select('id')
    .where('user_id', '=', await idOf(caller))
    .executeTakeFirstOrThrow()
  return house.says(caller, `${what} gap:${id}`, studyHall)
}
const soundLedger = async (): Promise<void> => {
  const said: string[] = []
  await checkLedger(house.app, false, (line) => said.push(line))
  expect(said).toEqual([])
}

describe('an outage of ten minutes', () => {
  it('is bridged for whoever is still there, and said on the panel for one phase', async () => {
    const room = await open()
    await alive(20)
    await blind('10m')
    expect(await credit()).toEqual([])
    const outage = await seen([room, await idOf(ben)])
    expect(outage).toMatchObject({ bridged: true, lastSeen: after(house.clock.now(), -minutes(10)) })
    // Ada is credited across it, Ben up to when he was last seen.
    expect(await credit()).toEqual(['Ben 20 room', 'Ada 25 room'])
    expect(await house.says(ada, 'timer status', studyHall)).toContain('I could not see anyone for 10 min just now.')
    await alive(26)
    expect(await house.says(ada, 'timer status', studyHall)).not.toContain('Out of sight')
    await soundLedger()
  })
  it('waits for no longer than a quarter of an hour, whoever died', async () => {
    await open()
    await alive(20)
    await blind('14m')
    expect(await credit()).toEqual([])
    await blind('1m')
    expect(await credit()).toEqual(['Ada 20 room', 'Ben 20 room'])
    await soundLedger()
  })
})

describe('an outage of forty minutes', () => {
  /** Seen until 20 minutes into the focus of 25; seen again 40 minutes later, 5 minutes into the third focus. */
  async function longOne(): Promise<RoomId> {
    const room = await open()
    await alive(20)
    await blind('40m')
    await seen()
    const { workspace_id } = await house.app.db.selectFrom('room').select('workspace_id').where('id', '=', room).executeTakeFirstOrThrow()
    for (const caller of [ada, ben]) {
      const person = await idOf(caller)
      await house.app.write('clock', null, (tx) => appear(tx, { person, room, evidence: 'voice', workspace: workspace_id, channel: '700' }))
    }
    return room
  }
  it('says that nothing is asked where nobody was out of sight', async () => {
    await open()
    expect(await house.says(ada, 'focus kept', studyHall)).toContain('There is nothing to answer')
  })
  it('ends presence where it was last seen, and asks those who are seen again', async () => {
    await longOne()
    expect(await credit()).toEqual(['Ada 20 room', 'Ben 20 room'])
    await house.settle()
    expect(await pressed('focus kept', ada)).toContain('Counted: 30 min, as you told it.')
    expect(await pressed('focus kept', ada)).toContain('That was answered already.')
    expect(await credit()).toEqual(['Ada 20 room', 'Ben 20 room', 'Ada 30 self-reported'])
    await soundLedger()
  })
  it('is counted for all by a moderator, in public, and by nobody else', async () => {
    const room = await longOne()
    const { id } = await house.app.db.selectFrom('outage').select('id').where('ended_at', 'is not', null).executeTakeFirstOrThrow()
    expect(await house.says(ben, `focus credit room:${room} outage:${id}`, studyHall)).toContain('Only moderators')
    const answer = await house.does(mo, 'focus credit', { room, outage: id }, studyHall)
    expect([answer.outcome, answer.audience]).toEqual(['done', 'channel'])
    expect(await house.says(mo, `focus credit room:${room} outage:${id}`, studyHall)).toContain('nobody left to count it for')
    expect(await pressed('focus kept', ben)).toContain('That was answered already.')
    expect(await credit()).toEqual(['Ada 20 room', 'Ben 20 room', 'Ada 30 self-reported', 'Ben 30 self-reported'])
    await soundLedger()
  })
})

it('a connection that beats is not looked for again', async () => {
  const at = house.clock.now()
  expect(await seen()).toBeNull()
  await house.clock.advance('1m')
  expect((await seen())?.lastSeen).toEqual(at)
})
