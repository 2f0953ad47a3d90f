import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino, { type Logger } from 'pino'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { createApp } from '../app.ts'
import { startEmbedded } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import { systemClock } from '../kernel/clock.ts'
import { readConfig } from '../kernel/config.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server of this run; its database `template` is migrated. */
    postgresUrl: string
  }
}

/** For tests that want no log. */
export const quiet: Logger = pino({ level: 'silent' })

const prefix = 'focus-mate-test-'

/** Nothing of a test has to survive a crash of the machine. */
const careless = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', autovacuum: 'off' }

/** One server for the whole run, with a migrated database from which each test file takes a clone. */
export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandoned()
  const dataDir = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`))
  const server = await startEmbedded({ dataDir, log: quiet, settings: careless })
  const template = databaseAt(server.url, 'template')
  await withAdministrator(server.url, (sql) => sql`create database template`)
  await migrate(template, quiet)
  // The queue makes its own tables at its first start: every database is cloned with them.
  const app = await createApp(readConfig({ DATA_DIR: dataDir, SECRET_KEY: '11'.repeat(32) }), {
    url: template,
    clock: systemClock,
    log: quiet,
  })
  await app.stop()
  project.provide('postgresUrl', server.url)
  return async () => {
    await server.stop()
    await removeData(dataDir)
  }
}

/** A run that was killed could not stop its server: the next one does. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1])
    if (!pid || lives(pid)) continue
    const dataDir = join(tmpdir(), `${prefix}${process.pid}-of-${pid}`)
    const mine = await rename(join(tmpdir(), name), dataDir).then(
      () => true,
      () => false,
    )
    if (!mine) continue
    const server = await startEmbedded({ dataDir, log: quiet, settings: careless })
    await server.stop()
    await removeData(dataDir)
  }
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Deletes a data folder and, where root keeps its data elsewhere, that too. */
export async function removeData(dataDir: string): Promise<void> {
  const { folder } = JSON.parse(await readFile(join(dataDir, 'postgres.json'), 'utf8')) as { folder?: string }
  for (const place of [dataDir, ...(folder ? [folder] : [])]) await rm(place, { recursive: true, force: true })
}

export type Clone = { readonly url: string; drop(): Promise<void> }

/** A migrated, empty database of one's own on `serverUrl` (inject('postgresUrl')); `from` may name another template. */
export async function cloneDatabase(serverUrl: string, from = 'template'): Promise<Clone> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await withAdministrator(serverUrl, (sql) => sql`create database ${sql(name)} template ${sql(from)} strategy file_copy`)
  return {
    url: databaseAt(serverUrl, name),
    drop: () => withAdministrator(serverUrl, (sql) => sql`drop database ${sql(name)} with (force)`),
  }
}

function databaseAt(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

async function withAdministrator(serverUrl: string, task: (sql: postgres.Sql) => PromiseLike<unknown>): Promise<void> {
  const sql = postgres(serverUrl, { max: 1, onnotice: () => undefined })
  try {
    await task(sql)
  } finally {
    await sql.end({ timeout: 0 })
  }
}
