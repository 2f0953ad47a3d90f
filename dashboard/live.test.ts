import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Bus } from '../src/bus/bus.ts'
import { makeSignInLink } from '../src/domain/people/sign-in.actions.ts'
import { openHome } from '../src/domain/workspaces/workspace.actions.ts'
import { shortId } from '../src/kernel/ids.ts'
import { type House, openHouse } from '../src/testing/house.ts'
import { createServer } from './server.ts'
import { generous } from './testing/pages.ts'
import { visitor } from './testing/visitor.ts'

let house: House
let server: FastifyInstance
let address: string
/** How many ears the pages have on the bus. */
let listening = 0

beforeAll(async () => {
  house = await openHouse()
  const listen: Bus['listen'] = (topic, hear) => {
    const stop = house.app.bus.listen(topic, hear)
    listening += 1
    return () => {
      listening -= 1
      stop()
    }
  }
  server = await createServer({ ...house.app, bus: { ...house.app.bus, listen } }, generous)
  address = await server.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await server.close()
  await house.close()
})

async function signedIn() {
  const { owner, workspace } = await house.app.write('clock', null, openHome)
  const link = `/sign-in/${await house.app.write('clock', null, (tx) => makeSignInLink(tx, owner, workspace))}`
  const guest = visitor(server)
  await guest.get(link)
  await guest.post(link)
  await guest.post('/console', { line: 'room create' })
  const { id } = await house.app.db.selectFrom('room').select('id').executeTakeFirstOrThrow()
  return { cookie: [...guest.cookies].map(([name, value]) => `${name}=${value}`).join('; '), room: id }
}

it('forgets a browser that left, also one that left before it was heard', async () => {
  const { cookie, room } = await signedIn()
  const ask = (signal: AbortSignal) => fetch(`${address}/live?rooms=${shortId(room)}`, { signal, headers: { cookie } })
  const stays = new AbortController()
  const stream = await ask(stays.signal)
  expect(stream.status).toBe(200)
  expect(listening).toBe(2)

  const leaves = new AbortController()
  const early = house.app.write('clock', null, async (tx) => {
    await sql`lock table room in access exclusive mode`.execute(tx.db)
    const asked = ask(leaves.signal)
    await wait(300)
    leaves.abort()
    await expect(asked).rejects.toThrow()
    await wait(100)
  })
  await early
  stays.abort()
  await expect.poll(() => listening, { timeout: 4000 }).toBe(0)
  await wait(300)
  expect(listening).toBe(0)
})
