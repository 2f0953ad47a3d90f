import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { type Bus, ears } from './bus.ts'

const channel = 'whisper'

/** A notification holds 8000 bytes; a topic takes about 45. */
const topicsAtOnce = 150

/** The bus over LISTEN and NOTIFY, for an installation without Redis. */
export async function postgresBus(database: Database): Promise<Bus> {
  const { listen, tell } = ears()
  const listening = await database.listen(channel, (payload) => payload.split(' ').forEach(tell))
  return {
    listen,
    async whisper(topics) {
      for (let from = 0; from < topics.length; from += topicsAtOnce) {
        await sql`select pg_notify(${channel}, ${topics.slice(from, from + topicsAtOnce).join(' ')})`.execute(database.db)
      }
    },
    close: () => listening.close(),
  }
}
