import { describe, expect, it } from 'vitest'
import { fresh, inRun, type Plan, roundShown, step, type TimerState, type TimerVerb } from './timer.ts'

const noon = new Date('2026-03-02T12:00:00Z')
const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000)
const plan: Plan = {
  workMinutes: 25,
  breakMinutes: 5,
  longBreakMinutes: 15,
  longBreakAfter: 4,
  rounds: null,
  autoStartBreak: true,
  autoStartWork: true,
}
const running = (phase: TimerState['phase'], completed: number, minutes: number): TimerState => ({
  status: 'running',
  phase,
  completed,
  plannedSeconds: minutes * 60,
  endsAt: later(minutes),
})
const paused = (phase: TimerState['phase'], completed: number): TimerState => ({
  status: 'paused',
  phase,
  completed,
  plannedSeconds: 1500,
  remainingSeconds: 600,
})

const states: Record<string, TimerState> = {
  fresh,
  'waits for break': { status: 'idle', phase: 'break', completed: 1 },
  'runs focus': running('work', 0, 25),
  'runs break': running('break', 1, 5),
  'runs long break': running('long_break', 4, 15),
  'paused focus': paused('work', 0),
  'paused break': paused('break', 1),
}

type Row = [
  state: string,
  verb: TimerVerb,
  status: string | null,
  phase?: string,
  completed?: number,
  closes?: string | null,
  span?: string | null,
  opens?: string | null,
]
const table: Row[] = [
  ['fresh', 'start', 'running', 'work', 0, null, 'opens', 'work'],
  ['fresh', 'pause', null],
  ['fresh', 'resume', null],
  ['fresh', 'skip', null],
  ['fresh', 'stop', null],
  ['fresh', 'end', null],
  ['waits for break', 'start', 'running', 'break', 1, null, 'opens', 'break'],
  ['waits for break', 'pause', null],
  ['waits for break', 'resume', null],
  ['waits for break', 'skip', 'running', 'work', 1, null, 'opens', 'work'],
  ['waits for break', 'stop', 'idle', 'work', 0, null, null, null],
  ['waits for break', 'end', null],
  ['runs focus', 'start', null],
  ['runs focus', 'pause', 'paused', 'work', 0, null, 'closes', null],
  ['runs focus', 'resume', null],
  ['runs focus', 'skip', 'running', 'break', 0, 'skipped', 'opens', 'break'],
  ['runs focus', 'stop', 'idle', 'work', 0, 'stopped', 'closes', null],
  ['runs focus', 'end', 'running', 'break', 1, 'ended', 'opens', 'break'],
  ['runs break', 'start', null],
  ['runs break', 'pause', 'paused', 'break', 1, null, 'closes', null],
  ['runs break', 'resume', null],
  ['runs break', 'skip', 'running', 'work', 1, 'skipped', 'opens', 'work'],
  ['runs break', 'stop', 'idle', 'work', 0, 'stopped', 'closes', null],
  ['runs break', 'end', 'running', 'work', 1, 'ended', 'opens', 'work'],
  ['runs long break', 'start', null],
  ['runs long break', 'pause', 'paused', 'long_break', 4, null, 'closes', null],
  ['runs long break', 'resume', null],
  ['runs long break', 'skip', 'running', 'work', 4, 'skipped', 'opens', 'work'],
  ['runs long break', 'stop', 'idle', 'work', 0, 'stopped', 'closes', null],
  ['runs long break', 'end', 'running', 'work', 4, 'ended', 'opens', 'work'],
  ['paused focus', 'start', null],
  ['paused focus', 'pause', null],
  ['paused focus', 'resume', 'running', 'work', 0, null, 'opens', null],
  ['paused focus', 'skip', 'running', 'break', 0, 'skipped', 'opens', 'break'],
  ['paused focus', 'stop', 'idle', 'work', 0, 'stopped', null, null],
  ['paused focus', 'end', null],
  ['paused break', 'start', null],
  ['paused break', 'pause', null],
  ['paused break', 'resume', 'running', 'break', 1, null, 'opens', null],
  ['paused break', 'skip', 'running', 'work', 1, 'skipped', 'opens', 'work'],
  ['paused break', 'stop', 'idle', 'work', 0, 'stopped', null, null],
  ['paused break', 'end', null],
]

describe('every state × every verb', () => {
  it('is written down', () => {
    expect(table).toHaveLength(Object.keys(states).length * 6)
    expect(new Set(table.map(([state, verb]) => `${state} ${verb}`)).size).toBe(table.length)
  })
  it.each(table)('%s, %s → %s', (name, verb, status, phase, completed, closes, span, opens) => {
    const state = states[name]
    if (state === undefined) throw new Error(`no such state: ${name}`)
    const result = step(state, verb, plan, later(10))
    if (status === null) return expect(result).toBeNull()
    expect(result).toMatchObject({ state: { status, phase, completed }, closes, span })
    expect(result?.opens?.type ?? null).toBe(opens)
  })
})

describe('a timer', () => {
  it('keeps what is left over a pause, to the second', () => {
    const stopped = step(running('work', 0, 25), 'pause', plan, later(10))
    expect(stopped?.state).toMatchObject({ remainingSeconds: 900 })
    const again = step(stopped?.state ?? fresh, 'resume', plan, later(60))
    expect(again?.state).toMatchObject({ endsAt: later(75) })
  })
  it('takes a long break after every fourth round', () => {
    expect(step(running('work', 3, 25), 'end', plan, later(25))?.opens).toEqual({ type: 'long_break', round: 4, plannedSeconds: 900 })
    expect(step(running('work', 3, 25), 'end', { ...plan, longBreakAfter: null }, later(25))?.opens?.type).toBe('break')
  })
  it('ends the run after the last round, without a break', () => {
    expect(step(running('work', 3, 25), 'end', { ...plan, rounds: 4 }, later(25))).toEqual({
      state: fresh,
      closes: 'ended',
      span: 'closes',
      opens: null,
    })
  })
  it('waits for Start where phases do not start by themselves', () => {
    const waits = step(running('work', 0, 25), 'end', { ...plan, autoStartBreak: false }, later(25))
    expect(waits).toMatchObject({ state: { status: 'idle', phase: 'break', completed: 1 }, closes: 'ended', opens: null })
    expect(step(running('break', 1, 5), 'end', { ...plan, autoStartWork: false }, later(5))).toMatchObject({
      state: { status: 'idle', phase: 'work', completed: 1 },
    })
  })
  it('does not count a skipped focus phase as a round', () => {
    const skipped = step(running('work', 1, 25), 'skip', plan, later(3))
    expect(skipped?.state.completed).toBe(1)
    expect(step(skipped?.state ?? fresh, 'skip', plan, later(4))?.opens).toMatchObject({ type: 'work', round: 2 })
  })
  it('shows rounds as people count them', () => {
    expect(roundShown('work', 5, plan)).toEqual({ round: 2, of: 4 })
    expect(roundShown('long_break', 4, plan)).toEqual({ round: 4, of: 4 })
    expect(roundShown('break', 2, plan)).toEqual({ round: 2, of: 4 })
    expect(roundShown('break', 0, plan)).toEqual({ round: 0, of: 4 })
    expect(roundShown('work', 5, { ...plan, rounds: 8 })).toEqual({ round: 6, of: 8 })
    expect(roundShown('work', 5, { ...plan, longBreakAfter: null })).toEqual({ round: 6, of: null })
  })
  it('knows whether a run has begun', () => {
    expect(inRun(fresh)).toBe(false)
    expect(inRun({ status: 'idle', phase: 'work', completed: 2 })).toBe(true)
  })
})
