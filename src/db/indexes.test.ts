import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { works } from '../clockwork.ts'
import type { Caller } from '../commands/perform.ts'
import { peopleInRooms } from '../domain/rooms/people.queries.ts'
import { listRooms } from '../domain/rooms/room.queries.ts'
import type { PersonId, RoomId, WorkspaceId } from '../kernel/ids.ts'
import { fill, filledIds } from '../testing/fill.ts'
import { type House, openHouse } from '../testing/house.ts'
import { isStatement, scansIn, tablesFrom, tooMany } from '../testing/scans.ts'
import { type Asked, watchQueries } from '../testing/watch-queries.ts'

const rooms = 6000
let house: House
let asked: readonly Asked[]
let large: ReadonlySet<string>

beforeAll(async () => {
  house = await openHouse()
  await fill(house.app.db, { workspaces: 150, rooms, people: 3, past: 2, endsAt: house.clock.now(), overSeconds: rooms })
  large = await tablesFrom(house.app.db, tooMany)
  asked = watchQueries(house.app.database)
}, 120_000)
afterAll(() => house.close())

/** Whoever sits in room 8; `stranger` is seen for the first time. */
const insider: Caller = callerCalled('802', 'Person 8.2')
const stranger: Caller = callerCalled('999999', 'Stranger')
const place = { platform: 'discord', channel: 'channel 8' } as const

function callerCalled(externalId: string, displayName: string): Caller {
  return {
    sighting: { platform: 'discord', externalId, displayName, locale: null, timezone: null },
    workspace: { platform: 'discord', externalId: '8', name: 'Server 8', role: 'member' },
  }
}

const sees = async <T>(look: (who: { person: PersonId; workspace: WorkspaceId }) => Promise<T>): Promise<T> => {
  const { db } = house.app
  const [row] = await db.selectNoFrom([filledIds.person(8, 2).as('person'), filledIds.workspace(8).as('workspace')]).execute()
  return look({ person: row?.person as PersonId, workspace: row?.workspace as WorkspaceId })
}

const acts: Readonly<Record<string, () => Promise<unknown>>> = {
  'my room': () => house.does(insider, 'timer status', {}, place),
  'a room by name': () => house.does(insider, 'room info', { room: 'Room 158' }, place),
  'the rooms of a place, for somebody new': () => house.does(stranger, 'timer status', {}, place),
  'a page of active rooms': () => house.does(insider, 'room list', {}, place),
  'active rooms by what is typed': () => sees((actor) => house.app.read((ctx) => listRooms(ctx, { typed: 'room 3' }), { actor })),
  'participants of a room': () => house.app.read((ctx) => peopleInRooms(ctx, ['0198c0de-0000-7000-8000-000000000001' as RoomId], 10)),
  'joining a room': () => house.does(insider, 'room join', { room: 'Room 158' }, place),
  'leaving a room': () => house.does(insider, 'room leave', {}, place),
  'opening a room': () => house.does(stranger, 'room create', { name: 'New' }, place),
  'moving a timer, and its credit': () => house.does(stranger, 'timer skip', {}, place),
  'closing a room': () => house.does(stranger, 'room close', {}, place),
  'what follows from events, Slack homes included': async () => {
    await house.does(insider, 'room join', { room: 'Room 158' }, place)
    await house.settle()
  },
  'what is due next': () => Promise.all(works.map((work) => house.app.read((ctx) => work.next(ctx)))),
  'phases that end, with their credit': async () => {
    await house.clock.jump('1m')
    await house.tick()
    await house.settle()
  },
  'recent sessions of a person': () =>
    sees(({ person }) =>
      house.app.db
        .selectFrom('session_history')
        .selectAll()
        .where('user_id', '=', person)
        .orderBy('completed_at', 'desc')
        .limit(10)
        .execute(),
    ),
}

describe('on a filled database every hot query finds its rows by an index', () => {
  test.each(Object.entries(acts))('%s', { timeout: 60_000 }, async (_, act) => {
    const before = asked.length
    await act()
    const ours = asked.slice(before).filter(isStatement)
    expect(ours.length).toBeGreaterThan(0)
    expect(new Set((await Promise.all(ours.map((one) => scansIn(house.app.db, one, large)))).flat())).toEqual(new Set())
  })
})
