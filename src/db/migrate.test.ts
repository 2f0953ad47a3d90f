import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { type Clone, cloneDatabase, quiet } from '../testing/postgres.ts'
import { openDatabase } from './database.ts'
import { migrate, openMigrations } from './migrate.ts'

let clone: Clone
let folder: string

beforeEach(async () => {
  clone = await cloneDatabase(inject('postgresUrl'), 'template1')
  folder = await mkdtemp(join(tmpdir(), 'focus-mate-migrations-'))
})
afterEach(async () => {
  await clone.drop()
  await rm(folder, { recursive: true })
})

/** Migrations are plain modules: they run the SQL through the database they are given. */
async function write(name: string, up: string, down = 'select 1'): Promise<void> {
  const run = (statement: string) =>
    `(db) => db.executeQuery({ sql: ${JSON.stringify(statement)}, parameters: [], query: { kind: 'RawNode' } })`
  await writeFile(join(folder, `${name}.ts`), `export const up = ${run(up)}\nexport const down = ${run(down)}\n`)
}

async function tables(): Promise<string[]> {
  const { db, close } = await openDatabase({ url: clone.url, pool: 1 }, quiet)
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%' order by 1`.execute(db)
  await close()
  return rows.map(({ name }) => name)
}

test('all pending ones run once, and one step back and forth works', async () => {
  await write('0001_first', 'create table one ()', 'drop table one')
  await write('0002_second', 'create table two ()', 'drop table two')
  await writeFile(join(folder, 'README.md'), 'no migration')
  await writeFile(join(folder, 'stray.test.ts'), 'throw new Error()')
  expect(await migrate(clone.url, quiet, folder)).toEqual(['0001_first', '0002_second'])
  expect(await migrate(clone.url, quiet, folder)).toEqual([])
  const migrations = await openMigrations(clone.url, quiet, folder)
  expect(await migrations.down()).toEqual(['0002_second'])
  expect(await tables()).toEqual(['one'])
  expect((await migrations.status()).map(({ name, executedAt }) => [name, executedAt instanceof Date])).toEqual([
    ['0001_first', true],
    ['0002_second', false],
  ])
  expect(await migrations.to('0002_second')).toEqual(['0002_second'])
  expect(await migrations.to(null)).toEqual(['0002_second', '0001_first'])
  expect(await tables()).toEqual([])
  await migrations.close()
})

test('when one fails, none of them has happened', async () => {
  await write('0001_first', 'create table one ()')
  await write('0002_broken', 'create nonsense')
  await expect(migrate(clone.url, quiet, folder)).rejects.toThrow(/^The migration 0002_broken failed: syntax error/)
  expect(await tables()).toEqual([])
})

test('processes that start together migrate once', async () => {
  await write('0001_slow', 'create table one as select 1 as one from pg_sleep(0.3)')
  const done = await Promise.all(Array.from({ length: 4 }, () => migrate(clone.url, quiet, folder)))
  expect(done.flat()).toEqual(['0001_slow'])
})

test('a database that is newer than the code is refused in one sentence', async () => {
  await write('0001_first', 'create table one ()')
  await write('0002_second', 'create table two ()')
  await migrate(clone.url, quiet, folder)
  await rm(join(folder, '0002_second.ts'))
  await expect(migrate(clone.url, quiet, folder)).rejects.toThrow(
    'The database has the migration 0002_second, which this version does not know: a newer Focus Mate used it, so start that one.',
  )
})

test('a migration slipped in before an executed one is refused in one sentence', async () => {
  await write('0002_second', 'create table two ()')
  await migrate(clone.url, quiet, folder)
  await write('0001_late', 'create table one ()')
  await expect(migrate(clone.url, quiet, folder)).rejects.toThrow(/^The migrations of the database and of this version differ/)
})
