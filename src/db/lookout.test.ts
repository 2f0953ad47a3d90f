import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type Clone, cloneDatabase, quiet } from '../testing/postgres.ts'
import { type Database, openDatabase } from './database.ts'

let clone: Clone
let database: Database
beforeAll(async () => {
  clone = await cloneDatabase(inject('postgresUrl'))
  database = await openDatabase({ url: clone.url, pool: 2, statementMilliseconds: 2000 }, quiet)
})
afterAll(async () => {
  await database.close()
  await clone.drop()
})

const number = async (n: number): Promise<number | undefined> =>
  (await sql<{ n: number }>`select ${n}::int as n`.execute(database.lookout)).rows[0]?.n

test('everyone gets their own answer, however many ask at once', async () => {
  const numbers = Array.from({ length: 500 }, (_, n) => n)
  expect(await Promise.all(numbers.map(number))).toEqual(numbers)
})

test('a statement that fails spoils none of its neighbours', async () => {
  const failing = Array.from({ length: 10 }, () => sql`select 1 / 0`.execute(database.lookout))
  const answers = await Promise.allSettled([...failing, ...Array.from({ length: 40 }, (_, n) => number(n))])
  expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(10)
  expect(answers.slice(10)).toEqual(Array.from({ length: 40 }, (_, value) => ({ status: 'fulfilled', value })))
})

test('a read cut off by the server is asked again, and later ones find new connections', async () => {
  const asked = database.lookout.selectNoFrom(sql<string>`pg_sleep(0.5)::text`.as('slept')).execute()
  await expect
    .poll(async () => {
      const { rows } = await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query like '%pg_sleep%' and pid <> pg_backend_pid()`.execute(database.db)
      return rows.length
    })
    .toBe(1)
  expect(await asked).toEqual([{ slept: '' }])
  expect(await Promise.all([1, 2, 3, 4, 5].map(number))).toEqual([1, 2, 3, 4, 5])
})

test('has no transactions', async () => {
  await expect(database.lookout.transaction().execute(async () => undefined)).rejects.toThrow('no transaction')
})
