import { setTimeout as wait } from 'node:timers/promises'
import { postgresBus } from './bus/postgres.ts'
import { redisBus } from './bus/redis.ts'
import { openDatabase } from './db/database.ts'
import { hasYielded } from './db/errors.ts'
import { openQueue, type QueueOptions } from './deliveries/queue.ts'
import { deliveryQueues } from './deliveries/queues.ts'
import { reactionQueue } from './events/emit.ts'
import type { Clock } from './kernel/clock.ts'
import type { Config } from './kernel/config.ts'
import type { App } from './kernel/context.ts'
import type { Log } from './kernel/log.ts'

export type { App } from './kernel/context.ts'

export type Running = App & { stop(): Promise<void> }

/** Wires everything once. The database at `url` is migrated already. */
export async function createApp(
  config: Config,
  { url, clock, log, queueClock }: { url: string; clock: Clock; log: Log; queueClock?: QueueOptions['clock'] },
): Promise<Running> {
  const database = await openDatabase({ url, ...config.database }, log)
  const { db } = database
  const queues = [{ name: reactionQueue, order: 'any' } as const, ...deliveryQueues]
  const queue = openQueue({ database, log, queues, ...(queueClock === undefined ? {} : { clock: queueClock }) })
  await queue.start()
  const bus = config.redisUrl === null ? await postgresBus(database) : await redisBus(config.redisUrl, log)
  const web = config.publicUrl
  return {
    config,
    clock,
    log,
    database,
    db,
    queue,
    bus,
    read: (look, { actor, place = null } = { actor: 'clock' }) => look({ db: database.lookout, now: clock.now(), actor, place, web }),
    write: (actor, place, act) =>
      unlessYielded(() => db.transaction().execute((trx) => act({ db: trx, now: clock.now(), actor, place, web, queue }))),
    async stop() {
      await queue.stop()
      await bus.close()
      await database.close()
    },
  }
}

/** So often a transaction is done again that PostgreSQL rolled back for another's sake. */
const attempts = 4
const longestPauseMilliseconds = 50

async function unlessYielded<T>(deed: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await deed()
    } catch (error) {
      if (attempt === attempts || !hasYielded(error)) throw error
      // Apart, so that the two do not meet again.
      await wait(Math.random() * longestPauseMilliseconds)
    }
  }
}
