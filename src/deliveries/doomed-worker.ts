import { sql } from 'kysely'
import pino from 'pino'
import { openDatabase } from '../db/database.ts'
import { openQueue } from './queue.ts'

/** A process for the kill test: it takes a job of the queue `doomed`, writes that it began, and never ends it. */
const [url = ''] = process.argv.slice(2)
const log = pino({ level: 'silent' })
const database = await openDatabase({ url, pool: 5 }, log)
const queue = openQueue({ database, log, queues: [{ name: 'doomed', order: 'any' }] })
await queue.start()
await queue.work('doomed', {}, async ({ data }) => {
  await sql`insert into mark (words) values (${`began ${JSON.stringify(data)}`})`.execute(database.db)
  return new Promise(() => undefined)
})
