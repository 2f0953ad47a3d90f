import type { Tx } from '../../kernel/context.ts'
import type { PersonId, RoomId } from '../../kernel/ids.ts'
import { countTowards } from '../achievements/achievement.actions.ts'

/** Counts it to whoever invited the person, the first time that they come into the room. */
export async function countInvitation(tx: Tx, room: RoomId, person: PersonId): Promise<void> {
  const { invited_by: host } = (await tx.db
    .selectFrom('room_invitation')
    .select('invited_by')
    .where('room_id', '=', room)
    .where('user_id', '=', person)
    .executeTakeFirst()) ?? { invited_by: null }
  if (host === null || host === person) return
  const seats = await tx.db
    .selectFrom('participant')
    .select('id')
    .where('room_id', '=', room)
    .where('user_id', '=', person)
    .limit(2)
    .execute()
  if (seats.length === 1) await countTowards(tx, 'invitations', [host])
}
