import { sql } from 'kysely'
import { rows } from '../../db/rows.ts'
import { after, seconds } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, RoomId } from '../../kernel/ids.ts'
import { stepAway } from './presence.actions.ts'
import { blindSeconds } from './presence.ts'

type Seat = { readonly person: PersonId; readonly room: RoomId }

/**
 * Whose time hangs on a page that nobody serves any more leaves it: pages of `process` that are not `open` there, at `lastSeen`, and those
 * of processes that died, when they gave their last sign of life. One that never gave a sign may just be starting: its pages are lost
 * only for a process that `isNew` itself. A page that is open elsewhere says so when it hears of it.
 * @returns who was concerned
 */
export async function leaveLostPages(
  tx: Tx,
  process: string,
  open: { has(seat: Seat): boolean },
  lastSeen: Date,
  isNew: boolean,
): Promise<readonly PersonId[]> {
  const dead = after(tx.now, -seconds(blindSeconds))
  const { rows: found } = await sql<Seat & { isMine: boolean; seenAt: Date | null }>`
    select i.user_id as person, i.room_id as room, i.channel is not distinct from ${process} as "isMine", p.seen_at as "seenAt"
    from presence_interval i left join pulse p on p.platform = 'web' and p.process = i.channel
    where i.ended_at is null and i.evidence = 'web' and i.away_since is null
      and (i.channel = ${process} or (${isNew} and p.seen_at is null) or p.seen_at < ${dead}::timestamptz)
    order by i.room_id, i.user_id`.execute(tx.db)
  const lost = found.filter((seat) => !open.has(seat))
  const kept = found.filter((seat) => !seat.isMine && open.has(seat)).map(({ person, room }) => ({ person, room }))
  // From now on they hang on this process: of the dead one nothing is left that could be missed.
  if (kept.length > 0)
    await sql`update presence_interval i set channel = ${process} from ${rows(kept, 'x', { person: 'uuid', room: 'uuid' })}
    where i.user_id = x.person and i.room_id = x.room and i.evidence = 'web' and i.ended_at is null`.execute(tx.db)
  for (const { isMine, seenAt, ...seat } of lost) await stepAway(tx, seat, 'web', isMine ? lastSeen : (seenAt ?? lastSeen))
  await tx.db.deleteFrom('pulse').where('platform', '=', 'web').where('process', '<>', process).where('seen_at', '<', dead).execute()
  return lost.map(({ person }) => person)
}
