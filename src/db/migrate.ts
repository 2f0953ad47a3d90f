import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Migration, type MigrationProvider, type MigrationResultSet, Migrator, NO_MIGRATIONS } from 'kysely/migration'
import type { Logger } from 'pino'
import { openDatabase } from './database.ts'
import { DatabaseRefused } from './refused.ts'

export type MigrationStatus = { readonly name: string; readonly executedAt: Date | null }
export type Migrations = {
  status(): Promise<readonly MigrationStatus[]>
  /** All pending ones in one transaction; resolves with the names executed. Two processes at once do it once. */
  up(): Promise<readonly string[]>
  /** The latest one back. */
  down(): Promise<readonly string[]>
  /** Forward or back until `name` is the latest; null takes everything back. */
  to(name: string | null): Promise<readonly string[]>
  close(): Promise<void>
}

export const migrationsFolder = join(import.meta.dirname, '../../migrations')
const migrationFile = /^(\d{4}_[a-z0-9_]+)\.ts$/

/**
 * Every method throws DatabaseRefused when the database knows a migration that the folder does not: it is newer than the code.
 * A migration may take longer than any other statement, so the connection has no time limit.
 */
export async function openMigrations(url: string, log: Logger, folder = migrationsFolder): Promise<Migrations> {
  const database = await openDatabase({ url, pool: 1, statementMilliseconds: 0, slowMilliseconds: Number.POSITIVE_INFINITY }, log)
  const migrator = new Migrator({ db: database.db, provider: fromFolder(folder) })
  return {
    async status() {
      const known = await migrator.getMigrations()
      return known.map(({ name, executedAt }) => ({ name, executedAt: executedAt ?? null }))
    },
    up: async () => executed(await migrator.migrateToLatest()),
    down: async () => executed(await migrator.migrateDown()),
    to: async (name) => executed(await migrator.migrateTo(name ?? NO_MIGRATIONS)),
    close: () => database.close(),
  }
}

/** Brings the database to the newest version; resolves with the names executed. */
export async function migrate(url: string, log: Logger, folder = migrationsFolder): Promise<readonly string[]> {
  const migrations = await openMigrations(url, log, folder)
  try {
    return await migrations.up()
  } finally {
    await migrations.close()
  }
}

/** Only files named like migrations count, so a README or a stray file is never run. */
function fromFolder(folder: string): MigrationProvider {
  return {
    async getMigrations() {
      const names = (await readdir(folder)).flatMap((file) => migrationFile.exec(file)?.[1] ?? [])
      const load = async (name: string): Promise<[string, Migration]> => [
        name,
        await import(pathToFileURL(join(folder, `${name}.ts`)).href),
      ]
      return Object.fromEntries(await Promise.all(names.map(load)))
    },
  }
}

function executed({ error, results = [] }: MigrationResultSet): readonly string[] {
  const failed = results.find(({ status }) => status === 'Error')
  if (failed) throw new DatabaseRefused(`The migration ${failed.migrationName} failed: ${words(error)}.`, { cause: error })
  if (error) throw refusal(error)
  return results.map(({ migrationName }) => migrationName)
}

function refusal(error: unknown): unknown {
  const missing = /previously executed migration (\S+) is missing/.exec(words(error))
  if (missing) {
    const message = `The database has the migration ${missing[1]}, which this version does not know: a newer Focus Mate used it, so start that one.`
    return new DatabaseRefused(message, { cause: error })
  }
  if (words(error).startsWith('corrupted migrations')) {
    return new DatabaseRefused(`The migrations of the database and of this version differ (${words(error)}).`, { cause: error })
  }
  return error
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error))
