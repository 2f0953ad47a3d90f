import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Clone, cloneDatabase, quiet } from '../testing/postgres.ts'
import { openDatabase } from './database.ts'
import { migrate, openMigrations } from './migrate.ts'

let clone: Clone
beforeAll(async () => {
  clone = await cloneDatabase(inject('postgresUrl'))
})
afterAll(() => clone.drop())

type Undocumented = { readonly name: string }

it('every table and column says what it is', async () => {
  const { db, close } = await openDatabase({ url: clone.url }, quiet)
  const { rows } = await sql<Undocumented>`
    select c.relname || coalesce('.' || a.attname, '') as name
    from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attnum >= 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely%' and c.relname <> 'mark'
      and col_description(c.oid, coalesce(a.attnum, 0)) is null`.execute(db)
  expect(rows.filter(({ name }) => !/\.(tableoid|cmax|xmax|cmin|xmin|ctid)$/.test(name))).toEqual([])
  await close()
})

it('every foreign key has an index that begins with it', async () => {
  const { db, close } = await openDatabase({ url: clone.url }, quiet)
  const { rows } = await sql<{ key: string }>`
    select k.conrelid::regclass || ' ' || k.conname as key from pg_constraint k
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace and not exists (
      select from pg_index i where i.indrelid = k.conrelid and i.indkey[0] = k.conkey[1])`.execute(db)
  expect(rows.map(({ key }) => key)).toEqual([])
  await close()
})

it('goes down to empty and up again', async () => {
  const migrations = await openMigrations(clone.url, quiet)
  await migrations.to(null)
  const { db, close } = await openDatabase({ url: clone.url }, quiet)
  const tables = sql<{
    name: string
  }>`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'kysely%'`
  expect((await tables.execute(db)).rows).toEqual([])
  await migrations.close()
  await migrate(clone.url, quiet)
  expect((await tables.execute(db)).rows.length).toBeGreaterThan(20)
  await close()
})
