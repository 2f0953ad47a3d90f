import type { Selectable } from 'kysely'
import type { DB } from '../../db/schema.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, RoomId, WorkspaceId } from '../../kernel/ids.ts'
import { closeFor } from '../rooms/close.actions.ts'
import { enter } from '../rooms/participant.actions.ts'
import { openRoom } from '../rooms/room.actions.ts'
import { startPlanned } from '../timers/timer.actions.ts'
import { peopleComing } from './coming.queries.ts'
import type { SeriesRow } from './series.actions.ts'

export type Occurrence = Selectable<DB['reservation_occurrence']>

/** The room of the reservation opens for its host, or the given one does; its timer starts whether or not somebody is there yet. */
export async function openRoomOf(tx: Tx, series: SeriesRow, occurrence: Occurrence, host: PersonId): Promise<RoomId> {
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
