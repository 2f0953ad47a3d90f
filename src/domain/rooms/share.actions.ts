import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { emit } from '../../events/emit.ts'
import { after, days } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/context.ts'
import type { RoomId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { isHereAtLeast } from '../workspaces/workspace.queries.ts'
import { bind } from './binding.actions.ts'
import { assertHost } from './host.actions.ts'
import { assertMayLiveHere } from './opening.queries.ts'
import { isKeptOut } from './participant.actions.ts'
import type { RoomView } from './room.queries.ts'

/** Without letters and digits that look alike. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const codeLength = 8
const codeUses = 10

/** A code that binds the room to one more place: 24 hours, 10 uses. */
export async function shareRoom(tx: Tx, view: RoomView): Promise<{ readonly code: string; readonly expiresAt: Date }> {
  assertHost(view)
  const code = Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join('')
  const expiresAt = after(tx.now, days(1))
  await tx.db
    .insertInto('room_share')
    .values({
      code,
      room_id: view.room.id,
      created_by: view.standing.person,
      uses_left: codeUses,
      created_at: tx.now,
      expires_at: expiresAt,
    })
    .execute()
  return { code, expiresAt }
}

/**
 * Binds the room of a code to the channel where it is typed.
 * @throws Refusal `missing` for a code that is unknown, used up or too old, and for those kept out; `forbidden` for guests and in channels without rooms; `conflict`
 * where it lives already
 */
export async function bringRoom(tx: Tx, typed: string): Promise<RoomId> {
  if (tx.actor === 'clock') throw new Error('only a person brings a room')
  const { person, workspace } = tx.actor
  if (!(await isHereAtLeast(tx, 'member'))) throw new Refusal('forbidden', 'room.create.guest')
  await assertMayLiveHere(tx)
  const used = await tx.db
    .updateTable('room_share')
    .set((e) => ({ uses_left: e('uses_left', '-', 1) }))
    .where('code', '=', typed.trim().toUpperCase())
    .where('expires_at', '>', tx.now)
    .where('uses_left', '>', 0)
    .returning('room_id')
    .executeTakeFirst()
  if (used === undefined || (await isKeptOut(tx, used.room_id, person))) throw new Refusal('missing', 'room.bring.unknown')
  const room = used.room_id
  const there = await tx.db
    .selectFrom('room')
    .leftJoin('room_binding as b', (join) => join.onRef('b.room_id', '=', 'room.id').on('b.workspace_id', '=', workspace))
    .select(['room.is_active', 'room.is_private', 'b.channel', 'b.id as binding'])
    .where('room.id', '=', room)
    .executeTakeFirstOrThrow()
  if (!there.is_active) throw new Refusal('conflict', 'room.closed.already')
  const here = tx.place?.channel ?? null
  if (there.binding !== null && there.channel === here) throw new Refusal('conflict', 'room.bring.here')
  const binding = await bind(tx, room, workspace, undefined)
  if (there.is_private) await welcome(tx, room, person)
  await tx.db
    .updateTable('timer')
    .set((e) => ({ version: e('version', '+', 1) }))
    .where('room_id', '=', room)
    .execute()
  await emit(tx, { type: 'room.bound', room, by: person, binding })
  return room
}

/** Whoever brings a private room with its code is invited by that. */
async function welcome(tx: Tx, room: RoomId, person: string): Promise<void> {
  await sql`insert into room_invitation (room_id, user_id, created_at) values (${room}::uuid, ${person}::uuid, ${tx.now}) on conflict do nothing`.execute(
    tx.db,
  )
}
