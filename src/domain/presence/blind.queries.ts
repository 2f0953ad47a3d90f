import { type RawBuilder, sql } from 'kysely'
import { after, seconds } from '../../kernel/clock.ts'
import { blindSeconds } from './presence.ts'

/**
 * Whether the workspace `w` is seen by the row `source` of `pulse` or `outage`: on Discord its shard, elsewhere its platform. A presence
 * `row` on an open page is seen by the pages, wherever its person signed in from.
 */
export const isSeenThrough = (source: string, row: string | null = null): RawBuilder<boolean> => {
  const isPage = row === null ? sql`false` : sql`${sql.ref(`${row}.evidence`)} = 'web'`
  return sql<boolean>`(${sql.ref(`${source}.platform`)} = case when ${isPage} then 'web' else w.platform end
    and (${sql.ref(`${source}.platform`)} <> 'discord' or w.platform <> 'discord' or mod(floor(w.external_id::numeric / 4194304), ${sql.ref(`${source}.shard_count`)}) = ${sql.ref(`${source}.shard`)}))`
}

/** When the platform of a presence `row` was last seen, by whatever sees it; null where nothing ever did. */
export const lastSeenOf = (row: string): RawBuilder<Date | null> => sql<Date | null>`(
  select max(b.seen_at) from workspace w join pulse b on ${isSeenThrough('b', row)} where w.id = ${sql.ref(`${row}.workspace_id`)})`

/** Whether it can't be seen just now, and was last seen before `until`. */
export const isUnseen = (row: string, until: RawBuilder<unknown>, now: Date): RawBuilder<boolean> =>
  sql<boolean>`coalesce(${lastSeenOf(row)} < least(${until}, ${after(now, -seconds(blindSeconds))}::timestamptz), false)`

/** Whether that platform was away at any time from `since` to `until`, or is. */
export const isBlind = (
  row: string,
  since: RawBuilder<unknown>,
  until: RawBuilder<unknown>,
  now: Date,
): RawBuilder<boolean> => sql<boolean>`(
  ${isUnseen(row, until, now)} or exists (
    select from workspace w join outage o on ${isSeenThrough('o', row)}
    where w.id = ${sql.ref(`${row}.workspace_id`)} and o.started_at < ${until} and coalesce(o.ended_at, 'infinity') > ${since}))`
