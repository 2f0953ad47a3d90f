import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import postgres from 'postgres'
import { startEmbedded } from '../src/db/embedded.ts'
import { migrate } from '../src/db/migrate.ts'
import { readConfig } from '../src/kernel/config.ts'
import { removeData } from '../src/testing/postgres.ts'

export const log = pino({ level: 'error' }, pino.destination(2))

/** Where a bench stands: a PostgreSQL of its own that keeps its promises (fsync on), thrown away at the end. */
export type Ground = {
  readonly dataDir: string
  /** A fresh database: migrated and empty, or a copy of `from`. */
  database(name: string, from?: string): Promise<string>
}

/** `settings` are added to those of the product. */
export async function onGround<T>(task: (ground: Ground) => Promise<T>, settings: Readonly<Record<string, string>> = {}): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'focus-mate-bench-'))
  try {
    const server = await startEmbedded({ dataDir, log, settings })
    const administrator = postgres(server.url, { max: 1, onnotice: () => undefined })
    const urlOf = (name: string): string => Object.assign(new URL(server.url), { pathname: `/${name}` }).href
    try {
      return await task({
        dataDir,
        async database(name, from) {
          await administrator`create database ${administrator(name)} ${from === undefined ? administrator`` : administrator`template ${administrator(from)}`}`
          if (from === undefined) await migrate(urlOf(name), log)
          await administrator`checkpoint`
          return urlOf(name)
        },
      })
    } finally {
      await administrator.end({ timeout: 0 })
      await server.stop()
    }
  } finally {
    await removeData(dataDir)
  }
}

/** The settings of a process that has nothing but its database. */
export const configIn = ({ dataDir }: Ground) => readConfig({ DATA_DIR: dataDir, SECRET_KEY: '11'.repeat(32) })
