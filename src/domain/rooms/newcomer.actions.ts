import { sql } from 'kysely'
import { rows } from '../../db/rows.ts'
import { emit } from '../../events/emit.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, RoomId } from '../../kernel/ids.ts'
import { beginAll, type Seen } from '../presence/presence.actions.ts'
import { endVoiceTimeOf } from '../presence/voice-time.actions.ts'
import { endSolosOf } from '../sessions/solo.actions.ts'
import type { Locked } from '../timers/lock.actions.ts'
import { startTimer } from '../timers/timer.actions.ts'
import { countInvitations } from './invitation.actions.ts'
import { seatHosts } from './seat.actions.ts'

/** Somebody who has no seat anywhere and gets one, as of `at`. Not seen there, they earn nothing yet. */
export type Newcomer = { readonly person: PersonId; readonly room: RoomId; readonly seen: Seen | null; readonly at: Date }

/**
 * Seats newcomers. What they did by themselves ends, and counts; a room that starts on joining starts. The caller holds the locks of
 * the people and of the rooms, and has asked who may come in: `empty` are rooms in which nobody was.
 */
export async function seatNewcomers(tx: Tx, newcomers: readonly Newcomer[], empty: readonly Locked[]): Promise<void> {
  if (newcomers.length === 0) return
  const list = newcomers.map(({ person, room, at }) => ({ person, room, at }))
  await sql`insert into participant (room_id, user_id, joined_at) select room, person, at
    from ${rows(list, 'x', { person: 'uuid', room: 'uuid', at: 'timestamptz' })}`.execute(tx.db)
  await countInvitations(tx, newcomers)
  await endSolosOf(tx, newcomers)
  await endVoiceTimeOf(
    tx,
    newcomers.flatMap(({ person, seen, at }) =>
      seen?.evidence === 'voice' && seen.workspace !== null ? [{ person, workspace: seen.workspace, at }] : [],
    ),
  )
  await beginAll(
    tx,
    newcomers.flatMap(({ seen, ...seat }) => (seen === null ? [] : [{ ...seat, ...seen }])),
  )
  const rooms = [...new Set(newcomers.map(({ room }) => room))]
  await sql`update room set empty_since = null where id = any(${rooms}::uuid[]) and empty_since is not null`.execute(tx.db)
  await seatHosts(tx, rooms)
  const { actor } = tx
  await emit(
    tx,
    ...newcomers.map(({ room, person }) => ({ type: 'room.joined', room, by: actor === 'clock' ? person : actor.person, person }) as const),
  )
  for (const locked of empty) {
    const first = newcomers.find(({ room }) => room === locked.room.id)
    if (first !== undefined && locked.room.start_on_join) await startTimer(tx, locked, first.person)
  }
}
