import { Kysely } from 'kysely'
import type { Logger } from 'pino'
import postgres from 'postgres'
import { createDialect } from './dialect.ts'
import { openLookout } from './lookout.ts'
import { connectionOptions, createPool, type Pool, type PoolCounts, type PoolOptions } from './pool.ts'
import { DatabaseRefused } from './refused.ts'
import type { DB } from './schema.ts'

export type DatabaseOptions = Partial<PoolOptions> & Pick<PoolOptions, 'url'>

export type Listening = { close(): Promise<void> }
export type Database = {
  readonly db: Kysely<DB>
  /** For what only looks, outside the pool: a few connections that all readers share. */
  readonly lookout: Kysely<DB>
  readonly connections: Pool
  /** For the operator: how much of the pool is used, and who waits for it. */
  pool(): PoolCounts
  /**
   * Hears NOTIFY on a connection outside the pool, shared by all channels. `resumed` is called at the start and after each
   * reconnection: what was said in between is lost, so look for yourself.
   */
  listen(channel: string, hear: (payload: string) => void, resumed?: () => void): Promise<Listening>
  /** Waits a little for what is running, then closes every connection. */
  close(): Promise<void>
}

/** The original's limits: a pool of 20 + 10, 30 s of waiting, an hour of life. */
const defaults = { pool: 30, waitMilliseconds: 30_000, renewSeconds: 3600, statementMilliseconds: 30_000, slowMilliseconds: 1000 }

/**
 * Opens the pool and looks at the server once.
 * @throws DatabaseRefused when it can't be reached, is older than PostgreSQL 18 or does not hold UTF-8.
 */
export async function openDatabase(options: DatabaseOptions, log: Logger): Promise<Database> {
  const settings: PoolOptions = { ...defaults, ...options }
  const pool = createPool(settings, log)
  await check(pool, settings.url).catch(async (error) => {
    await pool.close(0)
    throw error
  })
  const db = new Kysely<DB>({ dialect: createDialect(pool) })
  const lookout = openLookout(settings, log)
  const ear = postgres(settings.url, connectionOptions(settings))
  return {
    db,
    lookout: lookout.db,
    connections: pool,
    pool: () => pool.counts(),
    async listen(channel, hear, resumed) {
      const { unlisten } = await ear.listen(channel, hear, resumed)
      return { close: unlisten }
    },
    async close() {
      await Promise.all([pool.close(), lookout.close(), ear.end({ timeout: 0 })])
    },
  }
}

const oldestVersion = 18

async function check(pool: Pool, url: string): Promise<void> {
  const connection = await pool.take().catch((cause: unknown) => {
    throw new DatabaseRefused('DATABASE_URL is not the address of a database.', { cause })
  })
  try {
    const { rows } = await connection.query(
      `select current_setting('server_version_num')::int / 10000 as version, current_setting('server_encoding') as encoding`,
      [],
    )
    const { version, encoding } = rows[0] as { version: number; encoding: string }
    if (version < oldestVersion)
      throw new DatabaseRefused(`Focus Mate needs PostgreSQL ${oldestVersion} or newer, ${whereabouts(url)} is ${version}.`)
    if (encoding !== 'UTF8') {
      throw new DatabaseRefused(
        `The database ${whereabouts(url)} has the encoding ${encoding}: make one with \`create database … encoding 'UTF8'\`.`,
      )
    }
  } catch (cause) {
    if (cause instanceof DatabaseRefused) throw cause
    throw new DatabaseRefused(`The database ${whereabouts(url)} ${reason(cause)}.`, { cause })
  } finally {
    pool.release(connection)
  }
}

/** A database's address without its password. */
function whereabouts(url: string): string {
  if (!URL.canParse(url)) return 'of DATABASE_URL'
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}:${port || 5432}${pathname}`
}

function reason(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (['28P01', '28000'].includes(code)) return 'refuses the user or the password'
  if (code === '3D000') return 'does not exist'
  if (code === '53300') return 'has no connection left'
  return `can't be reached (${code || (cause instanceof Error ? cause.message : String(cause))})`
}
