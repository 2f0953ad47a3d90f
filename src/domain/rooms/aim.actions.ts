import type { Tx } from '../../kernel/context.ts'
import type { PersonId, RoomId } from '../../kernel/ids.ts'
import type { Aim } from '../todos/todo.actions.ts'

/** Says what a person means to do in the room they are in; their sessions there carry it from the next credit on. */
export async function aimAt(tx: Tx, room: RoomId, person: PersonId, aim: Aim): Promise<void> {
  await tx.db
    .updateTable('participant')
    .set(aim)
    .where('room_id', '=', room)
    .where('user_id', '=', person)
    .where('left_at', 'is', null)
    .execute()
}
