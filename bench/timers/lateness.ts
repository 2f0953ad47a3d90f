import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { createApp } from '../../src/app.ts'
import { startClockwork } from '../../src/clockwork.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { workReactions } from '../../src/reactions/react.ts'
import { fill } from '../../src/testing/fill.ts'
import { type Figure, milliseconds, percentile, times } from '../figures.ts'
import { configIn, type Ground, log } from '../ground.ts'

const rooms = 1000
const people = 5
const seconds = 60

/** A thousand rooms end over a minute under a working process: how long after its end each phase is committed. */
export async function measureLateness(ground: Ground): Promise<readonly Figure[]> {
  const app = await createApp(configIn(ground), { url: await ground.database('minute'), clock: systemClock, log })
  const first = Date.now() + 8000
  await fill(app.db, { workspaces: 20, rooms, people, past: 1, endsAt: new Date(first), overSeconds: seconds })
  await workReactions(app)
  const clockwork = await startClockwork(app)
  try {
    await wait(first + seconds * 1000 + 2000 - Date.now())
    const { rows: ends } = await sql<{ late: number }>`
      select extract(epoch from pg_xact_commit_timestamp(xmin) - (data ->> 'at')::timestamptz)::float8 * 1000 as late
      from event where type = 'timer.moved' and data ->> 'verb' = 'end'`.execute(app.db)
    if (ends.length !== rooms) throw new Error(`${ends.length} phases ended instead of ${rooms}`)
    const late = ends.map((end) => end.late)
    const bare = await bareLateness(app)
    return (
      [
        ['median', 0.5, '< 50 ms'],
        ['99 %', 0.99, '< 250 ms'],
      ] as const
    ).map(([name, share, aim]) => ({
      what: `${rooms.toLocaleString('en')} rooms end over a minute: lateness, ${name}`,
      ours: milliseconds(percentile(late, share)),
      baseline: `${milliseconds(percentile(bare, share))} (a timer and one committed row)`,
      ratio: times(percentile(late, share), percentile(bare, share)),
      aim,
    }))
  } finally {
    await clockwork.stop()
    await app.stop()
  }
}

/** What the machine gives at best: a timer of Node, and one row committed. */
async function bareLateness({ db }: Awaited<ReturnType<typeof createApp>>): Promise<readonly number[]> {
  await sql`create table moment (due timestamptz)`.execute(db)
  for (let n = 0; n < 200; n++) {
    const due = new Date(Date.now() + 15)
    await wait(due.getTime() - Date.now())
    await sql`insert into moment values (${due})`.execute(db)
  }
  const { rows: moments } = await sql<{ late: number }>`
    select extract(epoch from pg_xact_commit_timestamp(xmin) - due)::float8 * 1000 as late from moment`.execute(db)
  return moments.map((moment) => moment.late)
}
