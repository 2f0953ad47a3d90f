import { sql } from 'kysely'
import type { VoteDeed } from '../../db/schema.ts'
import { emit } from '../../events/emit.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PhaseId, RoomId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Room, RoomView, Timer } from '../rooms/room.queries.ts'
import { canDoWithoutVote, votesNeeded } from '../rooms/room.ts'
import { catchUp, laterOf, type Move, planOf, type Run, runOf, stateOf } from './course.ts'
import { move } from './move.actions.ts'
import { inRun, step, type TimerState } from './timer.ts'

export type Verb = 'start' | 'pause' | 'resume' | 'skip' | 'stop'

export type Deed = {
  readonly verb: Verb
  /** The phase a button was drawn for: a press from another phase changes nothing. */
  readonly phase?: string | undefined
  /** One-off lengths of the run that starts, in minutes. */
  readonly run?: Run
  /** Ask for a vote instead of being refused. */
  readonly vote?: boolean
}

/** `voted`: the vote is counted, more are needed. */
export type Done = 'moved' | { readonly voted: number; readonly needed: number }

type Locked = { room: Room; timer: Timer }

/**
 * Takes the lock of rooms in one order, so that two transactions can't wait for each other; the timer's row is the room's lock.
 * What was due there is settled first: whoever decides sees the phase of now, and a change of settings reaches no phase of before.
 */
export async function lockRooms(tx: Tx, rooms: readonly RoomId[]): Promise<readonly Locked[]> {
  if (rooms.length === 0) return []
  const locked = await held(tx, rooms)
  const late = missedBy(locked, tx.now)
  if (late.length === 0) return locked
  await move(tx, late)
  return held(tx, rooms)
}

async function held(tx: Tx, rooms: readonly RoomId[]): Promise<readonly Locked[]> {
  const timers = await tx.db.selectFrom('timer').selectAll().where('room_id', 'in', rooms).orderBy('room_id').forUpdate().execute()
  const found = await tx.db.selectFrom('room').selectAll().where('id', 'in', rooms).execute()
  return found.flatMap((room) => timers.filter((timer) => timer.room_id === room.id).map((timer) => ({ room, timer })))
}

const missedBy = (locked: readonly Locked[], now: Date): readonly Move[] =>
  locked
    .map(({ room, timer }) => ({ room, timer, run: runOf(timer), steps: catchUp(room, timer, now) }))
    .filter(({ steps }) => steps.length > 0)

/**
 * The moment of a deed in rooms whose lock is held: now, but never before what was settled there while it waited for the lock. So
 * no later row changes what a phase that is over has credited.
 */
export const momentIn = (tx: Tx, rooms: readonly Locked[]): Date => rooms.reduce((at, { timer }) => laterOf(at, timer.updated_at), tx.now)

/**
 * Moves a room's timer for the acting person.
 * @throws Refusal `forbidden` without the right (offering a vote to those present), `conflict` where the deed means nothing now
 */
export async function moveTimer(tx: Tx, view: RoomView, deed: Deed): Promise<Done> {
  const [locked] = await lockRooms(tx, [view.room.id])
  if (locked === undefined || !locked.room.is_active) throw new Refusal('conflict', 'room.closed.already')
  if (deed.phase !== undefined && deed.phase !== locked.timer.phase_id) throw new Refusal('conflict', 'timer.stale')
  const before = stateOf(locked.timer)
  const run = deed.verb === 'start' && !inRun(before) && deed.run !== undefined ? deed.run : runOf(locked.timer)
  const at = momentIn(tx, [locked])
  const taken = step(before, deed.verb, planOf(locked.room, run), at)
  if (taken === null) throw new Refusal('conflict', refusalOf(before, deed.verb))
  // A timer that nobody sits at would be stopped again at once.
  if (deed.verb === 'start' && locked.room.empty_since !== null) throw outside(view)
  if (!canDoWithoutVote(view.standing, locked.room.control, deed.verb)) {
    const count = await vote(tx, view, locked, deed)
    if (count !== 'moved') return count
  }
  await spendVotes(tx, locked.timer, deed.verb)
  await move(tx, [{ room: locked.room, timer: locked.timer, run, steps: [{ verb: deed.verb, at, by: view.standing.person, step: taken }] }])
  return 'moved'
}

/** What was asked for is done: doing it once more in this phase takes votes of its own. */
async function spendVotes(tx: Tx, { phase_id }: Timer, verb: Verb): Promise<void> {
  if (phase_id === null || verb === 'start') return
  await tx.db.deleteFrom('timer_vote').where('phase_id', '=', phase_id).where('deed', '=', verb).execute()
}

function refusalOf(state: TimerState, verb: Verb) {
  if (verb === 'start') return state.status === 'paused' ? 'timer.start.paused' : 'timer.start.running'
  if (verb === 'resume') return 'timer.resume.not-paused'
  if (verb === 'pause' && state.status === 'paused') return 'timer.pause.paused'
  return 'timer.not-running'
}

/** Counts the acting person's vote; 'moved' once more than half of those present now have voted for the deed in this phase. */
async function vote(tx: Tx, view: RoomView, { room, timer }: Locked, deed: Deed): Promise<Done> {
  const { standing } = view
  const verb = deed.verb
  if (!standing.isPresent) throw forbidden(view, verb, null)
  const votes = room.control === 'vote' || deed.vote === true
  if (!votes || verb === 'start' || timer.phase_id === null) throw forbidden(view, verb, timer.phase_id)
  await tx.db
    .insertInto('timer_vote')
    .values({ room_id: room.id, phase_id: timer.phase_id, deed: verb, user_id: standing.person, created_at: tx.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { rows } = await sql<{ votes: number; present: number }>`
    select count(v.user_id)::int as votes, count(*)::int as present
    from participant p
    left join timer_vote v on v.phase_id = ${timer.phase_id}::uuid and v.deed = ${verb} and v.user_id = p.user_id
    where p.room_id = ${room.id}::uuid and p.left_at is null`.execute(tx.db)
  const [count] = rows
  if (count === undefined) throw new Error('a count is one row')
  const needed = votesNeeded(count.present)
  if (count.votes >= needed) return 'moved'
  await tx.db
    .updateTable('timer')
    .set((e) => ({ version: e('version', '+', 1) }))
    .where('room_id', '=', room.id)
    .execute()
  await emit(tx, { type: 'timer.voted', room: room.id, by: standing.person, deed: verb, phase: timer.phase_id })
  return { voted: count.votes, needed }
}

const outside = ({ room }: RoomView): Refusal =>
  new Refusal(
    'forbidden',
    'timer.outside',
    { room: room.room_name },
    { label: 'room.join', press: { command: 'room join', args: { room: room.id } } },
  )

function forbidden(view: RoomView, verb: Verb, phase: PhaseId | null): Refusal {
  const { room, host, actingHost, standing } = view
  if (!standing.isPresent) return outside(view)
  const askable: VoteDeed | null = verb === 'start' || phase === null ? null : verb
  const wayOut =
    askable === null || phase === null
      ? null
      : ({ label: 'timer.vote.ask', press: { command: `timer ${askable}`, args: { room: room.id, phase, vote: 'yes' } } } as const)
  const able = actingHost ?? host
  return able === null
    ? new Refusal('forbidden', `timer.${verb}.only-moderators`, {}, wayOut)
    : new Refusal('forbidden', `timer.${verb}.only-host`, { host: able.name }, wayOut)
}

/** Stops a room's timer, whoever asks: for a room that closes. The caller holds the lock. */
export async function stopTimer(tx: Tx, { room, timer }: Locked, by: RoomView['standing']['person'] | null): Promise<void> {
  const at = momentIn(tx, [{ room, timer }])
  const stopped = step(stateOf(timer), 'stop', planOf(room, runOf(timer)), at)
  if (stopped !== null) await move(tx, [{ room, timer, run: runOf(timer), steps: [{ verb: 'stop', at, by, step: stopped }] }])
}

/** Timers settled in one transaction: large enough to be set-based, small enough to be claimed by several workers. */
const batch = 1000

/**
 * Ends the phases whose time has come, in batches that any number of workers claim apart.
 * @returns how many timers it settled; a full batch means that more may be due
 */
export async function settleDue(tx: Tx): Promise<number> {
  const timers = await tx.db
    .selectFrom('timer')
    .selectAll()
    .where('status', '=', 'running')
    .where('ends_at', '<=', tx.now)
    .orderBy('ends_at')
    .limit(batch)
    .forUpdate()
    .skipLocked()
    .execute()
  return settleAll(tx, timers)
}

/** Stops the timers, also waiting and paused ones, of rooms in which nobody has been for 30 minutes. */
export async function stopEmpty(tx: Tx, emptyBefore: Date): Promise<number> {
  const timers = await tx.db
    .selectFrom('timer')
    .selectAll('timer')
    .innerJoin('room', 'room.id', 'timer.room_id')
    .where('room.is_active', '=', true)
    .where('room.empty_since', '<=', emptyBefore)
    .where((e) => e.or([e('timer.status', '<>', 'idle'), e('timer.phase_type', '<>', 'work'), e('timer.completed_rounds', '>', 0)]))
    .limit(batch)
    .forUpdate('timer')
    .skipLocked()
    .execute()
  return settleAll(tx, timers)
}

async function settleAll(tx: Tx, timers: readonly Timer[]): Promise<number> {
  if (timers.length === 0) return 0
  const rooms = await tx.db
    .selectFrom('room')
    .selectAll()
    .where(sql<boolean>`id = any(${timers.map((timer) => timer.room_id)}::uuid[])`)
    .execute()
  const byId = new Map(rooms.map((room) => [room.id, room]))
  const moves = missedBy(
    timers.flatMap((timer) => {
      const room = byId.get(timer.room_id)
      return room === undefined ? [] : [{ room, timer }]
    }),
    tx.now,
  )
  await move(tx, moves)
  return moves.length
}

/** Warns once, one minute before focus begins, in the rooms that want it. */
export async function warnDue(tx: Tx): Promise<number> {
  const warned = await tx.db
    .updateTable('timer')
    .set({ warn_at: null })
    .where('room_id', 'in', (e) =>
      e.selectFrom('timer').select('room_id').where('warn_at', '<=', tx.now).orderBy('warn_at').limit(batch).forUpdate().skipLocked(),
    )
    .returning(['room_id', 'ends_at'])
    .execute()
  const ahead = warned.filter(({ ends_at }) => ends_at !== null && ends_at > tx.now)
  await emit(tx, ...ahead.map(({ room_id: room }) => ({ type: 'timer.warned', room, by: null, at: tx.now.toISOString() }) as const))
  return warned.length
}
