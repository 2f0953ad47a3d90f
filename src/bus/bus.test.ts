import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { openDatabase } from '../db/database.ts'
import { describeWith } from '../testing/describe-with.ts'
import { cloneDatabase, quiet } from '../testing/postgres.ts'
import type { Bus } from './bus.ts'
import { postgresBus } from './postgres.ts'
import { redisBus } from './redis.ts'

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function overPostgres(): Promise<Bus> {
  const clone = await cloneDatabase(inject('postgresUrl'))
  ends.push(clone.drop)
  const database = await openDatabase({ url: clone.url }, quiet)
  ends.push(database.close)
  return postgresBus(database)
}

/** A Redis of the test's own on a free port, and how to end it. */
async function startRedis(path: string, port: number): Promise<() => Promise<void>> {
  const redis = spawn(path, ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' })
  return async () => {
    redis.kill('SIGTERM')
    await once(redis, 'exit')
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Whispers until it is heard: one may be lost, the next is not. */
async function hears(mouth: Bus, heard: () => number): Promise<void> {
  const before = heard()
  for (let tries = 0; heard() === before && tries < 100; tries += 1) {
    await mouth.whisper(['room:1', 'room:2'])
    await wait(50)
  }
  expect(heard()).toBeGreaterThan(before)
}

async function proves(mouth: Bus, ear: Bus): Promise<() => number> {
  let heard = 0
  let others = 0
  const stop = ear.listen('room:2', () => {
    heard += 1
  })
  ear.listen('room:3', () => {
    others += 1
  })
  await hears(mouth, () => heard)
  expect(others).toBe(0)
  ends.unshift(async () => stop())
  return () => heard
}

describe('the bus', () => {
  it('carries whispers between processes over PostgreSQL, to those who listen to the topic', async () => {
    const bus = await overPostgres()
    ends.push(bus.close)
    await proves(bus, bus)
  })

  it('splits a crowd of topics to what one notification holds', async () => {
    const bus = await overPostgres()
    ends.push(bus.close)
    const topics = Array.from({ length: 1000 }, () => `room:${crypto.randomUUID()}`)
    const heard = new Set<string>()
    for (const topic of topics) bus.listen(topic, () => heard.add(topic))
    await bus.whisper(topics)
    await expect.poll(() => heard.size).toBe(1000)
  })
})

describeWith('redis-server', 'the bus over Redis', (path) => {
  it('carries whispers, and again after Redis was away', async () => {
    const port = await freePort()
    const stop = await startRedis(path, port)
    const [mouth, ear] = await Promise.all([redisBus(`redis://127.0.0.1:${port}`, quiet), redisBus(`redis://127.0.0.1:${port}`, quiet)])
    ends.push(mouth.close, ear.close)
    const heard = await proves(mouth, ear)
    await stop()
    await mouth.whisper(['room:2'])
    ends.push(await startRedis(path, port))
    await hears(mouth, heard)
  })
})
