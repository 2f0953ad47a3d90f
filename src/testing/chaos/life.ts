import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { inject } from 'vitest'
import { createApp, type Running } from '../../app.ts'
import { after, minutes } from '../../kernel/clock.ts'
import { readConfig } from '../../kernel/config.ts'
import { cloneDatabase, quiet } from '../postgres.ts'
import { audit } from './audit.ts'
import { closeRooms, openRooms } from './crowd.ts'
import { brokenErrands, unsettled } from './errands.ts'
import { fastClock } from './fast-clock.ts'
import { readLedger } from './ledger.ts'
import { lotFrom } from './lot.ts'
import { startWorker, type Worker } from './workers.ts'

export type Plan = {
  readonly seed: number
  /** How often one of the workers is killed; the next takes its place. */
  readonly kills: number
  /** Real seconds of life after the last kill. */
  readonly seconds: number
}
export type Outcome = {
  readonly problems: readonly string[]
  readonly complaints: readonly string[]
  readonly phases: number
  readonly sessions: number
  readonly events: number
}

/** One real second is a minute of the rooms. */
const speed = 60
const workersAtOnce = 2
/** A killed worker's reactions come back to life when its last sign of life is 10 s old, and somebody looks. */
const patienceSeconds = 40

/** Lets people live in rooms on a database of their own, worked by several processes, and looks at what is written when all is over. */
export async function live({ seed, kills, seconds }: Plan): Promise<Outcome> {
  const database = await cloneDatabase(inject('postgresUrl'))
  const dataDir = await mkdtemp(join(tmpdir(), 'focus-mate-chaos-'))
  const pace = { start: Date.parse('2026-03-02T09:00:00Z'), since: Date.now(), speed }
  const config = readConfig({ DATA_DIR: dataDir, SECRET_KEY: '11'.repeat(32), DB_POOL: '5' })
  const app = await createApp(config, { url: database.url, clock: fastClock(pace), log: quiet })
  const lot = lotFrom(seed)
  const complaints: string[] = []
  const workers: Worker[] = []
  const start = (): Worker => startWorker({ url: database.url, dataDir, pace, seed: lot.between(1, 2 ** 31) }, complaints)
  try {
    await openRooms(app)
    for (let n = 0; n < workersAtOnce; n++) workers.push(start())
    await Promise.all(workers.map(({ ready }) => ready))
    for (let n = 0; n < kills; n++) {
      // Some die while they start, most while they work.
      await wait(lot.between(500, 4000))
      const place = lot.between(0, workersAtOnce - 1)
      await workers[place]?.kill()
      workers[place] = start()
    }
    await wait(seconds * 1000)
    for (const worker of workers) await worker.quiet()
    const stuck = await comeToRest(app)
    await closeRooms(app)
    const left = await comeToRest(app)
    for (const worker of workers.splice(0)) await worker.end()
    const ledger = await readLedger(app)
    const events = ledger.moves.reduce((sum, { times }) => sum + times, 0)
    return {
      problems: [...stuck, ...left, ...audit(ledger), ...(await brokenErrands(app))],
      complaints,
      phases: ledger.phases.length,
      sessions: ledger.sessions.length,
      events,
    }
  } finally {
    for (const worker of workers) await worker.kill()
    await app.stop()
    await database.drop()
    await rm(dataDir, { recursive: true })
  }
}

/** Waits until nothing is overdue and nothing waits for its reaction, and says what is stuck after all. */
async function comeToRest(app: Running): Promise<readonly string[]> {
  for (let waited = 0; ; waited += 0.25) {
    const { reactions, overdue } = await unsettled(app, after(app.clock.now(), -minutes(5)))
    if (reactions + overdue === 0) return []
    if (waited >= patienceSeconds) return [`${reactions} reactions and ${overdue} timers are stuck`]
    await wait(250)
  }
}
