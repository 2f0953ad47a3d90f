import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { commands } from '../src/commands/index.ts'
import { type Database, openDatabase } from '../src/db/database.ts'
import { readConfig } from '../src/kernel/config.ts'
import { type Clone, cloneDatabase, quiet } from '../src/testing/postgres.ts'
import { commandsPage } from './docs/commands.ts'
import { schemaPage } from './docs/schema.ts'

let clone: Clone
let database: Database

beforeAll(async () => {
  clone = await cloneDatabase(inject('postgresUrl'))
  database = await openDatabase({ url: clone.url, ...readConfig({ SECRET_KEY: '00'.repeat(32) }).database }, quiet)
})
afterAll(async () => {
  await database.close()
  await clone.drop()
})

test('docs/commands.md is fresh (npm run docs writes it)', async () => {
  await expect(commandsPage(commands)).toMatchFileSnapshot('../docs/commands.md')
})

test('docs/schema.md is fresh (npm run docs writes it)', async () => {
  await expect(await schemaPage(database.db)).toMatchFileSnapshot('../docs/schema.md')
})

test('every table and column says what it is', async () => {
  const page = await schemaPage(database.db)
  expect(page.split('\n').filter((line) => /\|\s+\|$/.test(line))).toEqual([])
  expect(page).not.toMatch(/^## .*\n\n\n/m)
})
