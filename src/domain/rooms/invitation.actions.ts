import { sql } from 'kysely'
import { rows } from '../../db/rows.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, RoomId } from '../../kernel/ids.ts'
import { countTowards } from '../achievements/achievement.actions.ts'

/** Counts them to whoever invited them, the first time that they come into the room. */
export async function countInvitations(tx: Tx, seated: readonly { readonly person: PersonId; readonly room: RoomId }[]): Promise<void> {
  const list = seated.map(({ person, room }) => ({ person, room }))
  const { rows: invited } = await sql<{ host: PersonId }>`
    select i.invited_by as host from ${rows(list, 'x', { person: 'uuid', room: 'uuid' })}
    join room_invitation i on i.room_id = x.room and i.user_id = x.person and i.invited_by <> x.person
    where (select count(*) from (select from participant p where p.room_id = x.room and p.user_id = x.person limit 2) seats) = 1`.execute(
    tx.db,
  )
  if (invited.length > 0)
    await countTowards(
      tx,
      'invitations',
      invited.map(({ host }) => host),
    )
}
