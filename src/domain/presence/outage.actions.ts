import { type RawBuilder, sql } from 'kysely'
import { emit } from '../../events/emit.ts'
import { after, minutes, seconds } from '../../kernel/clock.ts'
import type { Platform, Tx } from '../../kernel/context.ts'
import type { OutageId, PersonId, RoomId } from '../../kernel/ids.ts'
import { protectPassedDays } from '../goals/outage.actions.ts'
import { creditedUntil } from '../sessions/earned.queries.ts'
import { creditWaiting } from '../sessions/session.actions.ts'
import { isSeenThrough, lastSeenOf } from './blind.queries.ts'
import { blindSeconds, bridgedMinutes } from './presence.ts'
import { asRow, isLost, isReplaced, lastSeenBy } from './pulse.queries.ts'
import type { Source } from './source.ts'
import { endVoiceTimeIn } from './voice-time.actions.ts'

/** `lastSeen`: who is gone now was there until then. `bridged`: who is still there never left. */
export type Outage = { readonly id: OutageId; readonly lastSeen: Date; readonly bridged: boolean }

/** Sign of life of a healthy connection, every ten seconds or so. It does nothing for one that was away: that must look again first. */
export async function beat(tx: Tx, { platform, shard, shardCount, process = '' }: Source): Promise<'alive' | 'away'> {
  const beaten = await tx.db
    .updateTable('pulse')
    .set({ seen_at: tx.now })
    .where('platform', '=', platform)
    .where('shard', '=', shard)
    .where('shard_count', '=', shardCount)
    .where('process', '=', process)
    .where('seen_at', '>=', after(tx.now, -seconds(blindSeconds)))
    .executeTakeFirst()
  return beaten.numUpdatedRows > 0n ? 'alive' : 'away'
}

/**
 * A connection is there, and everything it can see was asked for. What was missed is written down: null where nothing was. After a
 * long outage the presences that ended with it are closed; who is seen now appears anew, and is asked about the time between.
 */
export async function sourceBack(tx: Tx, source: Source): Promise<Outage | null> {
  const { platform, shard, shardCount, process = '' } = source
  await lockPulse(tx, platform)
  const lastSeen = await lastSeenBy(tx, source)
  await tx.db
    .insertInto('pulse')
    .values({ platform, shard, shard_count: shardCount, process, seen_at: tx.now })
    .onConflict((conflict) => conflict.columns(['platform', 'shard', 'shard_count', 'process']).doUpdateSet({ seen_at: tx.now }))
    .execute()
  const isNew = lastSeen !== null && lastSeen < after(tx.now, -seconds(blindSeconds))
  const outage = isNew ? await endOutage(tx, source, lastSeen) : null
  await forgetReplaced(tx)
  return outage
}

const lockPulse = (tx: Tx, platform: Platform) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`pulse ${platform}`}, 0))`.execute(tx.db)

async function endOutage(tx: Tx, source: Source, lastSeen: Date): Promise<Outage> {
  const { platform, shard, shardCount } = source
  const { id } = await tx.db
    .insertInto('outage')
    .values({ platform, shard, shard_count: shardCount, started_at: lastSeen, ended_at: tx.now })
    .onConflict((conflict) => conflict.columns(['platform', 'shard', 'shard_count', 'started_at']).doUpdateSet({ ended_at: tx.now }))
    .returning('id')
    .executeTakeFirstOrThrow()
  const bridged = lastSeen > after(tx.now, -minutes(bridgedMinutes))
  await lockSeen(tx, source)
  await takeOver(tx, source, id)
  if (!bridged) await endSeen(tx, source, id, lastSeen)
  await sayOnPanels(tx, source, Math.max(1, Math.round((tx.now.getTime() - lastSeen.getTime()) / minutes(1))))
  await protectPassedDays(tx, id)
  return { id, lastSeen, bridged }
}

/** What ended with an outage of another number of shards, and is seen by this source now, ended with this one. */
async function takeOver(tx: Tx, source: Source, outage: OutageId): Promise<void> {
  await sql`update presence_interval i set outage_id = ${outage}::uuid from outage o
    where i.outage_id = o.id and o.platform = ${source.platform} and o.shard_count <> ${source.shardCount} and o.ended_at is null
      and ${isSeenBy(source, 'i')}`.execute(tx.db)
}

/** Connections whose people others see now will not come back: their outages live on in those of the others. */
async function forgetReplaced(tx: Tx): Promise<void> {
  await sql`
    with gone as (delete from pulse p where ${isReplaced(tx.now)} returning p.*)
    delete from outage o using gone where o.platform = gone.platform and o.shard = gone.shard and o.shard_count = gone.shard_count and o.ended_at is null`.execute(
    tx.db,
  )
}

/** Writes the credit that waited until this source could be seen again; whoever was found gone has been taken out before. */
export async function creditSeen(tx: Tx, source: Source): Promise<void> {
  const isOpen = (person: string) => sql<boolean>`exists (
    select from presence_interval q where q.user_id = ${sql.ref(person)} and q.ended_at is null and ${isSeenBy(source, 'q')})`
  const { rows } = await sql<{ person: PersonId }>`
    select i.user_id as person from phase p
    join presence_interval i on i.room_id = p.room_id and i.started_at < p.ended_at and coalesce(i.ended_at, 'infinity') > p.started_at
    where p.type = 'work' and p.ended_at is not null and p.credited_at is null and ${isOpen('i.user_id')}
    union
    select o.user_id from solo_session o where o.state = 'ended' and o.credited_at is null and ${isOpen('o.user_id')}`.execute(tx.db)
  await creditWaiting(
    tx,
    rows.map(({ person }) => person),
  )
}

/** Ends what a source that is away for a quarter of an hour last saw, so that nobody waits any longer for their credit. */
export async function endUnseen(tx: Tx): Promise<number> {
  for (const platform of ['discord', 'slack', 'web'] as const) await lockPulse(tx, platform)
  await forgetReplaced(tx)
  const { rows: lost } = await sql<Source & { seenAt: Date }>`
    select p.platform, p.shard, p.shard_count as "shardCount", p.seen_at as "seenAt" from pulse p where ${isLost(tx.now)}
    order by p.platform, p.shard, p.shard_count for update skip locked`.execute(tx.db)
  for (const { seenAt, ...source } of lost) {
    const { platform, shard, shardCount } = source
    const { id } = await tx.db
      .insertInto('outage')
      .values({ platform, shard, shard_count: shardCount, started_at: seenAt, ended_at: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    await lockSeen(tx, source)
    // With another number of shards others may see some of them.
    await endSeen(tx, source, id, seenAt, sql<boolean>`${lastSeenOf('i')} <= ${seenAt}::timestamptz`)
  }
  return lost.length
}

/** Whether a source sees what `row` of a table is about; of a presence its evidence says by what it is seen. */
const isSeenBy = (source: Source, row: string, of: 'presence' | 'place' = 'presence') => sql<boolean>`exists (
  select from workspace w, ${asRow(source)}
  where w.id = ${sql.ref(`${row}.workspace_id`)} and ${isSeenThrough('s', of === 'presence' ? row : null)})`

/** What ends with an outage: the presences that are seen and not asked for. */
const isWatched = sql<boolean>`i.ended_at is null and i.evidence in ('voice', 'huddle', 'web')`

/** Takes the locks of the rooms that an outage changes before anything of it is written, as everybody does who changes a presence there. */
async function lockSeen(tx: Tx, source: Source): Promise<void> {
  await sql`select from timer where room_id in (select i.room_id from presence_interval i where ${isWatched} and ${isSeenBy(source, 'i')})
    or (status = 'running' and room_id in (${boundTo(source)})) order by room_id for update`.execute(tx.db)
}

/** Whom this source saw was there until `lastSeen`, or until what is written already; what waited for it is written. */
async function endSeen(tx: Tx, source: Source, outage: OutageId, lastSeen: Date, which: RawBuilder<boolean> = sql`true`): Promise<void> {
  const seen = sql<boolean>`i.started_at <= ${lastSeen}::timestamptz and ${isSeenBy(source, 'i')} and ${which}`
  const { rows } = await sql<{ person: PersonId }>`
    update presence_interval i set outage_id = ${outage}::uuid,
      ended_at = greatest(${creditedUntil('i')}, least(coalesce(i.away_since, 'infinity'), ${lastSeen}::timestamptz))
    where ${isWatched} and i.room_id is not null and ${seen} returning i.user_id as person`.execute(tx.db)
  await endVoiceTimeIn(tx, seen, outage, lastSeen)
  await creditWaiting(tx, [...new Set(rows.map(({ person }) => person))])
}

const boundTo = (source: Source) => sql`
  select b.room_id from room_binding b where b.platform = ${source.platform} and ${isSeenBy(source, 'b', 'place')}`

/** The panels of the rooms that ran meanwhile say for one phase how long it was. */
async function sayOnPanels(tx: Tx, source: Source, outageMinutes: number): Promise<void> {
  const { rows } = await sql<{ room_id: RoomId }>`
    update timer t set outage_minutes = ${outageMinutes}, version = t.version + 1
    where t.status = 'running' and t.room_id in (${boundTo(source)})
    returning t.room_id`.execute(tx.db)
  await emit(tx, ...rows.map(({ room_id: room }) => ({ type: 'room.outage', room, by: null, minutes: outageMinutes }) as const))
}
