import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import postgres from 'postgres'
import { type Binaries, findBinaries } from './embedded/binaries.ts'
import { administrator, initialise, lastWords, launch, type Settings, shutDown } from './embedded/cluster.ts'
import { type Home, openHome } from './embedded/home.ts'
import { findPostmaster, type Postmaster } from './embedded/postmaster.ts'
import { isTransient } from './errors.ts'
import { DatabaseRefused } from './refused.ts'

export type Embedded = { readonly url: string; stop(): Promise<void> }

export type EmbeddedOptions = {
  readonly dataDir: string
  readonly log: Logger
  /** A tool beside a running Focus Mate (the migration script) uses its server, and leaves it running. */
  readonly join?: boolean
  /** More settings of the server, e.g. `fsync: 'off'` where the data is thrown away. */
  readonly settings?: Settings
}

const databaseName = 'focus_mate'

/**
 * The PostgreSQL that npm brought, on a free port of 127.0.0.1, with its data kept in `dataDir`. A server left running by a killed
 * Focus Mate is taken over. `stop` shuts it down and comes last, after everything that uses it.
 * @throws DatabaseRefused with one sentence when it can't start, or another Focus Mate runs on this folder.
 */
export async function startEmbedded({ dataDir, log, join = false, settings = {} }: EmbeddedOptions): Promise<Embedded> {
  const home = await openHome(dataDir, log)
  const binaries = await findBinaries(home)
  await initialise(home, binaries)
  const { server, lock } = await reachAndLock(home, binaries, settings, log)
  const url = address(home, server, databaseName)
  if (!lock && join) return { url, stop: async () => undefined }
  if (!lock)
    throw new DatabaseRefused(`Focus Mate already runs on the data folder ${dataDir}: stop it first, or set DATA_DIR to another folder.`)
  await createDatabase(lock)
  return {
    url,
    async stop() {
      await shutDown(home, binaries)
      await lock.end({ timeout: 0 })
    },
  }
}

/** A server that was killed looks ready until its last process is gone, and cuts us off: then the next one is looked for. */
async function reachAndLock(
  home: Home,
  binaries: Binaries,
  settings: Settings,
  log: Logger,
): Promise<{ readonly server: Postmaster; readonly lock: postgres.Sql | null }> {
  for (let attempt = 1; ; attempt++) {
    const server = await reachServer(home, binaries, settings, log)
    try {
      return { server, lock: await takeLock(home, server) }
    } catch (error) {
      if (attempt === launches || !isTransient(error)) throw error
      await wait(pauseMilliseconds)
    }
  }
}

const address = (home: Home, server: Postmaster, database: string): string =>
  `postgres://${administrator}:${home.password}@127.0.0.1:${server.port}/${database}`

const pauseMilliseconds = 15
/** Replaying the log after a crash of the machine may take a while. */
const patienceMilliseconds = 120_000
/** Somebody else may take the free port, or start the same server, between our look and our start. */
const launches = 4

async function reachServer(home: Home, binaries: Binaries, settings: Settings, log: Logger): Promise<Postmaster> {
  for (let attempt = 0; attempt < launches; attempt++) {
    const found = await findReady(home, () => false)
    if (found) {
      log.info({ server: found.pid, port: found.port }, 'found the embedded PostgreSQL running')
      return found
    }
    const child = await launch(home, binaries, await freePort(), settings)
    const started = await findReady(home, () => child.exitCode === null && child.signalCode === null)
    if (started) return started
  }
  throw new DatabaseRefused(`The embedded PostgreSQL did not start: ${await lastWords(home)}`)
}

/** The server once it accepts connections; null when there is none and none is `expected`. */
async function findReady(home: Home, expected: () => boolean): Promise<Postmaster | null> {
  for (let waited = 0; waited < patienceMilliseconds; waited += pauseMilliseconds) {
    const comes = expected()
    const found = await findPostmaster(home)
    if (found?.status === 'ready') return found
    if (!found && !comes) return null
    await wait(pauseMilliseconds)
  }
  throw new DatabaseRefused(`The embedded PostgreSQL in ${home.folder} is not ready after ${patienceMilliseconds / 1000} seconds.`)
}

async function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const probe = createServer().once('error', reject)
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address()
    probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
  })
  return promise
}

/** Any number that nobody else uses as an advisory lock of the database `postgres`. */
const lockKey = 1_179_602_261
const lockAttempts = 10

/**
 * One Focus Mate per data folder, held by a session: unlike a file with a process number it ends with its process, however
 * that dies. The server needs a moment to notice a death. Null when it is taken.
 */
async function takeLock(home: Home, server: Postmaster): Promise<postgres.Sql | null> {
  const sql = postgres(address(home, server, 'postgres'), {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    fetch_types: false,
    onnotice: () => undefined,
  })
  let isTaken = false
  try {
    for (let attempt = 0; attempt < lockAttempts && !isTaken; attempt++) {
      const [row] = await sql<{ taken: boolean }[]>`select pg_try_advisory_lock(${lockKey}) as taken`
      isTaken = row?.taken === true
      if (!isTaken) await wait(100)
    }
  } finally {
    if (!isTaken) await sql.end({ timeout: 0 })
  }
  return isTaken ? sql : null
}

async function createDatabase(sql: postgres.Sql): Promise<void> {
  const found = await sql`select from pg_database where datname = ${databaseName}`
  if (found.length === 0) await sql`create database ${sql(databaseName)}`
}
