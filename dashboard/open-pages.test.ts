import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { identify } from '../src/commands/identify.ts'
import { makeSignInLink } from '../src/domain/people/sign-in.actions.ts'
import { sourceBack } from '../src/domain/presence/outage.actions.ts'
import { type RoomId, shortId } from '../src/kernel/ids.ts'
import { ada, ben, studyHall } from '../src/testing/cast.ts'
import { type House, openHouse } from '../src/testing/house.ts'
import { createOpenPages } from './open-pages.ts'
import { createServer } from './server.ts'
import { generous } from './testing/pages.ts'
import { type Visitor, visitor } from './testing/visitor.ts'

let house: House
let server: FastifyInstance
let address: string
let cookie: string
let guest: Visitor
let room: RoomId

beforeAll(async () => {
  house = await openHouse({ connected: true })
  await house.app.write('clock', null, (tx) => sourceBack(tx, { platform: 'web', shard: 0, shardCount: 1 }))
  server = await createServer(house.app, generous)
  address = await server.listen({ host: '127.0.0.1', port: 0 })
  await house.says(ada, 'room create Deep rounds:2', studyHall)
  await house.says(ben, 'room join Deep', studyHall)
  room = (await house.app.db.selectFrom('room').select('id').executeTakeFirstOrThrow()).id
  const { person, workspace } = await identify(house.app, ben)
  const link = `/sign-in/${await house.app.write('clock', null, (tx) => makeSignInLink(tx, person, workspace))}`
  guest = visitor(server)
  await guest.get(link)
  await guest.post(link)
  expect((await guest.get(`/rooms/${room}`)).body).toContain(`here=${shortId(room)}`)
  cookie = [...guest.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
})
afterAll(async () => {
  await server.close()
  await house.close()
})

/** Opens the live stream of the room's page, and closes it by the returned function. */
async function openPage(): Promise<() => void> {
  const closing = new AbortController()
  const stream = await fetch(`${address}/live?rooms=${shortId(room)}&here=${shortId(room)}`, {
    signal: closing.signal,
    headers: { cookie },
  })
  expect(stream.status).toBe(200)
  return () => closing.abort()
}

const benHere = async () => {
  const { person } = await identify(house.app, ben)
  return house.app.db
    .selectFrom('presence_interval')
    .select(['evidence', 'away_since', 'started_at'])
    .where('user_id', '=', person)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
}

const isAway = async () => (await benHere())?.away_since !== null

const counted = async () => {
  const { person } = await identify(house.app, ben)
  const rows = await house.app.db
    .selectFrom('session_history')
    .select('seconds')
    .where('user_id', '=', person)
    .orderBy('started_at')
    .execute()
  return rows.map(({ seconds }) => seconds)
}

it('an open page counts without a press, also through a moment without it', async () => {
  const close = await openPage()
  await expect.poll(async () => (await benHere())?.evidence).toBe('web')
  await house.clock.advance('5m')
  close()
  await expect.poll(isAway).toBe(true)
  await house.clock.advance('40s')
  const again = await openPage()
  await expect.poll(isAway).toBe(false)
  await house.clock.advance('19m 20s')
  expect(await counted()).toEqual([1500])
  again()
  await expect.poll(isAway).toBe(true)
})

it('in the break the page asks how it went', async () => {
  await guest.get(`/rooms/${room}`)
  expect(guest.page()).toContain('How did your focus go?')
  expect((await guest.press('Partly')).body).toContain('Counted: 25 min')
})

it('a closed page ends after a minute, when it closed; from then on they are asked', async () => {
  const closed = (await benHere())?.away_since
  await house.clock.advance('90s')
  expect(await benHere()).toMatchObject({ evidence: 'check-in', started_at: closed })
})

it('of two pages the last one that closes ends it, in whichever process it is open', async () => {
  const close = await openPage()
  await expect.poll(async () => (await benHere())?.evidence).toBe('web')
  const other = await openPage()
  close()
  const elsewhere = createOpenPages(house.app)
  const { person, workspace } = await identify(house.app, ben)
  const leave = await elsewhere.enter({ person, workspace, room })
  await leave()
  await expect.poll(isAway).toBe(false)
  expect(await benHere()).toMatchObject({ evidence: 'web' })
  other()
  await expect.poll(isAway).toBe(true)
})

it('after a short stop whoever is not back was there until the pages were last up', async () => {
  const close = await openPage()
  await expect.poll(isAway).toBe(false)
  const lastSeen = house.clock.now()
  const next = createOpenPages(house.app)
  next.close()
  await house.clock.jump('5m')
  const looking = next.look(new AbortController().signal)()
  await house.clock.jump('1m')
  const write = await looking
  await house.app.write('clock', null, async (tx) => {
    const outage = await sourceBack(tx, next.source)
    expect(outage?.bridged).toBe(true)
    await write(tx, outage)
  })
  expect(await benHere()).toMatchObject({ evidence: 'web', away_since: lastSeen })
  close()
})

it('of a process that died the page ends with its last sign of life, where it is open in no other', async () => {
  const close = await openPage()
  await expect.poll(isAway).toBe(false)
  const [dead, alive] = [createOpenPages(house.app), createOpenPages(house.app)]
  const beats = (...processes: readonly (typeof dead)[]) =>
    house.app.write('clock', null, async (tx) => {
      for (const { source } of processes) await sourceBack(tx, source)
    })
  const { person, workspace } = await identify(house.app, ben)
  await beats(dead, alive)
  close()
  await expect.poll(isAway).toBe(true)
  await dead.enter({ person, workspace, room })
  expect(await isAway()).toBe(false)
  const lastSeen = house.clock.now()
  await house.clock.jump('31s')
  await beats(alive)
  await alive.again()
  expect(await benHere()).toMatchObject({ evidence: 'web', away_since: lastSeen })
  expect(
    await house.app.db
      .selectFrom('pulse')
      .select('process')
      .where('process', '=', dead.source.process ?? '')
      .execute(),
  ).toEqual([])
  const leave = await alive.enter({ person, workspace, room })
  expect(await isAway()).toBe(false)
  await alive.again()
  expect(await isAway()).toBe(false)
  await leave()
})

it('somebody without a seat is seen nowhere by looking', async () => {
  await house.says(ben, 'room leave', studyHall)
  const close = await openPage()
  await house.settle()
  expect(await benHere()).toBeUndefined()
  close()
})
