import { type Kysely, sql } from 'kysely'
import { createApp } from '../../src/app.ts'
import { runWork, works } from '../../src/clockwork.ts'
import type { DB } from '../../src/db/schema.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { fill } from '../../src/testing/fill.ts'
import { type Figure, median, milliseconds, times } from '../figures.ts'
import { configIn, type Ground, log } from '../ground.ts'
import { settleBare } from './bare.ts'

const rooms = 10_000
const people = 5
const repetitions = 3

/** Ten thousand rooms of five people end in one second: how long until everything that follows is committed. */
export async function measureBurst(ground: Ground): Promise<readonly Figure[]> {
  await makeTemplate(ground)
  const ours: number[] = []
  const bare: number[] = []
  for (let n = 0; n < repetitions; n++) {
    bare.push(await onCopy(ground, `bare_${n}`, (app) => settleBare(app.db, app.clock.now())))
    ours.push(await onCopy(ground, `ours_${n}`, (app) => settle(app)))
  }
  const [mine, base] = [median(ours), median(bare)]
  return [
    {
      what: `${rooms.toLocaleString('en')} rooms × ${people} people end in one second`,
      ours: milliseconds(mine),
      baseline: `${milliseconds(base)} (bare SQL)`,
      ratio: times(mine, base),
      aim: '≤ 3×',
    },
  ]
}

type App = Awaited<ReturnType<typeof createApp>>

async function makeTemplate(ground: Ground): Promise<void> {
  const url = await ground.database('rooms')
  const app = await createApp(configIn(ground), { url, clock: systemClock, log })
  await fill(app.db, { workspaces: 100, rooms, people, past: 1, endsAt: new Date(Date.now() - 1000), overSeconds: 1 })
  await app.stop()
}

async function settle(app: App): Promise<void> {
  const [phasesEnd] = works
  if (phasesEnd === undefined) throw new Error('the clockwork has no work')
  await runWork(app, phasesEnd)
}

/** Milliseconds that `task` took on a fresh copy of the rooms. */
async function onCopy(ground: Ground, name: string, task: (app: App) => Promise<void>): Promise<number> {
  const app = await createApp(configIn(ground), { url: await ground.database(name, 'rooms'), clock: systemClock, log })
  try {
    const start = performance.now()
    await task(app)
    const took = performance.now() - start
    await assertSettled(app.db)
    return took
  } finally {
    await app.stop()
  }
}

/** Both ways must have left the same rows behind, or the comparison says nothing. */
async function assertSettled(db: Kysely<DB>): Promise<void> {
  const { rows: found } = await sql<Record<string, number>>`
    select (select count(*)::int from timer where phase_type = 'break') as timers, (select count(*)::int from phase_span where ended_at is null) as spans,
      (select count(*)::int from event) as events, (select count(*)::int from queue.job where name = 'reaction') as jobs,
      (select count(*)::int from session_history) as sessions, (select count(*)::int from "user" where total_sessions = 2) as totals,
      (select count(*)::int from user_progress where sessions = 2) as progress, (select count(*)::int from achievement_count where count = 2) as together,
      (select sum(sessions)::int from user_day) as days, (select sum(sessions)::int from user_topic_day) as topics,
      (select sum(sessions)::int from workspace_day) as workspaces`.execute(db)
  const all = rooms * people
  const sums = { sessions: 2 * all, totals: all, progress: all, together: all, days: 2 * all, topics: 2 * all, workspaces: 2 * all }
  const expected = { timers: rooms, spans: rooms, events: rooms, jobs: rooms, ...sums }
  for (const [name, count] of Object.entries(expected)) {
    if (found[0]?.[name] !== count) throw new Error(`${name}: ${found[0]?.[name]} instead of ${count}`)
  }
}
