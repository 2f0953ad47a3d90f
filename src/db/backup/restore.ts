import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createZstdDecompress } from 'node:zlib'
import type { Logger } from 'pino'
import postgres from 'postgres'
import { codeOf } from '../../kernel/environment.ts'
import { migrationsFolder, openMigrations } from '../migrate.ts'
import { connectionOptions } from '../pool.ts'
import { DatabaseRefused } from '../refused.ts'
import { damaged, type Head, openedChunks, readerOver, readHead } from './file.ts'
import { type Frame, framesIn } from './frames.ts'
import { type Chest, lockedChest, plainChest, unlock } from './lock.ts'
import { listOf, quoted, tablesOf } from './tables.ts'

export type Restored = { readonly tables: number; readonly rows: number; readonly createdAt: Date; readonly secretKey: Buffer }

type Asked = {
  readonly url: string
  readonly file: string
  /** Asked for only where the file is locked. */
  readonly passphrase: () => Promise<string>
  /** A secret key that is set by hand and can't be replaced: it must be that of the backup. */
  readonly keptElsewhere: Buffer | null
  readonly log: Logger
}

/**
 * Fills an empty database from a backup and brings it to this version. The file is read twice: first to the end, so that a damaged one
 * changes nothing; then its rows go into the tables in one transaction.
 * @throws DatabaseRefused with one sentence where the file can't be taken or the database is not empty: then nothing was changed
 */
export async function restore({ url, file, passphrase, keptElsewhere, log }: Asked): Promise<Restored> {
  const { head, openChest } = await keyOf(file, passphrase)
  await assertKnown(head)
  const frames = (): AsyncGenerator<Frame> => framesOf(file, openChest)
  const { secretKey } = await check(frames())
  if (keptElsewhere !== null && !keptElsewhere.equals(secretKey)) {
    throw new DatabaseRefused(
      'SECRET_KEY is another key than that of the backup: unset it, and the backup brings its own. Nothing was changed.',
    )
  }
  const sql = postgres(url, connectionOptions({ statementMilliseconds: 0 }))
  try {
    const wasVoid = await assertEmpty(sql)
    const migrations = await openMigrations(url, log)
    try {
      await migrations.to(head.migrations.at(-1) ?? null)
      const counts = await load(sql, frames()).catch(async (error: unknown) => {
        if (wasVoid) await migrations.to(null)
        throw error
      })
      await migrations.up()
      const amounts = Object.values(counts)
      return {
        tables: amounts.length,
        rows: amounts.reduce((sum, count) => sum + count, 0),
        createdAt: new Date(head.createdAt),
        secretKey,
      }
    } finally {
      await migrations.close()
    }
  } finally {
    await sql.end({ timeout: 0 })
  }
}

const bytesOf = (file: string): AsyncIterable<Buffer> => createReadStream(file)

async function keyOf(file: string, passphrase: () => Promise<string>): Promise<{ readonly head: Head; readonly openChest: () => Chest }> {
  try {
    const { head, bytes } = await readHead(readerOver(bytesOf(file)))
    if (head.lock === null) return { head, openChest: () => plainChest(bytes) }
    const key = await unlock(await passphrase(), head.lock)
    if (key === null) throw new DatabaseRefused('The passphrase is wrong: nothing was changed.')
    return { head, openChest: () => lockedChest(key, bytes) }
  } catch (error) {
    if (['ENOENT', 'EACCES', 'EISDIR'].includes(codeOf(error))) {
      throw new DatabaseRefused(`${file} can't be read (${codeOf(error)}).`, { cause: error })
    }
    throw error
  }
}

async function assertKnown({ migrations }: Head): Promise<void> {
  const known = new Set((await readdir(migrationsFolder)).map((name) => name.replace(/\.ts$/, '')))
  if (migrations.some((name) => !known.has(name))) {
    throw new DatabaseRefused('This backup was made by a newer Focus Mate: restore it with that one.')
  }
}

/** Nobody and no place is in it. Whether it has no tables at all. */
async function assertEmpty(sql: postgres.Sql): Promise<boolean> {
  const [there] = await sql<{ there: boolean }[]>`select to_regclass('public.workspace') is not null as there`
  if (!there?.there) return true
  const [used] = await sql<{ used: boolean }[]>`select exists (select from workspace) or exists (select from "user") as used`
  if (used?.used) throw new DatabaseRefused('The database is not empty: restore into a new one. Nothing was changed.')
  return false
}

async function* framesOf(file: string, openChest: () => Chest): AsyncGenerator<Frame> {
  const reader = readerOver(bytesOf(file))
  await readHead(reader)
  const unpacked = Readable.from(openedChunks(reader, openChest()), { objectMode: false })
  const zstd = createZstdDecompress()
  unpacked.on('error', (error) => zstd.destroy(error))
  const content = readerOver(unpacked.pipe(zstd))
  try {
    yield* framesIn(content)
    if (!(await content.isOver())) throw damaged()
  } catch (error) {
    throw error instanceof DatabaseRefused || !isUnreadable(error) ? error : damaged()
  } finally {
    zstd.destroy()
    unpacked.destroy()
  }
}

/** What zstd and JSON say of bytes that were not written by them. */
const isUnreadable = (error: unknown): boolean => error instanceof SyntaxError || /^Z(STD|_)|ERR_(ZSTD|ZLIB)/.test(codeOf(error))

/** Reads everything and keeps the secret key. @throws DatabaseRefused for a file that is not whole */
async function check(frames: AsyncIterable<Frame>): Promise<{ readonly secretKey: Buffer }> {
  let secretKey: Buffer | null = null
  for await (const frame of frames) if (frame.kind === 'key') secretKey = frame.key
  if (secretKey?.length !== 32) throw damaged()
  return { secretKey }
}

async function load(sql: postgres.Sql, frames: AsyncIterable<Frame>): Promise<Readonly<Record<string, number>>> {
  return sql.begin(async (tx) => {
    const known = await tablesOf(tx)
    await tx.unsafe(`truncate ${listOf(known.map(({ table }) => table))}`)
    let insert: string | null = null
    for await (const frame of frames) {
      if (frame.kind === 'table') insert = insertInto(frame.table, frame.columns)
      if (frame.kind === 'rows') {
        if (insert === null) throw damaged()
        await tx.unsafe(insert, [`[${frame.rows.toString()}]`])
      }
      if (frame.kind !== 'end') continue
      await assertCounts(tx, frame.counts)
      return frame.counts
    }
    throw damaged()
  })
}

function insertInto(table: string, columns: readonly string[]): string {
  const list = listOf(columns)
  return `insert into ${quoted(table)} (${list}) select ${list} from json_populate_recordset(null::${quoted(table)}, $1::text::json)`
}

async function assertCounts(tx: postgres.TransactionSql, counts: Readonly<Record<string, number>>): Promise<void> {
  for (const [table, count] of Object.entries(counts)) {
    const [row] = await tx.unsafe<{ count: number }[]>(`select count(*)::float8 as count from ${quoted(table)}`)
    if (row?.count !== count) throw new Error(`${table} has ${row?.count} rows instead of ${count}`)
  }
}
