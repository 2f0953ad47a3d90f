import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PhaseId, PresenceId, RoomId, SessionId, SoloId, WorkspaceId } from '../../kernel/ids.ts'
import { overlap, type Span, secondsOf } from './spans.ts'
import { type Course, type Credit, explain, type Facts, recordsOf, type Stay, seenFrom, type Verdict } from './why.ts'

const at = (minute: number): Date => new Date(Date.UTC(2026, 2, 2, 9, minute))
const span = (from: number, to: number): Span => ({ from: at(from), to: at(to) })
const day: Span = span(0, 600)

const stay = (from: number, to: number | null, more: Partial<Stay> = {}): Stay => ({
  id: `stay ${from}` as PresenceId,
  from: at(from),
  to: to === null ? null : at(to),
  evidence: 'voice',
  place: 'Hall',
  room: 'hall' as RoomId,
  workspace: 'library' as WorkspaceId,
  solo: null,
  endedBy: null,
  details: [],
  ...more,
})
const course = (from: number, to: number | null, more: Partial<Course> = {}): Course => ({
  phase: `phase ${from}` as PhaseId,
  room: 'hall' as RoomId,
  type: 'work',
  from: at(from),
  to: to === null ? null : at(to),
  spans: [{ from: at(from), to: to === null ? null : at(to) }],
  isDecided: to !== null,
  ...more,
})
const credit = (stretches: readonly Span[], more: Partial<Credit> = {}): Credit => ({
  session: 'session' as SessionId,
  source: 'room',
  isBreak: false,
  from: stretches[0]?.from ?? at(0),
  to: stretches.at(-1)?.to ?? at(0),
  seconds: secondsOf(stretches),
  stretches,
  phase: null,
  solo: null,
  place: 'Hall',
  aim: null,
  subject: null,
  result: null,
  workspace: 'library' as WorkspaceId,
  manual: null,
  corrections: [],
  ...more,
})
const facts = (more: Partial<Facts>): Facts => ({ day, now: at(600), stays: [], courses: [], credits: [], blinds: [], ...more })
const rules = (given: Partial<Facts>): readonly (readonly [from: number, to: number, rule: Verdict['rule']])[] =>
  explain(facts(given)).stays.flatMap(({ pieces }) =>
    pieces.map(({ from, to, verdict }) => [minuteOf(from), minuteOf(to), verdict.rule] as const),
  )
const minuteOf = (time: Date): number => (time.getTime() - at(0).getTime()) / 60_000

describe('the account of a day', () => {
  it('tells focus, pauses, breaks and an idle timer apart', () => {
    const paused = course(10, 35, {
      spans: [
        { from: at(10), to: at(20) },
        { from: at(25), to: at(35) },
      ],
    })
    expect(
      rules({
        stays: [stay(0, 50)],
        courses: [paused, course(35, 40, { type: 'break' })],
        credits: [credit([span(10, 20), span(25, 35)], { phase: paused.phase })],
      }),
    ).toEqual([
      [0, 10, 'idle'],
      [10, 20, 'counted'],
      [20, 25, 'pause'],
      [25, 35, 'counted'],
      [35, 40, 'break'],
      [40, 50, 'idle'],
    ])
  })

  it('says what runs, what waits, and what was too short', () => {
    expect(rules({ now: at(20), stays: [stay(0, null)], courses: [course(5, null)] })).toEqual([
      [0, 5, 'idle'],
      [5, 20, 'running'],
    ])
    expect(rules({ stays: [stay(0, 10)], courses: [course(0, 10, { isDecided: false })] })).toEqual([[0, 10, 'waiting']])
    expect(rules({ stays: [stay(0, 1)], courses: [course(0, 25)] })).toEqual([[0, 1, 'short']])
  })

  it('gives a moment to the stay that was opened first', () => {
    const solo = stay(0, 30, {
      id: 'alone' as PresenceId,
      room: null,
      place: 'voice',
      solo: { id: 'solo' as SoloId, kind: 'voice', state: 'ended', isDecided: true },
    })
    const phase = course(10, 40)
    const pieces = rules({
      stays: [solo, stay(10, 40)],
      courses: [phase],
      credits: [credit([span(0, 30)], { solo: 'solo' as SoloId, source: 'voice' }), credit([span(30, 40)], { phase: phase.phase })],
    })
    expect(pieces).toEqual([
      [0, 30, 'counted'],
      [10, 30, 'elsewhere'],
      [30, 40, 'counted'],
    ])
  })

  it('knows the ends of solo sessions', () => {
    const alone = (kind: 'self-run' | 'afk', state: 'running' | 'asking' | 'lapsed' | 'ended', isDecided = false) =>
      rules({ stays: [stay(0, 30, { room: null, solo: { id: 'solo' as SoloId, kind, state, isDecided } })] }).map(([, , rule]) => rule)
    expect(alone('self-run', 'running')).toEqual(['running'])
    expect(alone('self-run', 'asking')).toEqual(['asked'])
    expect(alone('self-run', 'lapsed')).toEqual(['lapsed'])
    expect(alone('self-run', 'ended')).toEqual(['waiting'])
    expect(alone('self-run', 'ended', true)).toEqual(['short'])
    expect(alone('afk', 'ended', true)).toEqual(['afk'])
  })

  it('names who took what away, and why', () => {
    const phase = course(0, 25)
    const account = explain(
      facts({
        stays: [stay(0, 25)],
        courses: [phase],
        credits: [credit([span(0, 10)], { phase: phase.phase, corrections: [{ taken: [span(10, 25)], by: 'Mo', reason: 'away' }] })],
      }),
    )
    expect(account.stays[0]?.pieces.map(({ verdict }) => verdict)).toEqual([
      { rule: 'counted', source: 'room' },
      { rule: 'corrected', by: 'Mo', reason: 'away' },
    ])
    expect(account.seconds).toBe(600)
  })

  it('keeps to the day, and lists what no presence proves', () => {
    const account = explain(
      facts({ stays: [stay(-60, 30)], courses: [course(-60, 30)], credits: [credit([span(100, 130)], { source: 'manual', manual: 'm' })] }),
    )
    expect(account.stays[0]?.pieces).toMatchObject([{ from: at(0), to: at(30) }])
    expect(account.told).toHaveLength(1)
    expect(account.seconds).toBe(1800)
  })

  it('shows a workspace what happened there, and no name of elsewhere', () => {
    const elsewhere = stay(0, 60, {
      id: 'first' as PresenceId,
      place: 'Secret',
      room: null,
      workspace: 'office' as WorkspaceId,
      solo: { id: 'solo' as SoloId, kind: 'voice', state: 'ended', isDecided: true },
    })
    const given = facts({
      stays: [elsewhere, stay(10, 40)],
      courses: [course(10, 40)],
      credits: [credit([span(0, 60)], { solo: 'solo' as SoloId })],
    })
    const seen = seenFrom(explain(given), 'library' as WorkspaceId)
    expect(JSON.stringify(seen)).not.toContain('Secret')
    expect(seen.stays).toHaveLength(1)
    expect(seen.seconds).toBe(0)
    expect(recordsOf(given, 'library' as WorkspaceId)).toEqual([])
    expect(recordsOf(given, 'office' as WorkspaceId)).toHaveLength(1)
  })

  it('accounts for every second of every stay, once', () => {
    const times = fc
      .uniqueArray(fc.integer({ min: -60, max: 660 }), { minLength: 2, maxLength: 12 })
      .map((list) => list.toSorted((a, b) => a - b))
    const pairs = times.map((list) =>
      list.slice(0, list.length - (list.length % 2)).flatMap((from, n) => (n % 2 === 0 ? [[from, list[n + 1] ?? from] as const] : [])),
    )
    fc.assert(
      fc.property(pairs, pairs, fc.infiniteStream(fc.boolean()), (stays, phases, choose) => {
        const pick = () => choose.next().value === true
        const courses = phases.map(([from, to]) =>
          course(from, to, { type: pick() ? 'work' : 'break', isDecided: pick(), spans: pick() ? [{ from: at(from), to: at(to) }] : [] }),
        )
        const credits = courses.filter(() => pick()).map(({ phase, from, to }) => credit([{ from, to: to ?? from }], { phase }))
        const account = explain(facts({ stays: stays.map(([from, to]) => stay(from, to)), courses, credits }))
        for (const { stay: one, pieces } of account.stays) {
          const lived = overlap({ from: one.from, to: one.to ?? day.to }, day) ?? day
          expect(secondsOf(pieces)).toBe(secondsOf([lived]))
          for (const [n, piece] of pieces.entries()) expect(piece.from).toEqual(pieces[n - 1]?.to ?? lived.from)
        }
      }),
    )
  })
})
