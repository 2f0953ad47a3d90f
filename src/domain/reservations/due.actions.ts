import { type Selectable, sql } from 'kysely'
import type { DB } from '../../db/schema.ts'
import { emit } from '../../events/emit.ts'
import { after, minutes } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, RoomId, WorkspaceId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Message } from '../../locales/text.ts'
import { closeFor } from '../rooms/close.actions.ts'
import { enter } from '../rooms/participant.actions.ts'
import { openRoom } from '../rooms/room.actions.ts'
import { startPlanned } from '../timers/timer.actions.ts'
import { peopleComing } from './coming.queries.ts'
import { endAll } from './end.actions.ts'
import { type SeriesRow, writeDates } from './plan.actions.ts'
import { lateMinutes, latestMinutes } from './reservation.ts'

type Occurrence = Selectable<DB['reservation_occurrence']>

/** Opens one date whose time has come; any number of workers claim them apart. Returns how many it settled: one or none. */
export async function openDue(tx: Tx): Promise<number> {
  const occurrence = await tx.db
    .selectFrom('reservation_occurrence')
    .selectAll()
    .where('state', '=', 'planned')
    .where('starts_at', '<=', tx.now)
    .orderBy('starts_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (occurrence === undefined) return 0
  const series = await tx.db
    .selectFrom('room_reservations')
    .selectAll()
    .where('id', '=', occurrence.reservation_id)
    .executeTakeFirstOrThrow()
  await settle(tx, series, occurrence)
  return 1
}

async function settle(tx: Tx, series: SeriesRow, occurrence: Occurrence): Promise<void> {
  const host = await activeHost(tx, series)
  if (host === null) return endAll(tx, series, occurrence.day, await peopleComing(tx, occurrence.id), occurrence.id)
  if (tx.now > after(occurrence.starts_at, minutes(latestMinutes))) await miss(tx, series, occurrence, host, null)
  else {
    const opened = await attempt(tx, () => openFor(tx, series, occurrence, host))
    if ('refused' in opened) await miss(tx, series, occurrence, host, opened.refused)
    else await writeOpened(tx, series, occurrence, host, opened.gave)
  }
  await writeDates(tx, series)
}

async function activeHost(tx: Tx, { host_id: id, workspace_id }: SeriesRow): Promise<PersonId | null> {
  if (id === null) return null
  const row = await tx.db
    .selectFrom('user')
    .innerJoin('workspace as w', (join) => join.on('w.id', '=', workspace_id))
    .select('user.id')
    .where('user.id', '=', id)
    .where('user.is_active', '=', true)
    .where('w.uninstalled_at', 'is', null)
    .executeTakeFirst()
  return row?.id ?? null
}

/** A refusal takes back what was written on the way to it, and nothing else. */
async function attempt<T>(tx: Tx, act: () => Promise<T>): Promise<{ readonly gave: T } | { readonly refused: Message }> {
  await sql`savepoint reservation`.execute(tx.db)
  try {
    return { gave: await act() }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await sql`rollback to savepoint reservation`.execute(tx.db)
    return { refused: { key: error.key, words: error.words } }
  }
}

/** The room of the reservation opens for its host, or the given one does; its timer starts whether or not somebody is there yet. */
async function openFor(tx: Tx, series: SeriesRow, occurrence: Occurrence, host: PersonId): Promise<RoomId> {
  const { workspace_id: workspace, channel, voice_channel: voice, platform } = series
  const acting: Tx = { ...tx, actor: { person: host, workspace }, place: channel === null ? null : { platform, channel } }
  const run = {
    work: occurrence.work_duration_minutes ?? series.work_duration_minutes,
    break: occurrence.break_duration_minutes ?? series.break_duration_minutes,
  }
  const given = (series.room_id === null ? null : await openRoomWith(tx, series.room_id)) ?? (await roomOfLastTime(tx, series))
  if (given === null) await closeOldRooms(acting, host, workspace)
  const wish = { work_duration_minutes: run.work, break_duration_minutes: run.break, ...(voice === null ? {} : { voice }) }
  const room = given ?? (await openRoom(acting, wish, occurrence.name ?? series.name, 'planned'))
  await startPlanned(acting, room, host, run)
  if (voice !== null) await seatThoseInVoice(acting, room, occurrence, voice)
  return room
}

/** The given room, if it is still open: else another one opens in its stead. */
async function openRoomWith(tx: Tx, room: RoomId): Promise<RoomId | null> {
  const row = await tx.db.selectFrom('room').select('id').where('id', '=', room).where('is_active', '=', true).executeTakeFirst()
  return row?.id ?? null
}

/** The room that the series opened before, where it is still open: a series has one room at a time. */
async function roomOfLastTime(tx: Tx, { id, host_id }: SeriesRow): Promise<RoomId | null> {
  const row = await tx.db
    .selectFrom('reservation_occurrence as o')
    .innerJoin('room as r', 'r.id', 'o.room_id')
    .select('r.id')
    .where('o.reservation_id', '=', id)
    .where('r.is_active', '=', true)
    .where('r.host_id', '=', host_id)
    .orderBy('o.starts_at', 'desc')
    .executeTakeFirst()
  return row?.id ?? null
}

/** Empty rooms that earlier reservations of the host left behind: they would count among the rooms that one person may own. */
async function closeOldRooms(tx: Tx, host: PersonId, workspace: WorkspaceId): Promise<void> {
  const left = await tx.db
    .selectFrom('room as r')
    .select('r.id')
    .where('r.host_id', '=', host)
    .where('r.workspace_id', '=', workspace)
    .where('r.is_active', '=', true)
    .where('r.empty_since', 'is not', null)
    .where((e) => e.exists(e.selectFrom('reservation_occurrence as o').select('o.id').whereRef('o.room_id', '=', 'r.id')))
    .where((e) =>
      e.not(e.exists(e.selectFrom('timer as t').select('t.room_id').whereRef('t.room_id', '=', 'r.id').where('t.status', '<>', 'idle'))),
    )
    .orderBy('r.id')
    .execute()
  for (const { id } of left) await closeFor(tx, id, host)
}

/** Who joined and sits in the voice channel already is in. */
async function seatThoseInVoice(tx: Tx, room: RoomId, occurrence: Occurrence, voice: string): Promise<void> {
  if (tx.actor === 'clock') throw new Error('a room of a reservation opens for its host')
  const { workspace } = tx.actor
  const coming = await peopleComing(tx, occurrence.id)
  const sitting = await tx.db
    .selectFrom('solo_session')
    .select('user_id')
    .distinct()
    .where('user_id', 'in', coming)
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'voice')
    .where('channel', '=', voice)
    .where('state', '=', 'running')
    .execute()
  const here = new Set(sitting.map(({ user_id }) => user_id))
  for (const person of coming.filter((one) => here.has(one))) {
    await enter(tx, room, person, { evidence: 'voice', workspace, channel: voice })
  }
}

async function writeOpened(tx: Tx, series: SeriesRow, occurrence: Occurrence, host: PersonId, room: RoomId): Promise<void> {
  const late = tx.now >= after(occurrence.starts_at, minutes(lateMinutes))
  await tx.db
    .updateTable('reservation_occurrence')
    .set({ state: 'opened', room_id: room, opened_at: tx.now, late, remind_at: null })
    .where('id', '=', occurrence.id)
    .execute()
  await emit(
    tx,
    { type: 'reservation.opened', room, by: host, occurrence: occurrence.id },
    { type: 'reservation.changed', room: null, by: null, workspace: series.workspace_id, occurrences: [occurrence.id] },
  )
}

/** It did not open: we were away too long, or `why` says what was in the way. Its host is told. */
async function miss(tx: Tx, series: SeriesRow, occurrence: Occurrence, host: PersonId, why: Message | null): Promise<void> {
  await tx.db.updateTable('reservation_occurrence').set({ state: 'missed', remind_at: null }).where('id', '=', occurrence.id).execute()
  await emit(
    tx,
    { type: 'reservation.missed', room: null, by: null, person: host, occurrence: occurrence.id, why },
    { type: 'reservation.changed', room: null, by: null, workspace: series.workspace_id, occurrences: [occurrence.id] },
  )
}

const reminderBatch = 100

/** Reminds those who come, once; a reminder whose date has begun meanwhile is dropped. Returns how many dates it settled. */
export async function remindDue(tx: Tx): Promise<number> {
  const due = await tx.db
    .updateTable('reservation_occurrence')
    .set({ remind_at: null, reminded_at: tx.now })
    .where('id', 'in', (e) =>
      e
        .selectFrom('reservation_occurrence')
        .select('id')
        .where('remind_at', '<=', tx.now)
        .orderBy('remind_at')
        .limit(reminderBatch)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'starts_at', 'state'])
    .execute()
  for (const { id: occurrence, starts_at, state } of due) {
    if (state !== 'planned' || starts_at <= tx.now) continue
    const people = await peopleComing(tx, occurrence)
    await emit(tx, ...people.map((person) => ({ type: 'reservation.soon', room: null, by: null, person, occurrence }) as const))
  }
  return due.length
}
