import type { Logger } from 'pino'
import { startEmbedded } from '../src/db/embedded.ts'
import type { Config } from '../src/kernel/config.ts'

/** Gives a task the address of the database: DATABASE_URL, or the embedded one, which is started if it does not run already. */
export async function withDatabaseUrl<T>(config: Config, log: Logger, task: (url: string) => Promise<T>): Promise<T> {
  if (config.databaseUrl !== null) return task(config.databaseUrl)
  const server = await startEmbedded({ dataDir: config.dataDir, log, join: true })
  try {
    return await task(server.url)
  } finally {
    await server.stop()
  }
}
