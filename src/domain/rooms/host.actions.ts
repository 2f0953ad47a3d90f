import { emit } from '../../events/emit.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, RoomId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { actingPerson, nameOf } from '../people/person.queries.ts'
import { hostWords } from '../people/visibility.ts'
import { lockRooms } from '../timers/lock.actions.ts'
import { isHereAtLeast } from '../workspaces/workspace.queries.ts'
import { isAtLeast } from '../workspaces/workspace.ts'
import type { RoomView } from './room.queries.ts'
import { canHost } from './room.ts'
import { dismiss, seatHosts } from './seat.actions.ts'

/** @throws Refusal `forbidden` without the right to host, naming who has it */
export function assertHost(view: RoomView): void {
  if (canHost(view.standing)) return
  if (view.host === null) throw new Refusal('forbidden', 'room.host.only-moderators')
  throw new Refusal('forbidden', 'room.host.only', hostWords(view.host))
}

const assertOther = (view: RoomView, person: PersonId): void => {
  if (person === view.room.host_id) throw new Refusal('invalid', 'room.host.not-owner')
  if (person === view.standing.person) throw new Refusal('invalid', 'room.host.not-yourself')
}

/** Sends a participant out; they may come back. An invitation to a private room ends with it. */
export async function kick(tx: Tx, view: RoomView, person: PersonId): Promise<void> {
  assertHost(view)
  assertOther(view, person)
  await dismiss(tx, view, person, 'kicked')
  await tx.db.deleteFrom('room_invitation').where('room_id', '=', view.room.id).where('user_id', '=', person).execute()
}

/**
 * Sends somebody out, if they are in, and keeps them out.
 * @throws Refusal `conflict` for those who may host every room here: a ban would not keep them out
 */
export async function ban(tx: Tx, view: RoomView, person: PersonId): Promise<void> {
  assertHost(view)
  assertOther(view, person)
  if (await moderates(tx, view, person)) throw new Refusal('conflict', 'room.ban.moderator', { name: await nameOf(tx, person) })
  await tx.db
    .insertInto('room_ban')
    .values({ room_id: view.room.id, user_id: person, banned_by: actingPerson(tx), created_at: tx.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await tx.db.deleteFrom('room_invitation').where('room_id', '=', view.room.id).where('user_id', '=', person).execute()
  await dismiss(tx, view, person, 'banned')
}

/** By the role that was told last, however long ago. */
async function moderates(tx: Tx, { room }: RoomView, person: PersonId): Promise<boolean> {
  const member = await tx.db
    .selectFrom('workspace_member')
    .select('role')
    .where('workspace_id', '=', room.workspace_id)
    .where('user_id', '=', person)
    .executeTakeFirst()
  return member !== undefined && isAtLeast(member.role, 'moderator')
}

/** @throws Refusal `conflict` when the person is not banned */
export async function unban(tx: Tx, view: RoomView, person: PersonId): Promise<void> {
  assertHost(view)
  const { numDeletedRows } = await tx.db
    .deleteFrom('room_ban')
    .where('room_id', '=', view.room.id)
    .where('user_id', '=', person)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw new Refusal('conflict', 'room.unban.not-banned')
}

/**
 * Lets a person see and enter a private room, and tells them of any room. Whoever is in a public room may invite to it.
 * @throws Refusal `forbidden` for guests, `conflict` for the banned and for those already here
 */
export async function invite(tx: Tx, view: RoomView, person: PersonId): Promise<void> {
  if (view.room.is_private || !view.standing.isPresent) assertHost(view)
  if (!(await isHereAtLeast(tx, 'member'))) throw new Refusal('forbidden', 'room.invite.guest')
  const room = view.room.id
  const there = await tx.db
    .selectFrom('user')
    .select((e) => [
      e.exists(e.selectFrom('room_ban').select('user_id').where('room_id', '=', room).where('user_id', '=', person)).as('banned'),
      e
        .exists(
          e.selectFrom('participant').select('id').where('room_id', '=', room).where('user_id', '=', person).where('left_at', 'is', null),
        )
        .as('present'),
    ])
    .where('id', '=', person)
    .executeTakeFirstOrThrow()
  if (there.present) throw new Refusal('conflict', 'room.invite.present')
  if (there.banned) throw new Refusal('conflict', 'room.invite.banned')
  const made = await tx.db
    .insertInto('room_invitation')
    .values({ room_id: room, user_id: person, invited_by: actingPerson(tx), created_at: tx.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('user_id')
    .executeTakeFirst()
  if (made === undefined) throw new Refusal('conflict', 'room.invite.invited')
  await emit(tx, { type: 'room.invited', room, by: actingPerson(tx), person })
}

/** Whether the person is more than a guest in a workspace where the room lives. */
async function isMember(tx: Tx, room: RoomId, person: PersonId): Promise<boolean> {
  const member = await tx.db
    .selectFrom('workspace_member as m')
    .innerJoin('room_binding as b', 'b.workspace_id', 'm.workspace_id')
    .select('m.user_id')
    .where('b.room_id', '=', room)
    .where('m.user_id', '=', person)
    .where('m.role', '<>', 'guest')
    .executeTakeFirst()
  return member !== undefined
}

/** Hands the room to a participant. @throws Refusal `forbidden` without the right or to a guest, `conflict` when they are not here */
export async function transferRoom(tx: Tx, view: RoomView, to: PersonId): Promise<void> {
  assertHost(view)
  if (view.room.keep) throw new Refusal('conflict', 'room.transfer.kept')
  if (to === view.room.host_id) throw new Refusal('conflict', 'room.transfer.owns')
  const room = view.room.id
  await lockRooms(tx, [room])
  const present = await tx.db
    .selectFrom('participant')
    .select('id')
    .where('room_id', '=', room)
    .where('user_id', '=', to)
    .where('left_at', 'is', null)
    .executeTakeFirst()
  if (present === undefined) throw new Refusal('conflict', 'room.transfer.absent')
  if (!(await isMember(tx, room, to))) throw new Refusal('forbidden', 'room.transfer.guest')
  await tx.db.updateTable('room').set({ host_id: to, updated_at: tx.now }).where('id', '=', room).execute()
  await seatHosts(tx, [room])
  await emit(tx, { type: 'room.transferred', room, by: view.standing.person, to })
}
