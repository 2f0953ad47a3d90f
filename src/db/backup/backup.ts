import { createWriteStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress } from 'node:zlib'
import postgres from 'postgres'
import { codeOf } from '../../kernel/environment.ts'
import { connectionOptions } from '../pool.ts'
import { DatabaseRefused } from '../refused.ts'
import { closedChunks, headBytes } from './file.ts'
import { frameBytes } from './frames.ts'
import { lockedChest, lockWith, plainChest } from './lock.ts'
import { listOf, quoted, tablesOf } from './tables.ts'

export type Backed = { readonly tables: number; readonly rows: number; readonly bytes: number }

type Asked = {
  readonly url: string
  readonly secretKey: Buffer
  /** Must not exist yet. It appears when it is whole. */
  readonly file: string
  /** Null: the file can be read by whoever has it. */
  readonly passphrase: string | null
  readonly now: Date
}

/**
 * Writes all tables, as they are at one moment, and the secret key into one file that only its owner may read. The product may run
 * meanwhile. The jobs of the queue are left out: what was just about to be sent is drawn again by the next change.
 * @throws DatabaseRefused where the file exists or can't be written, and where the database was never used
 */
export async function backUp({ url, secretKey, file, passphrase, now }: Asked): Promise<Backed> {
  const draft = `${file}.part`
  await assertFree(file)
  const sql = postgres(url, connectionOptions({ statementMilliseconds: 0 }))
  try {
    const locked = passphrase === null ? null : await lockWith(passphrase)
    const counts = await sql.begin('isolation level repeatable read read only', async (tx) => {
      const head = headBytes({ migrations: await migrationsOf(tx), createdAt: now.toISOString(), lock: locked?.lock ?? null })
      const chest = locked === null ? plainChest(head) : lockedChest(locked.key, head)
      const counts: Record<string, number> = {}
      await pipeline(
        Readable.from(framesOf(tx, secretKey, counts), { objectMode: false }),
        createZstdCompress(),
        (stream: AsyncIterable<Buffer>) => withHead(head, closedChunks(stream, chest)),
        createWriteStream(draft, { mode: 0o600 }),
      )
      return counts
    })
    await settle(draft)
    await rename(draft, file)
    const amounts = Object.values(counts)
    return { tables: amounts.length, rows: amounts.reduce((sum, count) => sum + count, 0), bytes: (await stat(file)).size }
  } catch (error) {
    if (['ENOENT', 'EACCES', 'ENOSPC', 'EROFS', 'EISDIR'].includes(codeOf(error))) {
      throw new DatabaseRefused(`${file} can't be written (${codeOf(error)}).`, { cause: error })
    }
    throw error
  } finally {
    await sql.end({ timeout: 0 })
    await rm(draft, { force: true })
  }
}

async function assertFree(file: string): Promise<void> {
  const known = await stat(file).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null
    throw new DatabaseRefused(`${file} can't be written (${codeOf(error)}).`, { cause: error })
  })
  if (known !== null) throw new DatabaseRefused(`${file} exists already: choose another name, or remove it first.`)
}

async function migrationsOf(tx: postgres.TransactionSql): Promise<readonly string[]> {
  const [there] = await tx<{ there: boolean }[]>`select to_regclass('public.kysely_migration') is not null as there`
  const rows = there?.there ? await tx<{ name: string }[]>`select name from kysely_migration order by name` : []
  if (rows.length === 0) throw new DatabaseRefused('There is nothing to back up: the database was never used.')
  return rows.map(({ name }) => name)
}

async function* withHead(head: Buffer, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield head
  yield* chunks
}

async function* framesOf(tx: postgres.TransactionSql, secretKey: Buffer, counts: Record<string, number>): AsyncGenerator<Buffer> {
  yield frameBytes({ kind: 'key', key: secretKey })
  for (const { table, columns, isWide } of await tablesOf(tx)) {
    yield frameBytes({ kind: 'table', table, columns })
    let count = 0
    const rows = tx.unsafe<{ row: string }[]>(`select row_to_json(x)::text as row from (select ${listOf(columns)} from ${quoted(table)}) x`)
    for await (const some of rows.cursor(isWide ? wideAtOnce : rowsAtOnce)) {
      count += some.length
      yield frameBytes({ kind: 'rows', rows: Buffer.from(some.map(({ row }) => row).join(',')) })
    }
    counts[table] = count
  }
  yield frameBytes({ kind: 'end', counts })
}

/** So few are in memory at a time; rows that hold files are larger. */
const rowsAtOnce = 500
const wideAtOnce = 8

/** Onto the disk, before anybody is told that it is there. */
async function settle(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  await handle.sync()
  await handle.close()
}
