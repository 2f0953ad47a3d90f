import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { House } from './house.ts'

/** Until a transaction of the house waits for a lock, or `deed` is done without. */
export async function waitsOrEnds(house: House, deed: Promise<unknown>): Promise<void> {
  let isOver = false
  const end = (): void => {
    isOver = true
  }
  deed.then(end, end)
  while (!isOver && !(await someoneWaits(house))) await sleep(5)
}

async function someoneWaits({ app }: House): Promise<boolean> {
  const { rows } = await sql`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(app.db)
  return rows.length > 0
}
