import { sql } from 'kysely'
import { openDatabase } from '../../src/db/database.ts'
import { type Embedded, startEmbedded } from '../../src/db/embedded.ts'
import { makeFolder } from '../../src/kernel/folder.ts'
import type { Log } from '../../src/kernel/log.ts'

/**
 * The playground's own PostgreSQL, empty: the people and channels of the simulators are new at each start, so what was kept of the
 * former ones would only be knocked at in vain.
 * @throws DatabaseRefused with one sentence when it can't start
 */
export async function startEmpty(dataDir: string, log: Log): Promise<Embedded> {
  makeFolder(dataDir)
  const server = await startEmbedded({ dataDir, log })
  const database = await openDatabase({ url: server.url, pool: 1 }, log)
  const { rows } = await sql<{ name: string }>`
    select nspname as name from pg_namespace where nspname not like 'pg\_%' and nspname <> 'information_schema'`.execute(database.db)
  for (const { name } of rows) await sql`drop schema ${sql.id(name)} cascade`.execute(database.db)
  await sql`create schema public`.execute(database.db)
  await database.close()
  return server
}
