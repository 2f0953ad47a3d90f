import { sql } from 'kysely'
import { emit } from '../../events/emit.ts'
import { after, hours, seconds } from '../../kernel/clock.ts'
import type { Ctx, Tx } from '../../kernel/context.ts'
import type { PersonId, PresenceId, RoomId } from '../../kernel/ids.ts'
import { goOn } from '../presence/presence.actions.ts'
import { awaySeconds, silentBreaks } from '../presence/presence.ts'
import { lockSeat, vacate } from './seat.actions.ts'

/** A timer that stands still for this long counts as a break that nobody answers. */
const longestRestHours = 1

/**
 * Somebody who went away and did not come back within a minute left when they went: whoever left the voice channel leaves the room,
 * whoever left a huddle or a page stays and is asked from then on. One at a time, each with the locks of a person who leaves.
 */
export async function settleAway(tx: Tx, skip = 0): Promise<number> {
  const away = tx.db
    .selectFrom('presence_interval')
    .select(['id', 'user_id', 'room_id', 'workspace_id', 'evidence', 'away_since'])
    .where('away_since', '<=', after(tx.now, -seconds(awaySeconds)))
    .where('ended_at', 'is', null)
    .where('room_id', 'is not', null)
  const gone = await away.orderBy('away_since').orderBy('id').offset(skip).limit(1).executeTakeFirst()
  if (gone === undefined || gone.room_id === null) return 0
  const seat = { person: gone.user_id, room: gone.room_id }
  await lockSeat(tx, seat)
  const still = await away.where('id', '=', gone.id).executeTakeFirst()
  if (still === undefined || still.away_since === null) return 1
  if (still.evidence === 'voice') await vacate(tx, seat.room, seat.person, 'voice', still.away_since)
  else await goOn(tx, seat, { evidence: 'check-in', workspace: still.workspace_id }, still.away_since, 'others')
  return 1
}

/** People who check in and were silent for two breaks, or since the timer stopped. */
const lapsing = sql`
  select i.id, i.user_id, i.room_id, i.silent_breaks, t.updated_at from presence_interval i join timer t on t.room_id = i.room_id
  where i.ended_at is null and i.last_sign_at is not null and (i.silent_breaks = ${silentBreaks} or (t.status <> 'running' and i.last_sign_at < t.updated_at))`

/** When the next of them has to leave. */
export async function nextSilent(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ due: Date | null }>`
    select min(case when silent_breaks = ${silentBreaks} then ${ctx.now}::timestamptz else updated_at + make_interval(hours => ${longestRestHours}) end) as due
    from (${lapsing}) i`.execute(ctx.db)
  return rows[0]?.due ?? null
}

/**
 * Somebody who gave no sign in two breaks, or for an hour in which the timer stood still, leaves: their presence ended at the last
 * sign, and they are told so. One at a time.
 */
export async function dismissSilent(tx: Tx, skip = 0): Promise<number> {
  const due = sql`${lapsing} and (i.silent_breaks = ${silentBreaks} or t.updated_at <= ${after(tx.now, -hours(longestRestHours))}::timestamptz)`
  const { rows } = await sql<{ id: PresenceId; user_id: PersonId; room_id: RoomId }>`${due} order by i.id offset ${skip} limit 1`.execute(
    tx.db,
  )
  const [silent] = rows
  if (silent === undefined) return 0
  const { id: presence, user_id: person, room_id: room } = silent
  await lockSeat(tx, { person, room })
  const still = await sql`${due} and i.id = ${presence}::uuid`.execute(tx.db)
  if (still.rows.length === 0) return 1
  await tx.db.updateTable('presence_interval').set({ silent_breaks: silentBreaks }).where('id', '=', presence).execute()
  if (await vacate(tx, room, person, 'silent'))
    await emit(tx, { type: 'presence.lapsed', room: null, by: null, person, presence, in: room })
  return 1
}
