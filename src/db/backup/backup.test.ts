import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createApp } from '../../app.ts'
import { checkLedger } from '../../ledger.ts'
import { ada, chae, root, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { type Clone, cloneDatabase, quiet } from '../../testing/postgres.ts'
import { type Database, openDatabase } from '../database.ts'
import { backUp } from './backup.ts'
import { restore } from './restore.ts'

const secretKey = Buffer.alloc(32, 7)
const now = new Date('2026-03-02T09:00:00Z')
let house: House
let folder: string
let plain: string
let locked: string

beforeAll(async () => {
  house = await openHouse()
  folder = await mkdtemp(join(tmpdir(), 'focus-mate-backup-'))
  await house.does(chae, 'room create', { name: '새벽반 \\ \t "끝"' }, studyHall)
  await house.does(ada, 'room create', { name: 'Deep work' }, studyHall)
  await house.does(root, 'setup', { room_channels: '<#5> <#6>' }, studyHall)
  await house.clock.advance('30m')
  await house.does(ada, 'room leave', {}, studyHall)
  await house.does(ada, 'focus add', { minutes: '20', at: '08:00', note: '도서관' }, studyHall)
  const { db } = house.app
  await sql`insert into import_draft (user_id, workspace_id, format, content, created_at)
    select u.id, w.id, 'csv', decode(repeat('00ff0a5c', 300000), 'hex'), ${now} from "user" u, workspace w where u.display_name = '채' limit 1`.execute(
    db,
  )
  await sql`insert into event (id, type, data, created_at)
    select uuidv7(), 'room.opened', jsonb_build_object('text', repeat('집중 \n', 20), 'n', n), ${now} from generate_series(1, 6000) n`.execute(
    db,
  )
  plain = await written('plain', null)
  locked = await written('locked', '비밀 문장')
}, 60_000)
afterAll(async () => {
  await house.close()
  await rm(folder, { recursive: true })
})

async function written(name: string, passphrase: string | null): Promise<string> {
  const file = join(folder, name)
  await backUp({ url: await address(house.app.database), secretKey, file, passphrase, now })
  return file
}

async function address({ db }: Pick<Database, 'db'>): Promise<string> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db)
  return Object.assign(new URL(inject('postgresUrl')), { pathname: `/${rows[0]?.name}` }).href
}

/** Every row of every table, as one fingerprint each. */
async function fingerprints(url: string): Promise<Readonly<Record<string, string>>> {
  const { db, close } = await openDatabase({ url }, quiet)
  const { rows } = await sql<{ table: string }>`
    select tablename as table from pg_tables where schemaname = 'public' and tablename not like 'kysely%'`.execute(db)
  const prints: Record<string, string> = {}
  for (const { table } of rows) {
    const print = await sql<{ print: string }>`
      select md5(coalesce(string_agg(x::text, E'\n' order by x::text collate "C"), '')) as print from ${sql.table(table)} x`.execute(db)
    prints[table] = print.rows[0]?.print ?? ''
  }
  await close()
  return prints
}

async function into(template: 'template' | 'template1', task: (clone: Clone) => Promise<void>): Promise<void> {
  const clone = await cloneDatabase(inject('postgresUrl'), template)
  try {
    await task(clone)
  } finally {
    await clone.drop()
  }
}

const take = (url: string, file: string, passphrase = '', keptElsewhere: Buffer | null = null) =>
  restore({ url, file, passphrase: async () => passphrase, keptElsewhere, log: quiet })

/** No table stayed behind. */
async function untouched(url: string): Promise<void> {
  const { db, close } = await openDatabase({ url }, quiet)
  const { rows } = await sql`select from pg_tables where schemaname = 'public' and tablename not like 'kysely%'`.execute(db)
  expect(rows).toEqual([])
  await close()
}

/** What was restored holds sessions, and every total follows from them. */
async function soundLedger(url: string): Promise<void> {
  const app = await createApp(house.app.config, { url, clock: house.app.clock, log: quiet })
  const { sessions } = await app.db
    .selectFrom('session_history')
    .select((e) => e.fn.countAll<number>().as('sessions'))
    .executeTakeFirstOrThrow()
  const said: string[] = []
  expect(await checkLedger(app, false, (sentence) => said.push(sentence)), said.join()).toBe(0)
  expect(sessions).toBeGreaterThan(1)
  await app.stop()
}

test.each([
  ['plain', 'template1'],
  ['locked', 'template'],
] as const)('a %s backup comes back to the last byte into an empty database (%s)', async (kind, template) => {
  const before = await fingerprints(await address(house.app.database))
  await into(template, async ({ url }) => {
    const restored = await take(url, kind === 'plain' ? plain : locked, '비밀 문장')
    expect(restored.secretKey).toEqual(secretKey)
    expect(restored.rows).toBeGreaterThan(6000)
    expect(await fingerprints(url)).toEqual(before)
    await soundLedger(url)
  })
})

test('is written for its owner alone, and over no other file', async () => {
  expect((await stat(plain)).mode & 0o777).toBe(0o600)
  await expect(written('plain', null)).rejects.toThrow('exists already')
  expect((await readFile(locked)).includes('Deep work')).toBe(false)
})

test('is one moment, whatever happens meanwhile', async () => {
  const file = join(folder, 'busy')
  const url = await address(house.app.database)
  let writing = true
  const backing = backUp({ url, secretKey, file, passphrase: null, now }).finally(() => {
    writing = false
  })
  for (let n = 0; writing; n += 1) {
    // The two always agree, for whoever looks at one moment.
    await house.app.write('clock', null, async (tx) => {
      await tx.db
        .updateTable('workspace')
        .set({ name: `moment ${n}` })
        .execute()
      await tx.db
        .updateTable('user')
        .set({ bio: `moment ${n}` })
        .execute()
    })
  }
  await backing
  await into('template1', async (clone) => {
    await take(clone.url, file)
    const { db, close } = await openDatabase({ url: clone.url }, quiet)
    const { rows } = await sql<{
      said: string
    }>`select name as said from workspace union select coalesce(bio, name) from "user", workspace`.execute(db)
    expect(new Set(rows.map(({ said }) => said)).size).toBe(1)
    await close()
  })
})

test.each([
  ['the wrong passphrase', () => locked, 'geheim', 'The passphrase is wrong'],
  ['a file that is none', () => import.meta.filename, '', 'no backup of Focus Mate'],
  ['a file that is not there', () => join(folder, 'nothing'), '', "can't be read"],
])('%s changes nothing', async (_what, file, passphrase, sentence) => {
  await into('template1', async ({ url }) => {
    await expect(take(url, file(), passphrase)).rejects.toThrow(sentence)
    await untouched(url)
  })
})

test('a damaged or cut file changes nothing, locked or not, wherever it was hurt', async () => {
  await into('template1', async ({ url }) => {
    for (const whole of [plain, locked]) {
      const bytes = await readFile(whole)
      const head = bytes.indexOf('\n', 20) + 1
      for (const at of [head + 2, head + 30, Math.floor(bytes.length / 2), bytes.length - 1]) {
        const hurt = Buffer.from(bytes)
        hurt.writeUInt8(hurt.readUInt8(at) ^ 1, at)
        await writeFile(join(folder, 'hurt'), hurt)
        await expect(take(url, join(folder, 'hurt'), '비밀 문장'), `byte ${at}`).rejects.toThrow(/damaged or cut short/)
      }
      for (const length of [40, head, head + 3, Math.floor(bytes.length / 2), bytes.length - 1]) {
        await writeFile(join(folder, 'hurt'), bytes.subarray(0, length))
        await expect(take(url, join(folder, 'hurt'), '비밀 문장'), `cut at ${length}`).rejects.toThrow(/damaged or cut short/)
      }
    }
    await untouched(url)
  })
})

test('a backup of a newer version is refused', async () => {
  const file = join(folder, 'newer')
  const text = (await readFile(plain)).toString('latin1')
  await writeFile(file, text.replace(/"migrations":\["0001/, '"migrations":["9999_later","0001'), 'latin1')
  await into('template1', async ({ url }) => {
    await expect(take(url, file)).rejects.toThrow('newer Focus Mate')
    await writeFile(file, text.replace('"format":1', '"format":2'), 'latin1')
    await expect(take(url, file)).rejects.toThrow('newer Focus Mate')
    await untouched(url)
  })
})

test('nothing is restored over what is there, nor beside another key', async () => {
  const url = await address(house.app.database)
  const before = await fingerprints(url)
  await expect(take(url, plain)).rejects.toThrow('not empty')
  expect(await fingerprints(url)).toEqual(before)
  await into('template1', async (clone) => {
    await expect(take(clone.url, plain, '', Buffer.alloc(32, 9))).rejects.toThrow('SECRET_KEY is another key')
    await untouched(clone.url)
  })
})

test('a database that was never used gives no backup, and leaves no file', async () => {
  await into('template1', async ({ url }) => {
    const file = join(folder, 'void')
    await expect(backUp({ url, secretKey, file, passphrase: null, now })).rejects.toThrow('nothing to back up')
    await expect(open(file)).rejects.toThrow('ENOENT')
    await expect(open(`${file}.part`)).rejects.toThrow('ENOENT')
  })
})
