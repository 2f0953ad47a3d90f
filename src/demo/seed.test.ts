import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createApp, type Running } from '../app.ts'
import { schema } from '../deliveries/worker.ts'
import { readConfig } from '../kernel/config.ts'
import type { PersonId } from '../kernel/ids.ts'
import { checkLedger } from '../ledger.ts'
import { type Clone, cloneDatabase, quiet } from '../testing/postgres.ts'
import { seed } from './seed.ts'

const now = new Date('2026-03-04T13:37:42.123Z')
let database: Clone
let app: Running

/** All that was written, read once. */
type Written = Awaited<ReturnType<typeof readAll>>
let written: Written

async function readAll() {
  const { db } = app
  const [
    people,
    members,
    workspaces,
    rooms,
    bindings,
    seats,
    presences,
    phases,
    spans,
    timers,
    sessions,
    invitations,
    corrections,
    gaps,
    outages,
    solos,
    days,
    progress,
    protectedDays,
    unlocked,
    reached,
    todos,
    occurrences,
  ] = await Promise.all([
    db.selectFrom('user').selectAll().execute(),
    db.selectFrom('workspace_member').selectAll().execute(),
    db.selectFrom('workspace').selectAll().execute(),
    db.selectFrom('room').selectAll().execute(),
    db.selectFrom('room_binding').selectAll().execute(),
    db.selectFrom('participant').selectAll().orderBy('joined_at').execute(),
    db.selectFrom('presence_interval').selectAll().orderBy('started_at').execute(),
    db.selectFrom('phase').selectAll().orderBy('started_at').orderBy('id').execute(),
    db.selectFrom('phase_span').selectAll().orderBy('started_at').execute(),
    db.selectFrom('timer').selectAll().execute(),
    db.selectFrom('session_history').selectAll().execute(),
    db.selectFrom('room_invitation').selectAll().execute(),
    db.selectFrom('session_correction').selectAll().execute(),
    db.selectFrom('outage_gap').selectAll().execute(),
    db.selectFrom('outage').selectAll().execute(),
    db.selectFrom('solo_session').selectAll().orderBy('started_at').execute(),
    db.selectFrom('user_day').selectAll().execute(),
    db.selectFrom('user_progress').selectAll().execute(),
    db.selectFrom('streak_day').selectAll().execute(),
    db.selectFrom('user_achievement').selectAll().execute(),
    db.selectFrom('goal_reached').selectAll().execute(),
    db.selectFrom('todo').selectAll().execute(),
    db.selectFrom('reservation_occurrence').selectAll().execute(),
  ])
  return {
    people,
    members,
    workspaces,
    rooms,
    bindings,
    seats,
    presences,
    phases,
    spans,
    timers,
    sessions,
    invitations,
    corrections,
    gaps,
    outages,
    solos,
    days,
    progress,
    protectedDays,
    unlocked,
    reached,
    todos,
    occurrences,
  }
}

beforeAll(async () => {
  database = await cloneDatabase(inject('postgresUrl'))
  const config = readConfig({ DATA_DIR: mkdtempSync(join(tmpdir(), 'focus-mate-demo-')), SECRET_KEY: '11'.repeat(32) })
  const clock = { now: () => now, sleep: async () => undefined }
  app = await createApp(config, { url: database.url, clock, log: quiet })
  await seed(app)
  written = await readAll()
}, 120_000)

afterAll(async () => {
  await app.stop()
  await database.drop()
})

type Presence = Written['presences'][number]

/** Whether the credit of a phase waits for a sign of this person. */
const isAwaited = ({ ended_at, last_sign_at }: Presence, until: Date | null): boolean =>
  ended_at === null && last_sign_at !== null && time(last_sign_at) < time(until)

const by = <T, K>(list: readonly T[], key: (one: T) => K): ReadonlyMap<K, readonly T[]> => Map.groupBy(list, key)
const time = (at: Date | null): number => at?.getTime() ?? Number.POSITIVE_INFINITY
/** Neighbours in a list, to look at what comes after what. */
const pairs = <T>(list: readonly T[]): readonly (readonly [T, T])[] => list.slice(1).map((after, n) => [list[n] as T, after])

test('holds a community, and says the same when it is asked again', async () => {
  expect(written.people).toHaveLength(201)
  expect(written.workspaces.map(({ platform }) => platform).toSorted()).toEqual(['discord', 'slack', 'web'])
  expect(written.rooms.filter((room) => room.is_active)).toHaveLength(15)
  const first = Math.min(...written.sessions.map(({ started_at }) => time(started_at)))
  expect(time(now) - first).toBeGreaterThan(81 * 86_400_000)
  await seed(app)
  expect(await readAll()).toEqual(written)
})

test('follows from its own ledger in every number', async () => {
  const found: string[] = []
  expect(await checkLedger(app, false, (sentence) => found.push(sentence))).toBe(0)
  expect(found).toEqual([])
}, 60_000)

test('earned what presence and running focus have in common, to the second, and nothing else', () => {
  const spansOf = by(written.spans, (span) => span.phase_id)
  const presentIn = by(written.presences, (presence) => presence.room_id)
  const expected = new Map<string, number>()
  for (const phase of written.phases.filter((one) => one.type === 'work' && one.ended_at !== null)) {
    const lived = new Map<string, number>()
    const waited = new Set(presentIn.get(phase.room_id)?.flatMap((one) => (isAwaited(one, phase.ended_at) ? [one.user_id] : [])))
    for (const span of spansOf.get(phase.id) ?? []) {
      for (const presence of presentIn.get(phase.room_id) ?? []) {
        const common = Math.min(time(presence.ended_at), time(span.ended_at)) - Math.max(time(presence.started_at), time(span.started_at))
        if (common > 0) lived.set(presence.user_id, (lived.get(presence.user_id) ?? 0) + common)
      }
    }
    for (const [person, milliseconds] of lived) {
      if (milliseconds >= 60_000 && !waited.has(person as PersonId)) expected.set(`${phase.id} ${person}`, Math.floor(milliseconds / 1000))
    }
  }
  const inRooms = written.sessions.filter(({ phase_id }) => phase_id !== null)
  const credited = new Map(inRooms.map((one) => [`${one.phase_id} ${one.user_id}`, one.seconds]))
  expect(credited.size).toBe(inRooms.length)
  const corrected = new Set(written.corrections.map(({ session_id }) => session_id))
  expect(corrected.size).toBe(2)
  for (const { id, phase_id, user_id, seconds } of inRooms.filter((one) => corrected.has(one.id))) {
    const key = `${phase_id} ${user_id}`
    expect(seconds, id).toBeLessThan(expected.get(key) ?? 0)
    expected.set(key, seconds)
  }
  expect(credited.size).toBeGreaterThan(10_000)
  expect(credited).toEqual(expected)
})

test('has totals that are the sums of the sessions', () => {
  const sessionsOf = by(written.sessions, (session) => session.user_id)
  for (const person of written.people) {
    const sessions = (sessionsOf.get(person.id) ?? []).filter(({ session_type }) => session_type === 'work')
    expect([person.total_sessions, person.total_focus_time]).toEqual([
      sessions.length,
      sessions.reduce((sum, { seconds }) => sum + seconds, 0),
    ])
  }
  expect(written.people.find((person) => person.is_admin)?.total_sessions).toBeGreaterThan(50)
})

/** Whether a presence goes on, after the outage, what it ended. */
const isSequel = (cut: Presence, other: Presence, back: Date | null): boolean =>
  other.user_id === cut.user_id && other.room_id === cut.room_id && time(other.started_at) === time(back)

test('lets everybody be in one room at a time, seen from seats and from presence alike', () => {
  const seats = written.seats.map((seat) => [seat.user_id, seat.room_id, time(seat.joined_at), time(seat.left_at)])
  const inRooms = written.presences.filter(({ room_id }) => room_id !== null)
  const cut = inRooms.filter(({ outage_id }) => outage_id !== null)
  const [outage] = written.outages
  const whole = inRooms.flatMap((one) => {
    if (one.outage_id === null) return cut.some((other) => isSequel(other, one, outage?.ended_at ?? null)) ? [] : [one]
    const sequel = inRooms.find((other) => isSequel(one, other, outage?.ended_at ?? null))
    return sequel === undefined ? [] : [{ ...one, ended_at: sequel.ended_at }]
  })
  const presences = whole.map((one) => [one.user_id, one.room_id, time(one.started_at), time(one.ended_at)])
  expect(new Set(seats.map(String))).toEqual(new Set(presences.map(String)))
  expect(cut.length).toBe(written.gaps.length)
  for (const own of by(written.seats, (seat) => seat.user_id).values()) {
    expect(pairs(own).filter(([before, after]) => time(before.left_at) > time(after.joined_at))).toEqual([])
  }
})

test('never seats more than there are seats, nobody outside the life of the room, nobody who may not come', () => {
  const rooms = new Map(written.rooms.map((room) => [room.id, room]))
  const people = new Map(written.people.map((person) => [person.id, person]))
  const places = by(written.bindings, (binding) => binding.room_id)
  const homes = by(written.members, (member) => member.user_id)
  for (const [id, seats] of by(written.seats, (seat) => seat.room_id)) {
    const room = rooms.get(id)
    const open = new Set(places.get(id)?.map((place) => place.workspace_id))
    let here: (typeof seats)[number][] = []
    for (const seat of seats) {
      here = [...here.filter((other) => time(other.left_at) > time(seat.joined_at)), seat]
      expect(here.length).toBeLessThanOrEqual(room?.max_participants ?? 0)
      expect(time(seat.joined_at)).toBeGreaterThanOrEqual(time(room?.created_at ?? null))
      expect(time(seat.left_at)).toBeLessThanOrEqual(time(room?.closed_at ?? null))
      expect(time(seat.joined_at)).toBeGreaterThanOrEqual(time(people.get(seat.user_id)?.created_at ?? null))
      expect(homes.get(seat.user_id)?.some((member) => open.has(member.workspace_id))).toBe(true)
    }
  }
})

test('has phases that follow each other, with one open at most, each with spans inside it that live its length', () => {
  const spansOf = by(written.spans, (span) => span.phase_id)
  for (const phases of by(written.phases, (phase) => phase.room_id).values()) {
    expect(pairs(phases).filter(([before, after]) => time(before.ended_at) > time(after.started_at))).toEqual([])
    expect(pairs(phases).filter(([before, after]) => after.type !== 'work' && before.type !== 'work')).toEqual([])
  }
  for (const phase of written.phases) {
    const spans = spansOf.get(phase.id) ?? []
    expect(time(spans[0]?.started_at ?? null)).toBe(time(phase.started_at))
    expect(pairs(spans).filter(([before, after]) => time(before.ended_at) > time(after.started_at))).toEqual([])
    expect(spans.filter((span) => time(span.ended_at) > time(phase.ended_at))).toEqual([])
    const lived = spans.reduce((sum, span) => sum + Math.min(time(span.ended_at), time(now)) - time(span.started_at), 0)
    // A pause rounds what is left up to the next second.
    if (phase.outcome === 'ended') expect(Math.abs(lived - phase.planned_seconds * 1000)).toBeLessThan(3000)
    else expect(lived).toBeLessThan(phase.planned_seconds * 1000 + 3000)
  }
  const outcomes = by(written.phases, ({ outcome }) => outcome)
  expect([...outcomes.keys()].toSorted()).toEqual(['ended', 'running', 'skipped', 'stopped'])
  expect(written.spans.length).toBeGreaterThan(written.phases.length + 100)
})

test('has timers that say what their open phases say, and nothing due', () => {
  const open = new Map(written.phases.filter(({ ended_at }) => ended_at === null).map((phase) => [phase.room_id, phase]))
  for (const timer of written.timers) {
    const phase = open.get(timer.room_id)
    expect([timer.phase_id, timer.planned_seconds]).toEqual([phase?.id ?? null, phase?.planned_seconds ?? null])
    if (phase !== undefined) expect(timer.phase_type).toBe(phase.type)
    if (timer.status === 'running') expect(time(timer.ends_at)).toBeGreaterThan(time(now))
  }
  const states = written.timers.filter((timer) => open.has(timer.room_id)).map((timer) => `${timer.status} ${timer.phase_type}`)
  expect(new Set(states)).toEqual(new Set(['running work', 'running break', 'running long_break', 'paused work']))
})

test('gives rooms one acting host while somebody is there, and owners one open room', () => {
  const open = by(
    written.seats.filter(({ left_at }) => left_at === null),
    (seat) => seat.room_id,
  )
  for (const room of written.rooms) {
    const here = open.get(room.id) ?? []
    expect(here.filter((seat) => seat.is_host)).toHaveLength(here.length === 0 ? 0 : 1)
    expect([room.keep, room.is_active && here.length === 0]).toEqual([room.host_id === null, room.empty_since !== null])
    if (!room.is_active) expect(here).toEqual([])
  }
  const owned = by(
    written.rooms.filter((room) => room.host_id !== null),
    (room) => `${room.host_id} ${room.workspace_id}`,
  )
  for (const rooms of owned.values()) {
    const inOrder = rooms.toSorted((a, b) => time(a.created_at) - time(b.created_at))
    expect(pairs(inOrder).filter(([before, after]) => time(before.closed_at) > time(after.created_at))).toEqual([])
  }
})

test('tells nothing of the future, and tells nobody', async () => {
  const last = Math.max(
    ...written.seats.flatMap(({ joined_at, left_at }) => [time(joined_at), left_at === null ? 0 : time(left_at)]),
    ...written.phases.flatMap(({ started_at, ended_at }) => [time(started_at), ended_at === null ? 0 : time(ended_at)]),
    ...written.rooms.map(({ updated_at }) => time(updated_at)),
  )
  expect(last).toBeLessThanOrEqual(time(now))
  const { rows } = await sql<{ jobs: number }>`select count(*)::int as jobs from ${sql.table(`${schema}.job`)}`.execute(app.db)
  expect(rows).toEqual([{ jobs: 0 }])
  expect(written.workspaces.filter((one) => one.platform !== 'web' && one.uninstalled_at === null)).toEqual([])
})

test('lets the owner of Home see rooms there, be in one, and be invited to a private one', () => {
  const home = written.workspaces.find(({ platform }) => platform === 'web')?.id
  const owner = written.people.find((person) => person.is_admin)?.id
  const rooms = written.rooms.filter(
    (room) => room.is_active && written.bindings.some((one) => one.room_id === room.id && one.workspace_id === home),
  )
  expect(rooms.length).toBeGreaterThanOrEqual(9)
  expect(written.seats.filter((seat) => seat.user_id === owner && seat.left_at === null)).toHaveLength(1)
  expect(written.invitations.map(({ user_id }) => user_id)).toEqual([owner])
})

test('says how everybody was seen, as the product says it', () => {
  const kinds = new Set(written.presences.map(({ evidence }) => evidence))
  expect(kinds).toEqual(new Set(['voice', 'huddle', 'check-in', 'web', 'self-run']))
  const open = written.presences.filter(({ ended_at }) => ended_at === null)
  expect(new Set(open.map(({ evidence }) => evidence))).toEqual(new Set(['voice', 'huddle', 'check-in']))
  expect(open.every(({ workspace_id, away_since }) => workspace_id !== null && away_since === null)).toBe(true)
})

test('lets nobody focus at two places at once', () => {
  for (const own of by(written.presences, ({ user_id }) => user_id).values()) {
    expect(pairs(own).filter(([before, after]) => time(before.ended_at) > time(after.started_at))).toEqual([])
  }
})

test('shows the owner everything that the product records', () => {
  const owner = written.people.find(({ is_admin }) => is_admin)?.id
  const mine = <T extends { user_id: PersonId }>(list: readonly T[]): readonly T[] => list.filter(({ user_id }) => user_id === owner)
  const sources = by(mine(written.sessions), ({ source }) => source)
  expect(new Set(sources.keys())).toEqual(new Set(['room', 'solo', 'manual', 'import', 'self-reported']))
  expect(sources.get('import')?.length).toBeGreaterThan(100)
  expect(mine(written.sessions).some(({ aim, subject, result }) => aim !== null && subject !== null && result !== null)).toBe(true)
  const [standing] = mine(written.progress)
  expect(standing?.streak_days).toBeGreaterThan(20)
  expect(standing?.best_streak_days).toBeGreaterThan(standing?.streak_days ?? Number.POSITIVE_INFINITY)
  const kinds = by(
    mine(written.protectedDays).filter(({ day }) => day > (standing?.streak_from ?? '')),
    ({ kind }) => kind,
  )
  expect(kinds.get('freeze')).toHaveLength(1)
  expect(kinds.get('rest')?.length).toBeGreaterThanOrEqual(2)
  expect(mine(written.unlocked).length).toBeGreaterThan(8)
  expect(new Set(mine(written.reached).map(({ kind }) => kind))).toEqual(new Set(['day', 'week']))
  expect(mine(written.todos).map(({ done_at }) => done_at === null)).toContain(true)
  expect(mine(written.gaps).map(({ answered_by }) => answered_by)).toEqual([owner])
  const next = written.occurrences.map(({ starts_at }) => time(starts_at) - time(now)).toSorted((a, b) => a - b)
  expect(next[0]).toBeGreaterThan(0)
  expect(next[0]).toBeLessThan(90 * 60_000)
  expect(next.length).toBeGreaterThan(5)
})

test('has people of whom not everything counted, and who did not answer everything', () => {
  expect(new Set(written.solos.map(({ kind }) => kind))).toEqual(new Set(['self-run', 'voice', 'afk']))
  expect(written.days.some(({ voice_seconds }) => voice_seconds > 0)).toBe(true)
  expect(written.gaps.length).toBeGreaterThan(4)
  const answered = by(written.gaps, ({ user_id, answered_by }) =>
    answered_by === null ? 'none' : answered_by === user_id ? 'self' : 'moderator',
  )
  expect(new Set(answered.keys())).toEqual(new Set(['none', 'self', 'moderator']))
  expect(written.phases.some(({ type, ended_at, credited_at }) => type === 'work' && ended_at !== null && credited_at === null)).toBe(true)
})
