import pino from 'pino'
import { createApp } from '../../app.ts'
import { startClockwork } from '../../clockwork.ts'
import { readConfig } from '../../kernel/config.ts'
import { workReactions } from '../../reactions/react.ts'
import { liveHere } from './crowd.ts'
import { fastClock, type Pace } from './fast-clock.ts'
import { lotFrom } from './lot.ts'

/**
 * A process for the chaos tests: a worker in which people live too, so that a kill hits commands as well as the clock's deeds.
 * It says 'ready' to its parent and ends with it. 'quiet' sends the people out and goes on working; Any other word ends it in good order.
 * What the log holds at the level `error` goes to stderr.
 */
export type Orders = { readonly url: string; readonly dataDir: string; readonly pace: Pace; readonly seed: number }

const orders = JSON.parse(process.argv[2] ?? '') as Orders
process.on('disconnect', () => process.exit())

const config = readConfig({ DATA_DIR: orders.dataDir, SECRET_KEY: '11'.repeat(32), DB_POOL: '10' })
const app = await createApp(config, { url: orders.url, clock: fastClock(orders.pace), log: pino({ level: 'error' }, pino.destination(2)) })
await workReactions(app)
const clockwork = await startClockwork(app)
const gone = new AbortController()
const crowd = liveHere(app, lotFrom(orders.seed), gone.signal)

process.on('message', async (order) => {
  gone.abort()
  await crowd
  if (order === 'quiet') return process.send?.('quiet')
  await clockwork.stop()
  await app.stop()
  process.exit()
})
process.send?.('ready')
