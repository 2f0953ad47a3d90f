import { type RawBuilder, sql } from 'kysely'
import { after, minutes, seconds } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import { blindSeconds, bridgedMinutes } from './presence.ts'
import type { Source } from './source.ts'

/** Whether two connections of a platform see some of the same people: whatever the number of shards of each, and from whichever process. */
const seesSome = (one: string, other: string): RawBuilder<boolean> => {
  const of = (row: string, column: string) => sql.ref(`${row}.${column}`)
  const common = sql`gcd(${of(one, 'shard_count')}, ${of(other, 'shard_count')})`
  return sql<boolean>`(${of(one, 'platform')} = ${of(other, 'platform')} and mod(${of(one, 'shard')}, ${common}) = mod(${of(other, 'shard')}, ${common}))`
}

/** A source as the one row `s`. */
export const asRow = ({ platform, shard, shardCount }: Source): RawBuilder<unknown> =>
  sql`(values (${platform}, ${shard}::int, ${shardCount}::int)) as s(platform, shard, shard_count)`

/**
 * When those whom a connection sees were last seen, by it or by others that saw them: those of another number of shards before it, other
 * processes beside it. Null where nobody ever looked.
 */
export async function lastSeenBy(ctx: Ctx, source: Source): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select max(p.seen_at) as at from pulse p, ${asRow(source)} where ${seesSome('p', 's')}`.execute(ctx.db)
  return rows[0]?.at ?? null
}

/** Rows `p` of `pulse` of another number of shards: they gave no sign of life for a while, and others have seen all their people since. */
export const isReplaced = (
  now: Date,
): RawBuilder<boolean> => sql<boolean>`(p.seen_at < ${after(now, -seconds(blindSeconds))}::timestamptz and exists (
  select from pulse n where n.shard_count <> p.shard_count and n.seen_at > p.seen_at and ${seesSome('n', 'p')}
  group by n.shard_count having count(*) = n.shard_count / gcd(n.shard_count, p.shard_count)))`

/** Rows `p` of `pulse`, the newest of each connection, that are away for too long to be bridged, where that is not written down yet. */
export const isLost = (now: Date): RawBuilder<boolean> =>
  sql<boolean>`(p.seen_at <= ${after(now, -minutes(bridgedMinutes))}::timestamptz and ${isNotTold})`

const isNotTold = sql<boolean>`(not exists (select from outage o where o.platform = p.platform and o.shard = p.shard
    and o.shard_count = p.shard_count and o.started_at = p.seen_at)
  and not exists (select from pulse n where n.platform = p.platform and n.shard = p.shard and n.shard_count = p.shard_count
    and (n.seen_at, n.process) > (p.seen_at, p.process)))`

/** When the next of them is due. */
export async function nextLost(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ seen: Date | null }>`select min(p.seen_at) as seen from pulse p where ${isNotTold}`.execute(ctx.db)
  return rows[0]?.seen ? after(rows[0].seen, minutes(bridgedMinutes)) : null
}
