import { sql } from 'kysely'
import { emit } from '../../events/emit.ts'
import { after, minutes, seconds } from '../../kernel/clock.ts'
import type { Platform, Tx } from '../../kernel/context.ts'
import type { OutageId, RoomId } from '../../kernel/ids.ts'
import { protectPassedDays } from '../goals/outage.actions.ts'
import { creditOwed } from '../sessions/session.actions.ts'
import { isSeenThrough } from './blind.queries.ts'
import { blindSeconds, bridgedMinutes } from './presence.ts'

/** A connection through which people are seen: on Discord one shard of so many; elsewhere the only one. */
export type Source = { readonly platform: Platform; readonly shard: number; readonly shardCount: number }

/** `lastSeen`: who is gone now was there until then. `bridged`: who is still there never left. */
export type Outage = { readonly id: OutageId; readonly lastSeen: Date; readonly bridged: boolean }

/** Sign of life of a healthy connection, every ten seconds or so. It does nothing for one that was away: that must look again first. */
export async function beat(tx: Tx, { platform, shard, shardCount }: Source): Promise<'alive' | 'away'> {
  const beaten = await tx.db
    .updateTable('pulse')
    .set({ seen_at: tx.now })
    .where('platform', '=', platform)
    .where('shard', '=', shard)
    .where('shard_count', '=', shardCount)
    .where('seen_at', '>=', after(tx.now, -seconds(blindSeconds)))
    .executeTakeFirst()
  return beaten.numUpdatedRows > 0n ? 'alive' : 'away'
}

/**
 * A connection is there, and everything it can see was asked for. What was missed is written down: null where nothing was. After a
 * long outage the presences that ended with it are closed; who is seen now appears anew, and is asked about the time between.
 */
export async function sourceBack(tx: Tx, source: Source): Promise<Outage | null> {
  const { platform, shard, shardCount } = source
  await sql`select pg_advisory_xact_lock(hashtextextended(${`pulse ${platform}`}, 0))`.execute(tx.db)
  // With another number of shards the sources of before are gone: what they last saw is what this one last saw.
  const seen = await tx.db
    .selectFrom('pulse')
    .select((e) => e.fn.max('seen_at').as('at'))
    .where('platform', '=', platform)
    .where((e) => e.or([e('shard_count', '<>', shardCount), e('shard', '=', shard)]))
    .executeTakeFirst()
  await tx.db
    .insertInto('pulse')
    .values({ platform, shard, shard_count: shardCount, seen_at: tx.now })
    .onConflict((conflict) => conflict.columns(['platform', 'shard', 'shard_count']).doUpdateSet({ seen_at: tx.now }))
    .execute()
  await tx.db
    .deleteFrom('pulse')
    .where('platform', '=', platform)
    .where('shard_count', '<>', shardCount)
    .where('seen_at', '<', after(tx.now, -minutes(bridgedMinutes)))
    .execute()
  const lastSeen = seen?.at ?? null
  if (lastSeen === null || lastSeen >= after(tx.now, -seconds(blindSeconds))) return null
  const { id } = await tx.db
    .insertInto('outage')
    .values({ platform, shard, shard_count: shardCount, started_at: lastSeen, ended_at: tx.now })
    .onConflict((conflict) => conflict.columns(['platform', 'shard', 'shard_count', 'started_at']).doUpdateSet({ ended_at: tx.now }))
    .returning('id')
    .executeTakeFirstOrThrow()
  const bridged = lastSeen > after(tx.now, -minutes(bridgedMinutes))
  const rooms = bridged ? [] : await endSeen(tx, source, id, lastSeen)
  await sayOnPanels(tx, source, Math.max(1, Math.round((tx.now.getTime() - lastSeen.getTime()) / minutes(1))))
  await creditOwed(tx, rooms)
  await protectPassedDays(tx, id)
  return { id, lastSeen, bridged }
}

/** Writes the credit that waited until this source could be seen again; whoever was found gone has been taken out before. */
export async function creditSeen(tx: Tx, source: Source): Promise<void> {
  const { rows } = await sql<{ room_id: RoomId }>`
    select distinct i.room_id from presence_interval i
    join phase p on p.room_id = i.room_id and p.type = 'work' and p.ended_at is not null and p.credited_at is null
    where i.ended_at is null and i.room_id is not null and ${isSeenBy(source, 'i.workspace_id')}`.execute(tx.db)
  await creditOwed(
    tx,
    rows.map(({ room_id }) => room_id),
  )
}

/** Ends what a source that is away for a quarter of an hour last saw, so that nobody waits any longer for their credit. */
export async function endUnseen(tx: Tx): Promise<number> {
  const lost = await tx.db
    .selectFrom('pulse')
    .selectAll()
    .where('seen_at', '<=', after(tx.now, -minutes(bridgedMinutes)))
    .where(sql<boolean>`not exists (select from outage o where o.platform = pulse.platform and o.shard = pulse.shard
      and o.shard_count = pulse.shard_count and o.started_at = pulse.seen_at)`)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const { platform, shard, shard_count: shardCount, seen_at } of lost) {
    const { id } = await tx.db
      .insertInto('outage')
      .values({ platform, shard, shard_count: shardCount, started_at: seen_at, ended_at: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    await creditOwed(tx, await endSeen(tx, { platform, shard, shardCount }, id, seen_at))
  }
  return lost.length
}

const isSeenBy = ({ platform, shard, shardCount }: Source, workspace: string, row: string | null = null) => sql<boolean>`exists (
  select from workspace w, (values (${platform}, ${shard}::int, ${shardCount}::int)) as s(platform, shard, shard_count)
  where w.id = ${sql.ref(workspace)} and ${isSeenThrough('s', row)})`

/** Whom this source saw was there until `lastSeen`, or until what is written already. */
async function endSeen(tx: Tx, source: Source, outage: OutageId, lastSeen: Date): Promise<readonly RoomId[]> {
  const { rows } = await sql<{ room_id: RoomId }>`
    update presence_interval i set outage_id = ${outage}::uuid, ended_at = greatest(i.started_at, least(coalesce(i.away_since, 'infinity'), greatest(${lastSeen}::timestamptz,
      (select max(h.completed_at) from session_history h where h.user_id = i.user_id and h.room_id = i.room_id and h.phase_id is not null))))
    where i.ended_at is null and i.room_id is not null and i.evidence in ('voice', 'huddle', 'web') and i.started_at <= ${lastSeen}::timestamptz
      and ${isSeenBy(source, 'i.workspace_id', 'i')}
    returning i.room_id`.execute(tx.db)
  return [...new Set(rows.map(({ room_id }) => room_id))]
}

/** The panels of the rooms that ran meanwhile say for one phase how long it was. */
async function sayOnPanels(tx: Tx, source: Source, outageMinutes: number): Promise<void> {
  const { rows } = await sql<{ room_id: RoomId }>`
    update timer t set outage_minutes = ${outageMinutes}, version = t.version + 1
    where t.status = 'running' and t.room_id in (select b.room_id from room_binding b where b.platform = ${source.platform} and ${isSeenBy(source, 'b.workspace_id')})
    returning t.room_id`.execute(tx.db)
  await emit(tx, ...rows.map(({ room_id: room }) => ({ type: 'room.outage', room, by: null, minutes: outageMinutes }) as const))
}
