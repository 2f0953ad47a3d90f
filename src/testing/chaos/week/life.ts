import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { inject } from 'vitest'
import { createApp, type Running } from '../../../app.ts'
import { type Caller, performText } from '../../../commands/perform.ts'
import { days, hours } from '../../../kernel/clock.ts'
import { readConfig } from '../../../kernel/config.ts'
import { checkLedger } from '../../../ledger.ts'
import { cloneDatabase, quiet } from '../../postgres.ts'
import { type Lot, lotFrom } from '../lot.ts'
import { creditOf, daysOf, type Heard, type PlaceOf, type Run, staysOf } from './model.ts'
import { channels } from './stream.ts'
import type { Orders } from './worker.ts'

export type Week = {
  readonly problems: readonly string[]
  readonly complaints: readonly string[]
  readonly heard: number
  readonly sessions: number
}

const start = Date.parse('2026-03-23T00:00:00Z')
const server = '900'
/** The clocks of Berlin turn within this week. */
const zones = ['Asia/Seoul', 'Europe/Berlin', 'America/New_York', 'Pacific/Chatham', 'UTC', 'Asia/Kathmandu'] as const
const accounts = zones.map((_zone, n) => `${201 + n}`)
const zoneOf = (account: string): string => zones[accounts.indexOf(account)] ?? 'UTC'

/** A week of voice on a database of its own, heard by one process after another; each is killed somewhere but the last. */
export async function liveWeek(seed: number, kills: number): Promise<Week> {
  const database = await cloneDatabase(inject('postgresUrl'))
  const dataDir = await mkdtemp(join(tmpdir(), 'focus-mate-week-'))
  const complaints: string[] = []
  const lot = lotFrom(seed)
  const clock = { now: () => new Date(start), sleep: () => new Promise<void>(() => undefined) }
  const config = readConfig({ DATA_DIR: dataDir, SECRET_KEY: '11'.repeat(32), DB_POOL: '4' })
  const app = await createApp(config, { url: database.url, clock, log: quiet })
  try {
    await prepare(app)
    const orders: Orders = { url: database.url, dataDir, seed, server, accounts, start, from: start, end: start + days(7) + hours(1) }
    for (let n = 0; n < kills; n++) {
      const at = start + Math.floor((days(7) * (n + lot.draw())) / kills)
      await work({ ...orders, from: await nextStart(app, lot) }, complaints, { at, after: lot.between(0, 40) })
    }
    await work({ ...orders, from: await nextStart(app, lot) }, complaints, null)
    return { ...(await compare(app, orders.end)), complaints }
  } finally {
    await app.stop()
    await database.drop()
    await rm(dataDir, { recursive: true })
  }
}

/** A minute to an hour after the last one was last alive: some gaps are bridged, others are too long. */
async function nextStart(app: Running, lot: Lot): Promise<number> {
  const pulse = await app.db.selectFrom('pulse').select('seen_at').executeTakeFirst()
  return pulse === undefined ? start : pulse.seen_at.getTime() + (lot.draw() < 0.6 ? lot.between(40, 840) : lot.between(900, 3600)) * 1000
}

/** Lets a process hear from `from` on; it is killed so many real milliseconds after it reached `at`, at whatever instruction it is. */
async function work(orders: Orders, complaints: string[], kill: { readonly at: number; readonly after: number } | null): Promise<void> {
  const child = fork(join(import.meta.dirname, 'worker.ts'), [JSON.stringify(orders)], { execArgv: [], silent: true })
  child.stderr?.on('data', (words: Buffer) => complaints.push(words.toString()))
  const gone = once(child, 'exit')
  let isOver = false
  let isDying = false
  child.on('message', (said: { readonly at: number } | 'over') => {
    if (said === 'over') isOver = true
    else if (kill !== null && said.at >= kill.at && !isDying) {
      isDying = true
      void wait(kill.after).then(() => child.kill('SIGKILL'))
    }
  })
  const [code] = await gone
  if (kill === null && !(isOver && code === 0)) complaints.push(`the last process ended with status ${code}`)
}

const person = (externalId: string): Caller => ({
  sighting: { platform: 'discord', externalId, displayName: `person${externalId}`, locale: 'en', timezone: null },
  workspace: { platform: 'discord', externalId: server, name: 'The Library', role: 'member' },
})

/** Two rooms that start with whoever comes first, and people who live in different zones. */
async function prepare(app: Running): Promise<void> {
  await sql`create table heard (n bigint generated always as identity primary key, entry jsonb not null)`.execute(app.db)
  const says = (who: string, line: string, voice?: string) =>
    performText(app, person(who), { platform: 'discord', channel: '555', ...(voice === undefined ? {} : { voice }) }, line)
  for (const account of accounts) await says(account, `settings set timezone:${zoneOf(account)} day_start:04:00`)
  for (const [host, name, voice, lengths] of [
    ['101', 'Library', channels.library, 'focus:25 break:5'],
    ['102', 'Cellar', channels.cellar, 'focus:50 break:10 rounds:3'],
  ] as const) {
    await says(host, `room create ${name} ${lengths} start:no`, voice)
    await says(host, `room edit start_on_join:yes`, voice)
    await says(host, 'room leave', voice)
  }
}

async function compare(app: Running, end: number): Promise<Pick<Week, 'problems' | 'heard' | 'sessions'>> {
  const list = async <T>(query: ReturnType<typeof sql<T>>): Promise<readonly T[]> => (await query.execute(app.db)).rows
  const heard = (await list(sql<{ entry: Heard }>`select entry from heard order by n`)).map(({ entry }) => entry)
  const rooms = new Map(
    (await list(sql<{ channel: string; id: string }>`select voice_channel as channel, room_id as id from room_binding`)).map(
      ({ channel, id }) => [channel, id],
    ),
  )
  const placeOf: PlaceOf = (channel) =>
    channel === null ? null : channel === channels.lounge ? 'lounge' : channel === channels.afk ? 'afk' : (rooms.get(channel) ?? null)
  const milliseconds = (column: string) => sql<number>`(extract(epoch from ${sql.ref(column)}) * 1000)::float8`
  const runs = await list(sql<Run>`
    select p.id as phase, p.room_id as room, ${milliseconds('s.started_at')} as "from", ${milliseconds('s.ended_at')} as "to"
    from phase p join phase_span s on s.phase_id = p.id where p.type = 'work' and s.ended_at is not null`)
  const credits = creditOf(staysOf(heard, placeOf, end), runs)
  const right = new Map(
    credits.map(({ account, what, stretches }) => [`${account} ${what}`, stretches.reduce((sum, [from, to]) => sum + to - from, 0) / 1000]),
  )
  const sessions = await list(sql<{ account: string; what: string; seconds: number }>`
    select i.external_id as account, coalesce(h.phase_id::text, 'alone from ' || (extract(epoch from o.started_at) * 1000)::bigint) as what, h.seconds
    from session_history h join identity i on i.user_id = h.user_id left join solo_session o on o.id = h.solo_id`)
  const written = new Map(sessions.map(({ account, what, seconds: n }) => [`${account} ${what}`, n]))
  const days = new Map(
    (
      await list(sql<{ key: string; seconds: number }>`
      select i.external_id || ' ' || d.day as key, d.focus_seconds as seconds from user_day d join identity i on i.user_id = d.user_id`)
    ).map(({ key, seconds: n }) => [key, n]),
  )
  const problems = [...differences('session', written, right), ...differences('day', days, daysOf(credits, zoneOf))]
  await checkLedger(app, false, (sentence) => problems.push(`ledger check: ${sentence}`))
  return { problems, heard: heard.length, sessions: sessions.length }
}

const differences = (what: string, written: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): string[] =>
  [...new Set([...written.keys(), ...right.keys()])].flatMap((key) =>
    written.get(key) === right.get(key) ? [] : [`${what} ${key}: ${written.get(key) ?? 0} s written, ${right.get(key) ?? 0} s right`],
  )
