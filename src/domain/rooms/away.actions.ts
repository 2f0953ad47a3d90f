import { sql } from 'kysely'
import { emit } from '../../events/emit.ts'
import { after, hours, seconds } from '../../kernel/clock.ts'
import type { Ctx, Tx } from '../../kernel/context.ts'
import type { PersonId, PresenceId, RoomId, WorkspaceId } from '../../kernel/ids.ts'
import { close, open } from '../presence/presence.actions.ts'
import { awaySeconds, silentBreaks } from '../presence/presence.ts'
import { lockRooms } from '../timers/lock.actions.ts'
import { vacate } from './participant.actions.ts'

const batch = 50

/** A timer that stands still for this long counts as a break that nobody answers. */
const longestRestHours = 1

/**
 * Those who went away and did not come back within a minute left when they went: whoever left the voice channel leaves the room,
 * whoever left a huddle or a page stays and is asked from then on.
 */
export async function settleAway(tx: Tx): Promise<number> {
  const gone = await tx.db
    .selectFrom('presence_interval')
    .select(['user_id', 'room_id', 'workspace_id', 'evidence', 'away_since'])
    .where('away_since', '<=', after(tx.now, -seconds(awaySeconds)))
    .where('ended_at', 'is', null)
    .where('room_id', 'is not', null)
    .orderBy('away_since')
    .limit(batch)
    .execute()
  for (const { user_id: person, room_id: room, workspace_id, evidence, away_since: since } of gone) {
    if (room === null || since === null) continue
    if (evidence === 'voice') await vacate(tx, room, person, 'voice', since)
    else await askInstead(tx, person, room, workspace_id, since)
  }
  return gone.length
}

async function askInstead(tx: Tx, person: PersonId, room: RoomId, workspace: WorkspaceId | null, since: Date): Promise<void> {
  await lockRooms(tx, [room])
  const still = await tx.db
    .selectFrom('presence_interval')
    .select('id')
    .where('user_id', '=', person)
    .where('room_id', '=', room)
    .where('ended_at', 'is', null)
    .where('away_since', '=', since)
    .executeTakeFirst()
  if (still === undefined) return
  await close(tx, { person, room }, since, 'others')
  await open(tx, { person, room }, { evidence: 'check-in', workspace }, since)
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
 * Whoever gave no sign in two breaks, or for an hour in which the timer stood still, leaves: their presence ended at the last sign,
 * and they are told so.
 */
export async function dismissSilent(tx: Tx): Promise<number> {
  const { rows } = await sql<{ id: PresenceId; user_id: PersonId; room_id: RoomId }>`
    ${lapsing} and (i.silent_breaks = ${silentBreaks} or t.updated_at <= ${after(tx.now, -hours(longestRestHours))}::timestamptz)
    order by i.id limit ${batch}`.execute(tx.db)
  for (const { id: presence, user_id: person, room_id: room } of rows) {
    await tx.db
      .updateTable('presence_interval')
      .set({ silent_breaks: silentBreaks })
      .where('id', '=', presence)
      .where('ended_at', 'is', null)
      .execute()
    if (await vacate(tx, room, person, 'silent'))
      await emit(tx, { type: 'presence.lapsed', room: null, by: null, person, presence, in: room })
  }
  return rows.length
}
