import type { Result, SoloState } from '../../db/schema.ts'
import { emit } from '../../events/emit.ts'
import type { Event } from '../../events/event.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, SoloId } from '../../kernel/ids.ts'
import type { Portion } from '../../kernel/portion.ts'
import { Refusal, type WayOut } from '../../kernel/refusal.ts'
import { lockPresence } from '../people/lock.actions.ts'
import { actingPerson } from '../people/person.queries.ts'
import { type Aim, takeUpAgain, tick } from '../todos/todo.actions.ts'
import { isHereAtLeast } from '../workspaces/workspace.queries.ts'
import { creditSolo, creditWaiting } from './session.actions.ts'
import { type AnsweredAgo, firstDue, type Solo, stepDue, stoppedAgo, stoppedAt } from './solo.ts'

const toRooms: WayOut = { label: 'room.show-list', press: { command: 'room list', args: {} } }

/** What starting did: `before` is the session that ended for it, `asking` one whose end must be told first. */
export type Started = { readonly solo: Solo; readonly before: SoloId | null }

/**
 * Starts to count the acting person's own focus. One that runs already ends, and counts.
 * @throws Refusal `forbidden` for guests, who may join rooms; `conflict` while it is not said when the last one was stopped
 */
export async function startSolo(tx: Tx, { minutes, ...aim }: Aim & { readonly minutes: number | null }): Promise<Started> {
  const person = actingPerson(tx)
  if (!(await isHereAtLeast(tx, 'member'))) throw new Refusal('forbidden', 'solo.guest', {}, toRooms)
  const open = await soloNow(tx)
  if (open?.state === 'asking') throw new Refusal('conflict', 'solo.asking-first')
  if (open !== null) await end(tx, open, tx.now)
  const workspace_id = tx.actor === 'clock' ? null : tx.actor.workspace
  const solo = await tx.db
    .insertInto('solo_session')
    .values({
      user_id: person,
      workspace_id,
      kind: 'self-run',
      channel: null,
      channel_name: null,
      ...aim,
      planned_minutes: minutes,
      ends_at: firstDue(tx.now, minutes),
      started_at: tx.now,
      ended_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await tx.db
    .insertInto('presence_interval')
    .values({
      user_id: person,
      room_id: null,
      solo_id: solo.id,
      workspace_id,
      channel: null,
      evidence: 'self-run',
      started_at: tx.now,
      ended_at: null,
      away_since: null,
      last_sign_at: null,
      outage_id: null,
    })
    .execute()
  await emit(tx, { type: 'solo.started', room: null, by: person, person, solo: solo.id, endsAt: solo.ends_at?.toISOString() ?? null })
  return { solo, before: open?.id ?? null }
}

/** What the acting person runs by themselves or is asked about, after all that was due; null where there is nothing. */
export async function soloNow(tx: Tx): Promise<Solo | null> {
  const person = actingPerson(tx)
  await lockPresence(tx, person)
  return settled(tx, person)
}

/** Says what a session that runs is for: it counts for that from its beginning. */
export const aimSolo = (tx: Tx, { id }: Solo, aim: Aim): Promise<Solo> =>
  tx.db.updateTable('solo_session').set(aim).where('id', '=', id).returningAll().executeTakeFirstOrThrow()

/**
 * Ends the acting person's running session now, so that it counts; `null` where none runs.
 * @throws Refusal `conflict` where it is asked about: it has to be said when it was stopped
 */
export async function stopSolo(tx: Tx, result: Result | null): Promise<SoloId | null> {
  const open = await soloNow(tx)
  if (open === null) return null
  if (open.state === 'asking') throw new Refusal('conflict', 'solo.asking-first')
  await end(tx, open, tx.now)
  if (result !== null) await setResult(tx, open, result)
  return open.id
}

/**
 * Says how a session of the acting person went; "done" ticks its line.
 * @throws Refusal `missing` for a session of somebody else or one that still runs
 */
export async function tellResult(tx: Tx, id: SoloId, result: Result): Promise<void> {
  const solo = await tx.db
    .selectFrom('solo_session')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', actingPerson(tx))
    .where('state', '=', 'ended')
    .executeTakeFirst()
  if (solo === undefined) throw new Refusal('missing', 'solo.missing')
  await setResult(tx, solo, result)
}

/** Saying something else later takes back what was ticked. */
async function setResult(tx: Tx, { id, todo_id, started_at: since }: Solo, result: Result): Promise<void> {
  await tx.db.updateTable('solo_session').set({ result }).where('id', '=', id).execute()
  await tx.db.updateTable('session_history').set({ result }).where('solo_id', '=', id).execute()
  if (todo_id === null) return
  if (result === 'done') await tick(tx, todo_id)
  else await takeUpAgain(tx, todo_id, since)
}

/** When a forgotten session was stopped: a tap, a moment, or that nothing of it shall count. */
export type Answer = { readonly ago: AnsweredAgo } | { readonly at: Date } | 'nothing'

/**
 * Answers when the acting person stopped; what they say is marked as self-reported.
 * @throws Refusal `missing` where nothing is asked, `invalid` for a moment before it began or after now
 */
export async function answerSolo(tx: Tx, answer: Answer): Promise<SoloId> {
  const person = actingPerson(tx)
  const open = await soloNow(tx)
  if (open?.state !== 'asking') throw new Refusal('missing', 'solo.not-asked')
  if (answer === 'nothing') {
    await put(tx, open.id, 'lapsed', tx.now)
    await creditWaiting(tx, [person])
    await emit(tx, { type: 'solo.ended', room: null, by: person, person, solo: open.id })
    return open.id
  }
  const at = 'ago' in answer ? stoppedAgo(open, answer.ago, tx.now) : stoppedAt(open, answer.at, tx.now)
  if (at === null) throw new Refusal('invalid', 'solo.stopped-when', { since: { time: open.started_at, as: 'clock' } })
  await tx.db.updateTable('solo_session').set({ is_reported: true }).where('id', '=', open.id).execute()
  await end(tx, open, at)
  return open.id
}

/**
 * Ends what people run by themselves, because they enter a room: it counts up to `at`. What is asked about stays open: its
 * presence is over already. The caller holds the locks of the people's presence and of the rooms: credit locks people after rooms.
 */
export async function endSolosOf(tx: Tx, entering: readonly { readonly person: PersonId; readonly at: Date }[]): Promise<void> {
  const people = entering.map(({ person }) => person)
  const running = await tx.db
    .selectFrom('solo_session')
    .select('user_id')
    .where('user_id', 'in', people)
    .where('kind', '=', 'self-run')
    .where('state', '=', 'running')
    .execute()
  for (const { person, at } of entering.filter((one) => running.some(({ user_id }) => user_id === one.person))) {
    const open = await settled(tx, person, at)
    if (open?.state === 'running') await end(tx, open, at)
  }
}

/** Everything that time did to solo sessions: planned ones end, forgotten ones are asked about, unanswered ones lapse. */
export async function soloDue(tx: Tx, { skip, most }: Portion): Promise<number> {
  const due = await tx.db
    .selectFrom('solo_session')
    .selectAll()
    .where('state', 'in', ['running', 'asking'])
    .where('ends_at', '<=', tx.now)
    .orderBy('ends_at')
    .limit(Math.min(200, most))
    .offset(skip)
    .forUpdate()
    .skipLocked()
    .execute()
  await stepAll(tx, due, tx.now)
  return due.length
}

/** What the person runs or is asked about, after all that was due: a late worker changes no answer. */
async function settled(tx: Tx, person: PersonId, now: Date = tx.now): Promise<Solo | null> {
  for (;;) {
    const open = await tx.db
      .selectFrom('solo_session')
      .selectAll()
      .where('user_id', '=', person)
      .where('kind', '=', 'self-run')
      .where('state', 'in', ['running', 'asking'])
      .forUpdate()
      .executeTakeFirst()
    if (open === undefined) return null
    if (stepDue(open, now) === null) return open
    await stepAll(tx, [open], now)
  }
}

async function stepAll(tx: Tx, solos: readonly Solo[], now: Date): Promise<void> {
  const ended: SoloId[] = []
  const lapsed: PersonId[] = []
  const events: Event[] = []
  for (const solo of solos) {
    const step = stepDue(solo, now)
    if (step === null) continue
    const { to, at, endsAt } = step
    await put(tx, solo.id, to, at, endsAt)
    if (to !== 'lapsed') await closePresence(tx, solo.id, at)
    if (to === 'ended') ended.push(solo.id)
    if (to === 'lapsed') lapsed.push(solo.user_id)
    const told = { room: null, by: null, person: solo.user_id, solo: solo.id } as const
    events.push(to === 'asking' ? { type: 'solo.asked', ...told } : { type: 'solo.ended', ...told })
  }
  await creditSolo(tx, ended)
  await creditWaiting(tx, lapsed)
  await emit(tx, ...events)
}

async function end(tx: Tx, solo: Solo, at: Date): Promise<void> {
  const moment = at > solo.started_at ? at : solo.started_at
  await put(tx, solo.id, 'ended', moment)
  await closePresence(tx, solo.id, moment)
  await creditSolo(tx, [solo.id])
  const by = tx.actor === 'clock' ? solo.user_id : tx.actor.person
  await emit(tx, { type: 'solo.ended', room: null, by, person: solo.user_id, solo: solo.id })
}

const put = (tx: Tx, id: SoloId, state: SoloState, at: Date, endsAt: Date | null = null) =>
  tx.db
    .updateTable('solo_session')
    .set({ state, ends_at: endsAt, ended_at: state === 'asking' ? null : at })
    .where('id', '=', id)
    .execute()

/** A moment told later is earlier than the limit at which the presence was closed. */
const closePresence = (tx: Tx, solo: SoloId, at: Date) =>
  tx.db.updateTable('presence_interval').set({ ended_at: at }).where('solo_id', '=', solo).execute()
