import type { Db as BossDatabase, PgBoss } from 'pg-boss'

/** The queue of what was given up; nobody works it. */
export const graveyard = 'given-up'

/** A job that was given up. `why` is the message of the last error, for operators. */
export type Failure = {
  readonly queue: string
  readonly key: string | null
  readonly data: object
  readonly why: string
  readonly at: Date
}

type Given = { readonly name: string; readonly singletonKey: string | null; readonly data: object }
export type Bury = (job: Given, error: unknown, db?: BossDatabase) => Promise<void>

/**
 * Writes a failure down, so that the job can be completed: pg-boss's own dead letters leave the failed job in its queue, where it
 * blocks its key for ever.
 */
export const buryIn =
  (boss: PgBoss): Bury =>
  async ({ name, singletonKey, data }, error, db) => {
    const why = error instanceof Error ? error.message : String(error)
    await boss.insert(graveyard, [{ data: { queue: name, key: singletonKey, data, why } }], db ? { db } : {})
  }

export async function failures(boss: PgBoss, limit: number): Promise<readonly Failure[]> {
  const jobs = await boss.findJobs<Omit<Failure, 'at'>>(graveyard, { queued: true, limit })
  return jobs.map(({ data, createdOn }) => ({ ...data, at: createdOn })).toSorted((a, b) => b.at.getTime() - a.at.getTime())
}
