import type { Selectable } from 'kysely'
import type { DB } from '../../db/schema.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, RoomId } from '../../kernel/ids.ts'
import { lockPresence } from '../people/lock.actions.ts'
import type { DefaultName } from '../people/person.queries.ts'
import { giveVoice } from '../rooms/binding.actions.ts'
import { closeFor } from '../rooms/close.actions.ts'
import { enter } from '../rooms/participant.actions.ts'
import { openRoom } from '../rooms/room.actions.ts'
import { startPlanned } from '../timers/timer.actions.ts'
import { peopleComing } from './coming.queries.ts'
import { ownRoomInstead, roomsLeftBehind } from './own-room.queries.ts'
import type { SeriesRow } from './series.actions.ts'

export type Occurrence = Selectable<DB['reservation_occurrence']>

/** Where a date takes place. `isNew`: the room was opened for it. */
export type Venue = { readonly room: RoomId; readonly isNew: boolean }

/** The room of the reservation opens for its host, or the given one does; its timer starts whether or not somebody is there yet. */
export async function openRoomOf(tx: Tx, series: SeriesRow, occurrence: Occurrence, host: PersonId): Promise<Venue> {
  const { workspace_id: workspace, channel, voice_channel: voice, platform } = series
  const acting: Tx = { ...tx, actor: { person: host, workspace }, place: channel === null ? null : { platform, channel } }
  const run = {
    work: occurrence.work_duration_minutes ?? series.work_duration_minutes,
    break: occurrence.break_duration_minutes ?? series.break_duration_minutes,
  }
  // Whoever may be seated, before any room: everybody takes locks in this order.
  const coming = voice === null ? [] : await peopleComing(tx, occurrence.id)
  await lockPresence(tx, ...coming)
  const given = series.room_id === null ? null : await openRoomWith(tx, series.room_id)
  const there = given ?? (await roomOfLastTime(tx, series)) ?? (await makeWay(acting, series, host))
  const wish = { work_duration_minutes: run.work, break_duration_minutes: run.break, ...(voice === null ? {} : { voice }) }
  const room = there ?? (await openRoom(acting, wish, nameOf(series, occurrence), 'planned'))
  await startPlanned(acting, room, host, run)
  if (voice !== null) await seatThoseInVoice(acting, room, coming, voice)
  return { room, isNew: there === null }
}

const nameOf = (series: SeriesRow, { name }: Occurrence): DefaultName =>
  name === null ? { name: series.name, after: series.named_after } : { name, after: null }

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

/**
 * Whoever has as many rooms as one person may is not refused for it: what earlier reservations left behind closes, and where that is not
 * enough the session takes place in a room of theirs, which gets the voice channel that is wanted where it has none. One that rests
 * with another closes.
 */
async function makeWay(tx: Tx, { workspace_id: workspace, channel, voice_channel }: SeriesRow, host: PersonId): Promise<RoomId | null> {
  for (const id of await roomsLeftBehind(tx, host, workspace)) await closeFor(tx, id, host)
  const own = await ownRoomInstead(tx, host, workspace, channel)
  if (own === null || own.isPrivate) return null
  if (voice_channel === null) return own.id
  if (own.rests && own.voice !== null && own.voice !== voice_channel) {
    await closeFor(tx, own.id, host)
    return null
  }
  await giveVoice(tx, own.id, voice_channel)
  return own.id
}

/** Who joined and sits in the voice channel already is in, where the room lives there: elsewhere nobody sees them. */
async function seatThoseInVoice(tx: Tx, room: RoomId, coming: readonly PersonId[], voice: string): Promise<void> {
  if (tx.actor === 'clock') throw new Error('a room of a reservation opens for its host')
  const { workspace } = tx.actor
  const sitting = await tx.db
    .selectFrom('solo_session')
    .select('user_id')
    .distinct()
    .where('user_id', 'in', coming)
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'voice')
    .where('channel', '=', voice)
    .where('state', '=', 'running')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('room_binding as b')
          .select('b.id')
          .where('b.room_id', '=', room)
          .where('b.workspace_id', '=', workspace)
          .where('b.voice_channel', '=', voice),
      ),
    )
    .execute()
  const here = new Set(sitting.map(({ user_id }) => user_id))
  for (const person of coming.filter((one) => here.has(one))) {
    await enter(tx, room, person, { evidence: 'voice', workspace, channel: voice })
  }
}
