import { afterAll, beforeAll, expect, test } from 'vitest'
import { bareServer } from './bare-server.ts'
import { type House, openHouse } from './testing/house.ts'

let house: House
let connected = true
let server: ReturnType<typeof bareServer>

beforeAll(async () => {
  house = await openHouse({ env: { PORT: '0' } })
  server = bareServer(house.app, {
    mounts: [{ prefix: '/slack', handle: (_request, response) => void response.writeHead(202).end('theirs') }],
    parts: [{ name: 'discord', healthy: () => connected }],
  })
  await server.start()
})
afterAll(async () => {
  await server.stop()
  await house.close()
})

test('says that the process lives', async () => {
  const response = await fetch(`${server.address}/health`)
  expect(response.status).toBe(200)
})

test('is ready when the database, the queue and every part are', async () => {
  const response = await fetch(`${server.address}/ready`)
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ status: 'ready', parts: { database: 'ready', queue: 'ready', discord: 'ready' } })
})

test('waits for a part that is down', async () => {
  connected = false
  const response = await fetch(`${server.address}/ready`)
  expect(response.status).toBe(503)
  expect(await response.json()).toMatchObject({ status: 'waiting', parts: { discord: 'down' } })
})

test('lets a surface answer below its path, and nobody elsewhere', async () => {
  expect((await fetch(`${server.address}/slack/events`)).status).toBe(202)
  expect((await fetch(`${server.address}/rooms`)).status).toBe(404)
})
