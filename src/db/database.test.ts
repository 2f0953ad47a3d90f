import { sql } from 'kysely'
import pino from 'pino'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type Clone, cloneDatabase, quiet } from '../testing/postgres.ts'
import { type Database, openDatabase } from './database.ts'

let clone: Clone
let database: Database

beforeAll(async () => {
  clone = await cloneDatabase(inject('postgresUrl'))
  database = await openDatabase({ url: clone.url, pool: 3, waitMilliseconds: 200, statementMilliseconds: 2000 }, quiet)
  await sql`create table thing (id bigint primary key, words text, data jsonb, day date, at timestamptz, tags text[], amount numeric)`.execute(
    database.db,
  )
})
afterAll(async () => {
  await database.close()
  await clone.drop()
})

/** Ends every other session of the database, as a restart of the server does. */
async function cutSessions(): Promise<void> {
  const other = await openDatabase({ url: clone.url, pool: 1 }, quiet)
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
    other.db,
  )
  await other.close()
}

async function insertThing(id: number): Promise<void> {
  await sql`insert into thing (id) values (${id})`.execute(database.db)
}

test('values come back as the kind they are', async () => {
  const at = new Date('2026-03-29T01:30:00.123Z')
  const data = { 이름: '채', list: [1, 'two', null], nested: { deep: true } }
  await sql`insert into thing values (${7}, ${'한글 é'}, ${data}, ${'2026-03-29'}, ${at}, ${['a,b', '"c"']}, ${'1.50'})`.execute(
    database.db,
  )
  const { rows } =
    await sql`select *, jsonb_typeof(data) as kind, (select count(*) from thing) as count, length(words) as length from thing where id = 7`.execute(
      database.db,
    )
  expect(rows).toEqual([
    { id: 7, words: '한글 é', data, day: '2026-03-29', at, tags: ['a,b', '"c"'], amount: '1.50', kind: 'object', count: 1, length: 4 },
  ])
})

test('a bigint beyond 2^53 is an error, never a rounded number', async () => {
  await expect(sql`select 9007199254740993::bigint as big`.execute(database.db)).rejects.toThrow('beyond 2^53')
})

test('JSON text given for jsonb is stored as what it says', async () => {
  const { rows } = await sql`select ${JSON.stringify({ a: 1 })}::jsonb as data`.execute(database.db)
  expect(rows).toEqual([{ data: { a: 1 } }])
})

test('a caller waits for a connection only as long as it may, and the pool goes on', async () => {
  const held = Promise.withResolvers<void>()
  const holders = [1, 2, 3].map(() => database.db.connection().execute(() => held.promise))
  await expect(sql`select 1`.execute(database.db)).rejects.toThrow('No database connection was free for 0.2 seconds')
  const waiter = sql`select 2 as two`.execute(database.db)
  await Promise.resolve()
  expect(database.pool()).toMatchObject({ size: 3, inUse: 3 })
  held.resolve()
  await Promise.all(holders)
  expect((await waiter).rows).toEqual([{ two: 2 }])
  expect(database.pool()).toEqual({ size: 3, inUse: 0, waiting: 0 })
})

test('more callers than connections are all served', async () => {
  const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => sql<{ i: number }>`select ${i}::int as i`.execute(database.db)))
  expect(answers.map(({ rows }) => rows[0]?.i)).toEqual(Array.from({ length: 200 }, (_, i) => i))
})

test('a statement that takes too long is cancelled', async () => {
  await expect(sql`select pg_sleep(10)`.execute(database.db)).rejects.toMatchObject({ code: '57014' })
})

test('a transaction whose failure was swallowed does not pretend to be committed', async () => {
  const deed = database.db.transaction().execute(async (tx) => {
    await sql`insert into thing (id) values (100)`.execute(tx)
    await sql`select 1 / 0`.execute(tx).catch(() => undefined)
  })
  await expect(deed).rejects.toThrow()
  expect((await sql`select id from thing where id = 100`.execute(database.db)).rows).toEqual([])
})

test('idle connections that the server ended are replaced unseen', async () => {
  await Promise.all([1, 2, 3].map(() => sql`select pg_sleep(0.05)`.execute(database.db)))
  await cutSessions()
  await new Promise((resolve) => setTimeout(resolve, 50))
  await insertThing(200)
  expect(database.pool().inUse).toBe(0)
})

test('a read cut off by the server is asked again', async () => {
  const slow = database.db.selectNoFrom(sql<string>`(select 'done' from pg_sleep(0.6))`.as('word')).executeTakeFirstOrThrow()
  await new Promise((resolve) => setTimeout(resolve, 200))
  await cutSessions()
  expect(await slow).toEqual({ word: 'done' })
})

test('a transaction cut off by the server fails whole, the process lives, and the pool goes on', async () => {
  const deed = database.db.transaction().execute(async (tx) => {
    await sql`insert into thing (id) values (300)`.execute(tx)
    await cutSessions()
    await new Promise((resolve) => setTimeout(resolve, 100))
    await sql`insert into thing (id) values (301)`.execute(tx)
  })
  await expect(deed).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
  expect((await sql`select id from thing where id >= 300`.execute(database.db)).rows).toEqual([])
  expect(database.pool()).toEqual({ size: 3, inUse: 0, waiting: 0 })
})

test('connections are renewed after their time', async () => {
  const brief = await openDatabase({ url: clone.url, pool: 1, renewSeconds: 0.1 }, quiet)
  const pid = async () => (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(brief.db)).rows[0]?.pid
  const first = await pid()
  await new Promise((resolve) => setTimeout(resolve, 150))
  expect(await pid()).not.toBe(first)
  await brief.close()
})

test('a slow query is logged without its values', async () => {
  const lines: string[] = []
  const log = pino({}, { write: (line: string) => void lines.push(line) })
  const watched = await openDatabase({ url: clone.url, pool: 1, slowMilliseconds: 50 }, log)
  await sql`select pg_sleep(0.1), ${'a private word'}::text`.execute(watched.db)
  await watched.close()
  expect(lines.join()).toContain('select pg_sleep(0.1), $1::text')
  expect(lines.join()).not.toContain('private')
})

test('listeners hear what a committed transaction said, and go on after the server cut them off', async () => {
  const heard: string[] = []
  const states: Array<() => void> = []
  const next = () => new Promise<void>((resolve) => states.push(resolve))
  const first = next()
  const ear = await database.listen(
    'news',
    (payload) => heard.push(payload),
    () => states.shift()?.(),
  )
  await first
  const again = next()
  await cutSessions()
  await again
  await database.db.transaction().execute((tx) => sql`select pg_notify('news', 'hello')`.execute(tx))
  await expect.poll(() => heard).toEqual(['hello'])
  await ear.close()
})

test.each([
  ['an address where nobody listens', 'postgres://a:secret@127.0.0.1:1/x', "127.0.0.1:1/x can't be reached (ECONNREFUSED)"],
  ['no address', 'nonsense', 'DATABASE_URL is not the address of a database'],
])('%s is refused in one sentence', async (_, url, sentence) => {
  await expect(openDatabase({ url }, quiet)).rejects.toThrow(sentence)
})

test('a wrong password, a missing database and another encoding are refused in one sentence without the password', async () => {
  const wrong = new URL(clone.url)
  wrong.password = 'hunter2'
  await expect(openDatabase({ url: wrong.href }, quiet)).rejects.toThrow(/^The database [^ ]+ refuses the user or the password\.$/)
  const absent = new URL(clone.url)
  absent.pathname = '/absent'
  await expect(openDatabase({ url: absent.href }, quiet)).rejects.toThrow(/absent does not exist\.$/)
  await sql`create database latin encoding 'LATIN1' locale_provider libc locale 'C' template template0`.execute(database.db)
  const latin = new URL(clone.url)
  latin.pathname = '/latin'
  await expect(openDatabase({ url: latin.href }, quiet)).rejects.toThrow('has the encoding LATIN1')
  await sql`drop database latin with (force)`.execute(database.db)
})
