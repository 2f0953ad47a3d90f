import { sql } from 'kysely'
import { rows } from '../../db/rows.ts'
import type { Outcome, PhaseType } from '../../db/schema.ts'
import { emit } from '../../events/emit.ts'
import type { Event } from '../../events/event.ts'
import { after, minutes } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/context.ts'
import { newId, type PhaseId } from '../../kernel/ids.ts'
import type { Room } from '../rooms/room.queries.ts'
import { creditBeside, creditPhases } from '../sessions/session.actions.ts'
import { countSilence } from '../sessions/silence.actions.ts'
import type { Move, Run, Taken } from './course.ts'
import { inRun, isFocus, type TimerState } from './timer.ts'

type PhaseRow = {
  id: PhaseId
  room_id: string
  type: PhaseType
  round: number
  planned_seconds: number
  outcome: Outcome
  started_at: Date
  ended_at: Date | null
}
type SpanRow = { phase_id: PhaseId; started_at: Date; ended_at: Date | null }

/** Everything that the steps of many rooms write, gathered so that each table is written once. */
type Ledger = {
  readonly opened: PhaseRow[]
  readonly closed: { id: PhaseId; outcome: Outcome; ended_at: Date }[]
  readonly spans: SpanRow[]
  readonly spanEnds: { phase_id: PhaseId; ended_at: Date }[]
  readonly timers: object[]
  readonly over: PhaseId[]
  /** Breaks that ended by themselves. */
  readonly breaks: PhaseId[]
  readonly events: Event[]
}

function follow(ledger: Ledger, { room, timer, run, steps }: Move): void {
  let phase = timer.phase_id
  let type: PhaseType | null = phase === null ? null : timer.phase_type
  let openPhase: PhaseRow | null = null
  let openSpan: SpanRow | null = null
  for (const { verb, at, by, step } of steps) {
    const from = type
    if (phase !== null && (step.span === 'closes' || (step.closes !== null && step.span === 'opens'))) {
      if (openSpan !== null) openSpan.ended_at = at
      else ledger.spanEnds.push({ phase_id: phase, ended_at: at })
      openSpan = null
    }
    if (phase !== null && step.closes !== null) {
      if (openPhase !== null) Object.assign(openPhase, { outcome: step.closes, ended_at: at })
      else ledger.closed.push({ id: phase, outcome: step.closes, ended_at: at })
      if (from !== null && isFocus(from)) ledger.over.push(phase)
      else if (step.closes === 'ended') ledger.breaks.push(phase)
      phase = null
      type = null
      openPhase = null
    }
    if (step.opens !== null) {
      const { plannedSeconds: planned_seconds, ...rest } = step.opens
      openPhase = { id: newId(), room_id: room.id, ...rest, planned_seconds, outcome: 'running', started_at: at, ended_at: null }
      ledger.opened.push(openPhase)
      phase = openPhase.id
      type = openPhase.type
    }
    if (phase !== null && step.span === 'opens') {
      openSpan = { phase_id: phase, started_at: at, ended_at: null }
      ledger.spans.push(openSpan)
    }
    const endsAt = step.state.status === 'running' ? step.state.endsAt.toISOString() : null
    const { status, phase: to } = step.state
    ledger.events.push({ type: 'timer.moved', room: room.id, by, verb, at: at.toISOString(), from, to, status, phase, endsAt })
  }
  const last = steps.at(-1)
  if (last !== undefined) ledger.timers.push(timerRow(room, last, phase, inRun(last.step.state) ? run : { work: null, break: null }))
}

/** The warning comes one minute before focus begins, if the room wants it and that minute still lies ahead. */
function warnAt(room: Room, state: TimerState, at: Date): Date | null {
  if (!room.warning || state.status !== 'running' || isFocus(state.phase) || !room.auto_start_work) return null
  const moment = after(state.endsAt, -minutes(1))
  return moment > at ? moment : null
}

const timerRow = (room: Room, { verb, by, at, step: { state } }: Taken, phase: PhaseId | null, run: Run): object => ({
  room_id: room.id,
  status: state.status,
  phase_id: phase,
  phase_type: state.phase,
  completed_rounds: state.completed,
  planned_seconds: state.status === 'idle' ? null : state.plannedSeconds,
  ends_at: state.status === 'running' ? state.endsAt : null,
  remaining_seconds: state.status === 'paused' ? state.remainingSeconds : null,
  paused_by: verb === 'pause' ? by : null,
  run_work_minutes: run.work,
  run_break_minutes: run.break,
  warn_at: warnAt(room, state, at),
  updated_at: at,
})

/**
 * Writes the steps of many timers, set by set: phases, spans, timers, credit, events. The caller holds the timers' locks.
 * A span that closed at the moment it opened is opened again, not doubled.
 */
export async function move(tx: Tx, moves: readonly Move[]): Promise<void> {
  const ledger: Ledger = { opened: [], closed: [], spans: [], spanEnds: [], timers: [], over: [], breaks: [], events: [] }
  for (const one of moves) follow(ledger, one)
  if (ledger.timers.length === 0) return
  if (ledger.spanEnds.length > 0) {
    await sql`update phase_span s set ended_at = x.ended_at from ${rows(ledger.spanEnds, 'x', { phase_id: 'uuid', ended_at: 'timestamptz' })}
      where s.phase_id = x.phase_id and s.ended_at is null and s.phase_id = ${among(ledger.spanEnds.map((span) => span.phase_id))}`.execute(
      tx.db,
    )
  }
  if (ledger.closed.length > 0) {
    await sql`update phase p set outcome = x.outcome, ended_at = x.ended_at
      from ${rows(ledger.closed, 'x', { id: 'uuid', outcome: 'text', ended_at: 'timestamptz' })} where p.id = x.id and p.id = ${among(ledger.closed.map((phase) => phase.id))}`.execute(
      tx.db,
    )
  }
  if (ledger.opened.length > 0) {
    const columns = {
      id: 'uuid',
      room_id: 'uuid',
      type: 'text',
      round: 'int',
      planned_seconds: 'int',
      outcome: 'text',
      started_at: 'timestamptz',
      ended_at: 'timestamptz',
    }
    await sql`insert into phase (id, room_id, type, round, planned_seconds, outcome, started_at, ended_at)
      select * from ${rows(ledger.opened, 'x', columns)}`.execute(tx.db)
  }
  if (ledger.spans.length > 0) {
    await sql`insert into phase_span (phase_id, started_at, ended_at)
      select * from ${rows(ledger.spans, 'x', { phase_id: 'uuid', started_at: 'timestamptz', ended_at: 'timestamptz' })}
      on conflict (phase_id, started_at) do update set ended_at = excluded.ended_at`.execute(tx.db)
  }
  await sql`update timer t set status = x.status, phase_id = x.phase_id, phase_type = x.phase_type, completed_rounds = x.completed_rounds,
      planned_seconds = x.planned_seconds, ends_at = x.ends_at, remaining_seconds = x.remaining_seconds, paused_by = x.paused_by,
      run_work_minutes = x.run_work_minutes, run_break_minutes = x.run_break_minutes, warn_at = x.warn_at,
      outage_minutes = case when t.phase_id is not distinct from x.phase_id then t.outage_minutes end, version = t.version + 1,
      updated_at = x.updated_at
    from ${rows(ledger.timers, 'x', timerColumns)} where t.room_id = x.room_id and t.room_id = ${among(moves.map(({ room }) => room.id))}`.execute(
    tx.db,
  )
  await creditPhases(tx, ledger.over)
  await creditBeside(
    tx,
    moves.map(({ room }) => room.id),
  )
  await countSilence(tx, ledger.breaks)
  await emit(tx, ...ledger.events)
}

/** Said beside a join with rows: PostgreSQL takes those for a hundred, and would read the whole table for one room. */
const among = (ids: readonly string[]) => sql`any(${ids as string[]}::uuid[])`

const timerColumns = {
  room_id: 'uuid',
  status: 'text',
  phase_id: 'uuid',
  phase_type: 'text',
  completed_rounds: 'int',
  planned_seconds: 'int',
  ends_at: 'timestamptz',
  remaining_seconds: 'int',
  paused_by: 'uuid',
  run_work_minutes: 'int',
  run_break_minutes: 'int',
  warn_at: 'timestamptz',
  updated_at: 'timestamptz',
}
