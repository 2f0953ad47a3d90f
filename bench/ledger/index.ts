import { type RawBuilder, sql } from 'kysely'
import { createApp } from '../../src/app.ts'
import { wrongCredit, wrongTotals, wrongWorkspaceTotals } from '../../src/domain/sessions/ledger.queries.ts'
import { creditPhases } from '../../src/domain/sessions/session.actions.ts'
import { factsOf } from '../../src/domain/sessions/why.queries.ts'
import { ownStats } from '../../src/domain/stats/own.queries.ts'
import { daysWith } from '../../src/domain/stats/stats.queries.ts'
import { type Clock, systemClock } from '../../src/kernel/clock.ts'
import type { Ctx } from '../../src/kernel/context.ts'
import { daysAfter } from '../../src/kernel/dates.ts'
import type { PersonId, PhaseId, WorkspaceId } from '../../src/kernel/ids.ts'
import { isStatement, scansIn, tablesFrom, tooMany } from '../../src/testing/scans.ts'
import { watchQueries } from '../../src/testing/watch-queries.ts'
import { type Figure, milliseconds, percentile, print, times } from '../figures.ts'
import { configIn, type Ground, log, onGround } from '../ground.ts'
import { firstOpen, personKey, phaseKey, type Size, workspaceKey, writeHistory } from './history.ts'

const small: Size = { people: 10_000 }
const large: Size = { people: Number(process.env.BENCH_PEOPLE ?? 1_000_000) }
/** Each question is asked so often, about another person each time; the first tenth warms up and is left out. */
const repetitions = 1000
const warmUp = repetitions / 10

/** What is written into a table that was emptied in the same transaction is not written into the log too. */
const fillingSettings = { wal_level: 'minimal', max_wal_senders: '0', max_wal_size: '4GB' }

type App = Awaited<ReturnType<typeof createApp>>
type Times = Readonly<Record<string, readonly number[]>>

/** Ten sessions each of ten thousand and of a million people: how long the questions take that people ask of their history. */
export const ledger = (): Promise<void> =>
  onGround(async (ground) => {
    const few = await measure(ground, 'few', small)
    const many = await measure(ground, 'many', large)
    print(`${large.people.toLocaleString('en')} people`, figures(few, many))
  }, fillingSettings)

const questions = ['credit of a phase end', '/stats year', '/focus why', 'heat map'] as const

function figures(few: Times, many: Times): readonly Figure[] {
  const at = (all: Times, what: string, share: number) => percentile(all[what] ?? [], share)
  const mean = (list: readonly number[] = []) => list.reduce((sum, one) => sum + one, 0) / list.length
  return [
    ...questions.flatMap((what): Figure[] => [
      {
        what: `${what}, 99 %`,
        ours: milliseconds(at(many, what, 0.99)),
        baseline: `${milliseconds(at(many, 'one row by its key', 0.99))} (one row by its key)`,
        ratio: times(at(many, what, 0.99), at(many, 'one row by its key', 0.99)),
        aim: '≤ 20 ms',
      },
      {
        what: `${what}, median`,
        ours: milliseconds(at(many, what, 0.5)),
        baseline: `${milliseconds(at(few, what, 0.5))} (${small.people.toLocaleString('en')} people)`,
        ratio: times(at(many, what, 0.5), at(few, what, 0.5)),
        aim: '≤ 2×',
      },
    ]),
    {
      what: 'a query, on average',
      ours: milliseconds(mean(many.queries)),
      baseline: `${milliseconds(mean(few.queries))} (${small.people.toLocaleString('en')} people)`,
      ratio: times(mean(many.queries), mean(few.queries)),
      aim: '< 5 ms',
    },
  ]
}

async function measure(ground: Ground, name: string, size: Size): Promise<Times> {
  const now = new Date()
  const still: Clock = { ...systemClock, now: () => now }
  const app = await createApp(configIn(ground), { url: await ground.database(name), clock: still, log })
  try {
    const began = performance.now()
    await writeHistory(app.db, size, now, repetitions + 1)
    process.stdout.write(
      `${name}: ${size.people.toLocaleString('en')} people written in ${Math.round((performance.now() - began) / 1000)} s\n`,
    )
    const taken = await ask(app, size)
    await assertIndexed(app, size)
    await assertSound(app, size)
    return taken
  } finally {
    await app.stop()
  }
}

/** Somewhere in the middle of the crowd, far from whoever was asked about before. */
const someone = (n: number, { people }: Size): number => (n * 7919 + 104_729) % people

type Asking = { readonly ctx: Ctx; readonly person: PersonId; readonly phase: PhaseId }

/** Reads as that person does in their workspace; `phase` is one of those that wait for their credit. */
async function askingAs(app: App, n: number, size: Size): Promise<Asking> {
  const whom = someone(n, size)
  const { rows } = await sql<{ person: PersonId; workspace: WorkspaceId; phase: PhaseId }>`
    select ${personKey(whom)} as person, ${workspaceKey(whom)} as workspace, ${phaseKey(firstOpen(size) + n)} as phase`.execute(app.db)
  const [found] = rows
  if (found === undefined) throw new Error('PostgreSQL gives no keys')
  return { ...found, ctx: await app.read(async (reading: Ctx) => reading, { actor: found }) }
}

async function ask(app: App, size: Size): Promise<Times> {
  const taken: Record<string, number[]> = { 'one row by its key': [], queries: [] }
  const queries = watchQueries(app.database)
  const timed = async (what: string, n: number, act: () => Promise<unknown>): Promise<void> => {
    const before = queries.length
    const start = performance.now()
    await act()
    const took = performance.now() - start
    if (n < warmUp) return
    taken[what] = [...(taken[what] ?? []), took]
    taken.queries?.push(took / Math.max(1, queries.length - before))
  }
  for (let n = 0; n < repetitions; n++) {
    const asking = await askingAs(app, n, size)
    const asked = askedBy(app, asking)
    await timed('one row by its key', n, () => asking.ctx.db.selectFrom('user').selectAll().where('id', '=', asking.person).execute())
    for (const what of questions) await timed(what, n, asked[what])
  }
  return taken
}

function askedBy(app: App, { ctx, person, phase }: Asking) {
  const today = ctx.now.toISOString().slice(0, 10)
  return {
    'credit of a phase end': () => app.write('clock', null, (tx) => creditPhases(tx, [phase])),
    '/stats year': () => ownStats(ctx, person, 'year'),
    '/focus why': async () => {
      const { rows } = await sql<{ day: string }>`select max(day)::text as day from user_day where user_id = ${person}::uuid`.execute(
        ctx.db,
      )
      return factsOf(ctx, person, rows[0]?.day ?? '')
    },
    'heat map': () => daysWith(ctx, person, { from: daysAfter(today, -365), to: today }),
  } satisfies Record<(typeof questions)[number], () => Promise<unknown>>
}

/** Every statement of every question finds its rows by an index, or the figures say nothing. */
async function assertIndexed(app: App, size: Size): Promise<void> {
  const tables = await tablesFrom(app.db, tooMany)
  const asked = watchQueries(app.database)
  const all = askedBy(app, await askingAs(app, repetitions, size))
  for (const what of questions) await all[what]()
  for (const one of asked.filter(isStatement)) {
    const scans = await scansIn(app.db, one, tables)
    if (scans.length > 0) throw new Error(`no index for ${scans.join('\n')}`)
  }
}

/** What was written, before and while it was measured, is what the product would have written: looked at for a sample of people and rooms. */
async function assertSound(app: App, size: Size): Promise<void> {
  const ctx = await app.read(async (reading: Ctx) => reading)
  const sample = Array.from({ length: 500 }, (_, n) => n)
  const keysOf = async <T>(key: (n: number) => RawBuilder<unknown>): Promise<readonly T[]> => {
    const { rows } = await sql<{ id: T }>`select x.id from (values ${sql.join(sample.map((n) => sql`(${key(n)})`))}) x(id)`.execute(ctx.db)
    return rows.map(({ id }) => id)
  }
  const past = await keysOf<PhaseId>((n) => phaseKey((n * 7919) % firstOpen(size)))
  const fresh = await keysOf<PhaseId>((n) => phaseKey(firstOpen(size) + n))
  const people = [...(await keysOf<PersonId>(personKey)), ...(await keysOf<PersonId>((n) => personKey(someone(n, size))))]
  const workspaces = await keysOf<WorkspaceId>(workspaceKey)
  const wrong = [
    ...(await wrongCredit(ctx, [...past, ...fresh])),
    ...(await wrongTotals(ctx, people)),
    ...(await wrongWorkspaceTotals(ctx, [...new Set(workspaces)].slice(0, 10))),
  ]
  if (wrong.length > 0) throw new Error(`${wrong.length} rows are not what the ledger says: ${JSON.stringify(wrong[0])}`)
}
