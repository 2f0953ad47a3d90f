import { sql } from 'kysely'
import { emit } from '../../events/emit.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, RoomId } from '../../kernel/ids.ts'
import type { Portion } from '../../kernel/portion.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { RoomView, Timer } from '../rooms/room.queries.ts'
import { canDoWithoutVote } from '../rooms/room.ts'
import { planOf, type Run, runOf, stateOf } from './course.ts'
import type { Deed, Done, Verb } from './deed.ts'
import { type Locked, lockRooms, missedBy, momentIn } from './lock.actions.ts'
import { move } from './move.actions.ts'
import { inRun, step, type TimerState } from './timer.ts'
import { outside, spendVotes, vote } from './vote.actions.ts'

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

/**
 * Starts a room's timer for a planned session, whether or not somebody is there yet: nobody in it for 30 minutes stops it again. A
 * timer that runs already runs on, one that is paused goes on.
 */
export async function startPlanned(tx: Tx, room: RoomId, by: PersonId, run: Run): Promise<void> {
  const [locked] = await lockRooms(tx, [room])
  if (locked === undefined || !locked.room.is_active) throw new Refusal('conflict', 'room.closed.already')
  if (locked.room.empty_since !== null) {
    await tx.db.updateTable('room').set({ empty_since: tx.now }).where('id', '=', room).execute()
    locked.room.empty_since = tx.now
  }
  const before = stateOf(locked.timer)
  const at = momentIn(tx, [locked])
  const verb = before.status === 'paused' ? 'resume' : 'start'
  const lengths = inRun(before) ? runOf(locked.timer) : run
  const taken = step(before, verb, planOf(locked.room, lengths), at)
  if (taken !== null) await move(tx, [{ room: locked.room, timer: locked.timer, run: lengths, steps: [{ verb, at, by, step: taken }] }])
}

function refusalOf(state: TimerState, verb: Verb) {
  if (verb === 'start') return state.status === 'paused' ? 'timer.start.paused' : 'timer.start.running'
  if (verb === 'resume') return 'timer.resume.not-paused'
  if (verb === 'pause' && state.status === 'paused') return 'timer.pause.paused'
  return 'timer.not-running'
}

/** Stops a room's timer, whoever asks: for a room that closes. The caller holds the lock. */
export async function stopTimer(tx: Tx, { room, timer }: Locked, by: PersonId | null): Promise<void> {
  const at = momentIn(tx, [{ room, timer }])
  const stopped = step(stateOf(timer), 'stop', planOf(room, runOf(timer)), at)
  if (stopped !== null) await move(tx, [{ room, timer, run: runOf(timer), steps: [{ verb: 'stop', at, by, step: stopped }] }])
}

/** Starts a timer that stands still, because somebody came into the empty room. The caller holds the lock. */
export async function startTimer(tx: Tx, { room, timer }: Locked, by: PersonId): Promise<void> {
  const at = momentIn(tx, [{ room, timer }])
  const started = step(stateOf(timer), 'start', planOf(room, runOf(timer)), at)
  if (started !== null) await move(tx, [{ room, timer, run: runOf(timer), steps: [{ verb: 'start', at, by, step: started }] }])
}

/** Timers settled in one transaction: large enough to be set-based, small enough to be claimed by several workers. */
const batch = 1000

/**
 * Ends the phases whose time has come, in batches that any number of workers claim apart.
 * @returns how many timers it settled; a full batch means that more may be due
 */
export async function settleDue(tx: Tx, { skip, most }: Portion): Promise<number> {
  const timers = await tx.db
    .selectFrom('timer')
    .selectAll()
    .where('status', '=', 'running')
    .where('ends_at', '<=', tx.now)
    .orderBy('ends_at')
    .limit(Math.min(batch, most))
    .offset(skip)
    .forUpdate()
    .skipLocked()
    .execute()
  return settleAll(tx, timers)
}

/** Stops the timers, also waiting and paused ones, of rooms in which nobody has been for 30 minutes, or that stop at once. */
export async function stopEmpty(tx: Tx, emptyBefore: Date, { skip, most }: Portion): Promise<number> {
  const timers = await tx.db
    .selectFrom('timer')
    .selectAll('timer')
    .innerJoin('room', 'room.id', 'timer.room_id')
    .where('room.is_active', '=', true)
    .where('room.empty_since', 'is not', null)
    .where((e) => e.or([e('room.empty_since', '<=', emptyBefore), e('room.stop_when_empty', '=', true)]))
    .where((e) => e.or([e('timer.status', '<>', 'idle'), e('timer.phase_type', '<>', 'work'), e('timer.completed_rounds', '>', 0)]))
    .orderBy('room.empty_since')
    .limit(Math.min(batch, most))
    .offset(skip)
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
export async function warnDue(tx: Tx, { skip, most }: Portion): Promise<number> {
  const warned = await tx.db
    .updateTable('timer')
    .set({ warn_at: null })
    .where('room_id', 'in', (e) =>
      e
        .selectFrom('timer')
        .select('room_id')
        .where('warn_at', '<=', tx.now)
        .orderBy('warn_at')
        .limit(Math.min(batch, most))
        .offset(skip)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['room_id', 'ends_at'])
    .execute()
  const ahead = warned.filter(({ ends_at }) => ends_at !== null && ends_at > tx.now)
  await emit(tx, ...ahead.map(({ room_id: room }) => ({ type: 'timer.warned', room, by: null, at: tx.now.toISOString() }) as const))
  return warned.length
}
