import type { ControlledTransaction, Transaction } from 'kysely'
import type { Db as BossDatabase, JobResult, JobWithMetadata, PgBoss } from 'pg-boss'
import type { DB } from '../db/schema.ts'
import type { Bury } from './failures.ts'

/** pg-boss's own tables lie apart from ours. */
export const schema = 'queue'

/** `attempt` counts from 1. `signal` aborts when the job is no longer ours: it took too long, or we are stopping. */
export type Job<Data extends object> = {
  readonly id: string
  readonly queue: string
  readonly key: string | null
  readonly data: Data
  readonly attempt: number
  readonly signal: AbortSignal
}

/** Start the job again in so many milliseconds; those behind it in a strict queue wait too. */
export type Later = { readonly later: number }
export type Handler<Data extends object> = (job: Job<Data>) => Promise<Later | undefined>
/** Gets a batch, so that what it writes can be set-based. */
export type TransactionalHandler<Data extends object> = (db: Transaction<DB>, jobs: readonly Job<Data>[]) => Promise<void>

export type WorkerContext = {
  readonly boss: PgBoss
  readonly attempts: number
  again(): void
  transactionOf(database: BossDatabase): ControlledTransaction<DB>
  readonly bury: Bury
}

const jobOf = <Data extends object>({ id, name, singletonKey, data, retryCount, signal }: JobWithMetadata<Data>): Job<Data> => ({
  id,
  queue: name,
  key: singletonKey,
  data,
  attempt: retryCount + 1,
  signal,
})

/** A job that took its process down each time ends here, before it does so again. */
const deadly = new Error('Its worker died at every attempt.')

/** Each job of a batch is settled by itself. */
export function sender<Data extends object>(context: WorkerContext, handler: Handler<Data>) {
  const { attempts, again, bury } = context

  async function settle(job: JobWithMetadata<Data>): Promise<JobResult> {
    const { id, retryCount } = job
    try {
      if (retryCount >= attempts) throw deadly
      const outcome = await handler(jobOf(job))
      if (!outcome) return { id, status: 'completed' }
      await postpone(context, job, outcome)
      return { id, status: 'failed' }
    } catch (error) {
      if (retryCount + 1 < attempts) return { id, status: 'failed', output: describe(error) }
      await bury(job, error)
      return { id, status: 'completed' }
    }
  }

  return async (jobs: JobWithMetadata<Data>[]): Promise<JobResult[]> => {
    again()
    return Promise.all(jobs.map(settle))
  }
}

/**
 * Jobs of a batch share one transaction and are handled together. Where that fails each is tried alone behind a savepoint:
 * one that fails is rolled back and tried again later, and the others commit.
 */
export function transactional<Data extends object>(context: WorkerContext, handler: TransactionalHandler<Data>) {
  const { boss, attempts, again, transactionOf, bury } = context

  async function attempt(
    transaction: ControlledTransaction<DB>,
    jobs: readonly JobWithMetadata<Data>[],
    failed: (error: unknown) => Promise<void>,
  ): Promise<void> {
    const marked = await transaction.savepoint('jobs').execute()
    try {
      if (jobs.some(({ retryCount }) => retryCount >= attempts)) throw deadly
      await handler(marked, jobs.map(jobOf))
      await marked.releaseSavepoint('jobs').execute()
    } catch (error) {
      await marked.rollbackToSavepoint('jobs').execute()
      await failed(error)
    }
  }

  return async (jobs: JobWithMetadata<Data>[], database: BossDatabase): Promise<void> => {
    again()
    const transaction = transactionOf(database)
    const alone = async (job: JobWithMetadata<Data>): Promise<void> =>
      attempt(transaction, [job], async (error) => {
        const { id, retryCount } = job
        if (retryCount + 1 >= attempts) await bury(job, error, database)
        else await boss.fail(job.name, [{ id, retryCount }], describe(error), { db: database })
      })
    const [only] = jobs
    if (only !== undefined && jobs.length === 1) return alone(only)
    await attempt(transaction, jobs, async () => {
      for (const job of jobs) await alone(job)
    })
  }
}

/** pg-boss starts a failed job again after the job's own delay, in whole seconds. */
async function postpone({ boss }: WorkerContext, { name, id }: JobWithMetadata<object>, { later }: Later): Promise<void> {
  const seconds = Math.ceil(later / 1000)
  await boss
    .getDb()
    .executeSql(`update ${schema}.job set retry_delay = $1, retry_backoff = false where name = $2 and id = $3`, [seconds, name, id])
}

const describe = (error: unknown): { message: string } => ({ message: error instanceof Error ? error.message : String(error) })
