import { sql } from 'kysely'
import { emit } from '../../events/emit.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, RoomId } from '../../kernel/ids.ts'
import { changeSettings } from '../people/person.actions.ts'
import { actingPerson, settingsOf, unnamedRoom } from '../people/person.queries.ts'
import type { Visibility } from '../people/visibility.ts'
import { countInWorkspaces } from '../sessions/count.actions.ts'
import { lockRooms } from '../timers/lock.actions.ts'
import { freeName } from './room.actions.ts'
import type { Room } from './room.queries.ts'

/**
 * The acting person is seen by these from now on, and at once: live panels are drawn again, open rooms that bear their name by default
 * lose it, and what they focused leaves the totals of workspaces, or comes back to them.
 */
export async function beSeenBy(tx: Tx, visibility: Visibility): Promise<void> {
  const person = actingPerson(tx)
  if ((await settingsOf(tx, person)).visibility === visibility) return
  // Rooms before people: whoever writes credit takes the locks in this order.
  const rooms = await lockRooms(tx, await roomsAround(tx, person))
  await countInWorkspaces(tx, person, -1)
  await changeSettings(tx, { visibility })
  await countInWorkspaces(tx, person, 1)
  for (const { room } of rooms) {
    if (visibility !== 'everyone' && room.named_after === person) await rename(tx, room)
    await tx.db
      .updateTable('timer')
      .set((e) => ({ version: e('version', '+', 1) }))
      .where('room_id', '=', room.id)
      .execute()
    await emit(tx, { type: 'room.edited', room: room.id, by: person })
  }
}

/** Open rooms that may say the person’s name: those they own or that are named after them, the one they are in, and those they paused. */
async function roomsAround(tx: Tx, person: PersonId): Promise<readonly RoomId[]> {
  const { rows } = await sql<{ id: RoomId }>`
    select id from room where is_active and id in (
      select id from room where host_id = ${person}::uuid and is_active
      union select id from room where named_after = ${person}::uuid
      union select room_id from participant where user_id = ${person}::uuid and left_at is null
      union select room_id from timer where paused_by = ${person}::uuid)`.execute(tx.db)
  return rows.map(({ id }) => id)
}

async function rename(tx: Tx, room: Pick<Room, 'id' | 'workspace_id' | 'is_private'>): Promise<void> {
  const name = await freeName(tx, room.workspace_id, await unnamedRoom(tx), room.is_private)
  await tx.db.updateTable('room').set({ room_name: name, named_after: null, updated_at: tx.now }).where('id', '=', room.id).execute()
}
