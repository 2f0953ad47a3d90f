import { setTimeout as wait } from 'node:timers/promises'
import { type Kysely, sql, type Transaction } from 'kysely'
import { fromKysely, PgBoss, type TestClock } from 'pg-boss'
import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import { newId } from '../kernel/ids.ts'
import { bossDatabase } from './boss-database.ts'
import { buryIn, type Failure, failures, graveyard } from './failures.ts'
import { type Handler, schema, sender, type TransactionalHandler, transactional, type WorkerContext } from './worker.ts'

export type { Failure } from './failures.ts'
export type { Handler, TransactionalHandler } from './worker.ts'

/**
 * How jobs of a queue relate to each other. `any`: not at all. `once`: of those waiting with one key only the first stays, and two of
 * one key never run at once. `strict`: those of one key run one after another, in the order they were added; a failing one holds
 * back those behind it until it succeeds or is given up.
 */
export type Order = 'any' | 'once' | 'strict'
export type QueuePlan = { readonly name: string; readonly order: Order; readonly attempts?: number }

/** `key` is required where the order is `once` or `strict`. Without `startAfter` it starts at once. */
export type NewJob = { readonly queue: string; readonly data: object; readonly key?: string; readonly startAfter?: Date }

export type WorkOptions = {
  /** Jobs in hand at a time, each fetched and settled alone. */
  readonly concurrency?: number
  /** Jobs fetched and settled together. */
  readonly batch?: number
}

/** Fetches no more jobs, and resolves when those in hand are done. */
export type StopWork = () => Promise<void>

export type Queue = {
  start(): Promise<void>
  /** Waits up to 3 s for handlers; what they don't finish is done again elsewhere. */
  stop(): Promise<void>
  /** Adds jobs in the transaction: they start when it commits, and never when it is rolled back. */
  insert(db: Transaction<DB>, jobs: readonly NewJob[]): Promise<void>
  /** The handler may run again after a crash, so it looks before it repeats what can't be undone. */
  work<Data extends object>(name: string, options: WorkOptions, handler: Handler<Data>): Promise<StopWork>
  /** What the handler writes and the job's completion commit together: exactly once. */
  workInTransaction<Data extends object>(name: string, options: WorkOptions, handler: TransactionalHandler<Data>): Promise<StopWork>
  /** For tests: until nothing that this process works is due or running. */
  idle(): Promise<void>
  /** What was given up, the latest first. */
  failed(limit?: number): Promise<readonly Failure[]>
}

export type QueueOptions = {
  readonly database: Database
  readonly log: Logger
  readonly queues: readonly QueuePlan[]
  /** Tests move the time of the queue, in Node and in PostgreSQL alike. */
  readonly clock?: TestClock
}

const policies = { any: 'standard', once: 'stately', strict: 'key_strict_fifo' } as const
const defaultAttempts = 8

/** A dead worker's jobs come back within 10 s + 2 passes; `attempts` are counted by us, so pg-boss never gives up by itself. */
const jobSettings = {
  notify: true,
  heartbeatSeconds: 10,
  expireInSeconds: 120,
  retryLimit: 1_000_000,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  deleteAfterSeconds: 3600,
}

/** Jobs on the same PostgreSQL, by pg-boss: any number of processes may add and work them. */
export function openQueue({ database, log, queues, clock }: QueueOptions): Queue {
  const { database: bossDb, transactionOf } = bossDatabase(database)
  const boss = new PgBoss({
    db: bossDb,
    schema,
    useListenNotify: true,
    schedule: false,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    maintenanceIntervalSeconds: 600,
    ...(clock ? { clock } : {}),
  })
  boss.on('error', (err) => log.error({ err }, 'queue'))
  boss.on('warning', ({ message, data }) => log.warn({ data }, message))
  const plans = new Map(queues.map((plan) => [plan.name, plan]))
  const workers: { queue: string; id: string }[] = []

  function planOf(name: string): QueuePlan {
    const plan = plans.get(name)
    if (!plan) throw new Error(`There is no queue ${name}.`)
    return plan
  }

  /** `begin` starts one worker and resolves with its id. */
  async function addWorkers(name: string, concurrency: number, begin: (context: WorkerContext) => Promise<string>): Promise<StopWork> {
    const attempts = planOf(name).attempts ?? defaultAttempts
    const mine: string[] = []
    for (let i = 0; i < concurrency; i++) {
      let id = ''
      // A worker that had something looks again at once, so that a backlog never waits for the next poll.
      id = await begin({ boss, attempts, again: () => boss.notifyWorker(id), transactionOf, bury: buryIn(boss) })
      workers.push({ queue: name, id })
      mine.push(id)
    }
    return async () => {
      await Promise.all(mine.map((id) => boss.offWork(name, { id, wait: true })))
    }
  }

  return {
    async start() {
      await boss.start()
      await boss.createQueue(graveyard, { retentionSeconds: 30 * 24 * 3600 })
      for (const { name, order } of queues) await boss.createQueue(name, { ...jobSettings, policy: policies[order] })
    },
    stop: () => boss.stop({ close: false, graceful: true, timeout: 3000 }),
    async insert(db, jobs) {
      const ordered = jobs.map((job) => ({ ...job, id: newId<string>() }))
      for (const [name, group] of [...Map.groupBy(ordered, ({ queue }) => queue)].sort(byName)) {
        const { order } = planOf(name)
        if (order !== 'any' && group.some(({ key }) => !key)) throw new Error(`Jobs of the queue ${name} need a key.`)
        // Two transactions that add jobs of the same keys wait for each other: in one order, never in a circle.
        const sorted = group.toSorted((a, b) => compare(a.key ?? '', b.key ?? '') || compare(a.id, b.id))
        await boss.insert(name, sorted.map(bossJob), { db: fromKysely(db) })
      }
    },
    work: (name, { concurrency = 1, batch = 1 }, handler) =>
      addWorkers(name, concurrency, (context) =>
        boss.work(name, { ...watching, batchSize: batch, perJobResults: true }, sender(context, handler)),
      ),
    workInTransaction: (name, { concurrency = 1, batch = 1 }, handler) =>
      addWorkers(name, concurrency, (context) =>
        boss.work(name, { ...watching, batchSize: batch, transactional: true }, transactional(context, handler)),
      ),
    async idle() {
      const names = [...new Set(workers.map(({ queue }) => queue))]
      while (await unfinished(database.db, names)) {
        for (const { id } of workers) boss.notifyWorker(id)
        await wait(10)
      }
    },
    failed: (limit = 100) => failures(boss, limit),
  }
}

/** NOTIFY starts a job at once; looking every second finds those whose time has come. */
const watching = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1, includeMetadata: true } as const

const bossJob = ({ id, data, key, startAfter }: NewJob & { id: string }) => ({
  id,
  data,
  ...(key ? { singletonKey: key } : {}),
  ...(startAfter ? { startAfter } : {}),
})

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => compare(a, b)

/** A job held back by a postponed one of its key is not due. */
async function unfinished(db: Kysely<DB>, names: readonly string[]): Promise<boolean> {
  const jobs = sql.table(`${schema}.job`)
  const now = sql.raw(`${schema}.job_now()`)
  const { rows } = await sql<{ some: boolean }>`
    select exists (
      select from ${jobs} as job
      where name = any(${names}::text[]) and (state = 'active' or (state < 'active' and start_after <= ${now}))
        and not (policy = ${policies.strict} and exists (
          select from ${jobs} as ahead
          where ahead.name = job.name and ahead.singleton_key = job.singleton_key and ahead.state = 'retry' and ahead.start_after > ${now}
        ))
    ) as some`.execute(db)
  return rows[0]?.some ?? false
}
