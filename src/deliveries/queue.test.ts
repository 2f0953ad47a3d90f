import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { sql } from 'kysely'
import { TestClock } from 'pg-boss'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { type Database, openDatabase } from '../db/database.ts'
import { newId } from '../kernel/ids.ts'
import { type Clone, cloneDatabase, quiet } from '../testing/postgres.ts'
import { type NewJob, openQueue, type Queue } from './queue.ts'

const queues = [
  { name: 'plain', order: 'any', attempts: 2 },
  { name: 'panel', order: 'once' },
  { name: 'lines', order: 'strict', attempts: 2 },
  { name: 'doomed', order: 'any' },
] as const

let clone: Clone
let database: Database
let queue: Queue

beforeAll(async () => {
  clone = await cloneDatabase(inject('postgresUrl'))
  database = await openDatabase({ url: clone.url, pool: 20 }, quiet)
  await sql`create table mark (words text)`.execute(database.db)
})
afterAll(async () => {
  await database.close()
  await clone.drop()
})
beforeEach(async () => {
  await sql`truncate mark`.execute(database.db)
  queue = openQueue({ database, log: quiet, queues })
  await queue.start()
})
afterEach(async () => {
  await queue.stop()
  await sql`truncate queue.job`.execute(database.db)
})

const add = (...jobs: NewJob[]): Promise<void> => database.db.transaction().execute((tx) => queue.insert(tx, jobs))
const marks = async (): Promise<string[]> =>
  (await sql<{ words: string }>`select words from mark order by words`.execute(database.db)).rows.map(({ words }) => words)

test('a rollback tells nobody, a commit tells once', async () => {
  const heard: object[] = []
  await queue.work('plain', {}, async ({ data }) => void heard.push(data))
  const cancelled = database.db.transaction().execute(async (tx) => {
    await queue.insert(tx, [{ queue: 'plain', data: { n: 1 } }])
    throw new Error('changed my mind')
  })
  await expect(cancelled).rejects.toThrow('changed my mind')
  await add({ queue: 'plain', data: { n: 2 } })
  await queue.idle()
  expect(heard).toEqual([{ n: 2 }])
})

test('what a transactional handler writes and the completion are one: a failing job leaves nothing, its neighbours stay', async () => {
  let failures = 0
  await queue.workInTransaction<{ n: number }>('plain', { batch: 10 }, async (tx, jobs) => {
    for (const { data } of jobs) await sql`insert into mark (words) values (${`job ${data.n}`})`.execute(tx)
    if (jobs.every(({ data, attempt }) => data.n !== 2 || attempt > 1)) return
    failures++
    throw new Error('not yet')
  })
  await add(...[1, 2, 3].map((n) => ({ queue: 'plain', data: { n } })))
  await expect.poll(marks, { timeout: 8000 }).toEqual(['job 1', 'job 2', 'job 3'])
  await queue.idle()
  expect(await marks()).toEqual(['job 1', 'job 2', 'job 3'])
  // Once with the others, once alone.
  expect(failures).toBe(2)
})

test('a statement that fails inside a transactional handler does not spoil the batch', async () => {
  await queue.workInTransaction<{ n: number }>('plain', { batch: 10 }, async (tx, jobs) => {
    for (const { data } of jobs) await sql`insert into mark (words) values (${`job ${data.n}`})`.execute(tx)
    if (jobs.some(({ data }) => data.n === 1)) await sql`select 1 / 0`.execute(tx)
  })
  await add(...[1, 2].map((n) => ({ queue: 'plain', data: { n } })))
  await expect.poll(() => queue.failed(), { timeout: 8000 }).toMatchObject([{ queue: 'plain', data: { n: 1 }, why: 'division by zero' }])
  expect(await marks()).toEqual(['job 2'])
})

test('the jobs of a killed worker come back', { timeout: 40_000 }, async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'doomed-worker.ts'), clone.url], { stdio: 'inherit' })
  await add({ queue: 'doomed', data: { n: 1 } })
  await expect.poll(marks, { timeout: 10_000 }).toEqual(['began {"n":1}'])
  child.kill('SIGKILL')
  const taken: number[] = []
  await queue.work('doomed', {}, async ({ attempt }) => void taken.push(attempt))
  await expect.poll(() => taken, { timeout: 25_000 }).toEqual([2])
  await queue.idle()
  expect(taken).toEqual([2])
})

test('asked five times, drawn once; asked while drawing, drawn once more and never twice at once', async () => {
  const draw = { queue: 'panel', data: {}, key: 'room' }
  for (let i = 0; i < 5; i++) await add(draw)
  const begun = Promise.withResolvers<void>()
  const finish = Promise.withResolvers<void>()
  let drawn = 0
  let drawing = 0
  let most = 0
  await queue.work('panel', { concurrency: 3 }, async () => {
    drawn++
    most = Math.max(most, ++drawing)
    begun.resolve()
    await finish.promise
    drawing--
  })
  await begun.promise
  for (let i = 0; i < 3; i++) await add(draw)
  expect(drawn).toBe(1)
  finish.resolve()
  await queue.idle()
  expect({ drawn, most }).toEqual({ drawn: 2, most: 1 })
})

test('jobs of one key run in the order they were added, a failure included', { timeout: 30_000 }, async () => {
  const line = (key: string, n: number): NewJob => ({ queue: 'lines', key, data: { key, n } })
  await add(...Array.from({ length: 20 }, (_, n) => [line('a', n), line('b', n)]).flat())
  for (let n = 20; n < 25; n++) await add(line('a', n))
  const said: Record<string, number[]> = { a: [], b: [] }
  await queue.work<{ key: string; n: number }>('lines', { concurrency: 4 }, async ({ data, attempt }) => {
    if (data.key === 'a' && data.n === 3 && attempt === 1) throw new Error('rate limit')
    said[data.key]?.push(data.n)
  })
  await expect.poll(() => (said.a?.length ?? 0) + (said.b?.length ?? 0), { timeout: 20_000 }).toBe(45)
  expect(said.a).toEqual(Array.from({ length: 25 }, (_, n) => n))
  expect(said.b).toEqual(Array.from({ length: 20 }, (_, n) => n))
})

test('what finally failed is written down, and its key goes on', { timeout: 30_000 }, async () => {
  const said: string[] = []
  await queue.work<{ words: string }>('lines', {}, async ({ data }) => {
    if (data.words === 'bad') throw new Error('gone for good')
    said.push(data.words)
  })
  await add(...['bad', 'good'].map((words) => ({ queue: 'lines', key: 'channel', data: { words } })))
  await expect.poll(() => said, { timeout: 10_000 }).toEqual(['good'])
  expect(await queue.failed()).toMatchObject([{ queue: 'lines', key: 'channel', data: { words: 'bad' }, why: 'gone for good' }])
})

test('a postponed job waits as long as it asked, and those behind it wait too', async () => {
  const said: string[] = []
  await queue.work<{ words: string }>('lines', {}, async ({ data, attempt }) => {
    if (data.words === 'first' && attempt === 1) return { later: 60_000 }
    said.push(data.words)
  })
  await add(...['first', 'second'].map((words) => ({ queue: 'lines', key: 'channel', data: { words } })))
  await queue.idle()
  const { rows } = await sql`
    select round(extract(epoch from start_after - created_on)) between 59 and 70 as waits from queue.job where state = 'retry'`.execute(
    database.db,
  )
  expect(rows).toEqual([{ waits: true }])
})

test('a queue that keeps an order refuses jobs without a key', async () => {
  await expect(add({ queue: 'lines', data: {} })).rejects.toThrow('need a key')
})

test('ids made together sort in the order they were made, and are version 7', () => {
  const ids = Array.from({ length: 20_000 }, () => newId<string>())
  expect(ids.toSorted()).toEqual(ids)
  expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true)
})

/** Its timers stand still, so that nobody polls: only NOTIFY can start a job. */
test('NOTIFY alone starts a job, and a moved clock starts those whose time has come', async () => {
  const own = await cloneDatabase(inject('postgresUrl'))
  const other = await openDatabase({ url: own.url, pool: 10 }, quiet)
  const start = new Date('2031-01-01T00:00:00Z')
  const clock = new TestClock(start)
  const still = openQueue({ database: other, log: quiet, queues, clock })
  await still.start()
  const heard: string[] = []
  await still.work<{ words: string }>('plain', {}, async ({ data }) => void heard.push(data.words))
  await still.idle()
  const inAnHour = new Date(start.getTime() + 3_600_000)
  await other.db.transaction().execute((tx) =>
    still.insert(tx, [
      { queue: 'plain', data: { words: 'now' } },
      { queue: 'plain', data: { words: 'in an hour' }, startAfter: inAnHour },
    ]),
  )
  await expect.poll(() => heard).toEqual(['now'])
  await clock.setTime(inAnHour.getTime() - 1000)
  await clock.tick(0)
  await still.idle()
  expect(heard).toEqual(['now'])
  await clock.setTime(inAnHour)
  await still.idle()
  expect(heard).toEqual(['now', 'in an hour'])
  await still.stop()
  await other.close()
  await own.drop()
})
