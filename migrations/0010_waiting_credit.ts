import { type Kysely, sql } from 'kysely'

const changes: readonly string[] = [
  `alter table solo_session
    add column credited_at timestamptz check (credited_at >= ended_at),
    add column is_reported boolean not null default false,
    add column result text check (result in ('done', 'partly', 'no'))`,
  "update solo_session set credited_at = ended_at where state = 'ended'",
  `update solo_session o set is_reported = h.source = 'self-reported', result = h.result
    from session_history h where h.solo_id = o.id and (h.source = 'self-reported' or h.result is not null)`,
  "create index ix_solo_owed on solo_session (user_id) where state = 'ended' and credited_at is null",
  "alter table pulse add column process text not null default '' check (length(process) <= 36)",
  'alter table pulse drop constraint pulse_pkey, add primary key (platform, shard, shard_count, process)',
]

const back: readonly string[] = [
  // One connection stands for all processes again: it was seen when the last of them was.
  `insert into pulse (platform, shard, shard_count, process, seen_at)
    select platform, shard, shard_count, '', max(seen_at) from pulse where process <> '' group by platform, shard, shard_count
    on conflict (platform, shard, shard_count, process) do update set seen_at = greatest(pulse.seen_at, excluded.seen_at)`,
  "delete from pulse where process <> ''",
  'alter table pulse drop constraint pulse_pkey, add primary key (platform, shard, shard_count)',
  'alter table pulse drop column process',
  'alter table solo_session drop column credited_at, drop column is_reported, drop column result',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of changes) await sql.raw(statement).execute(db)
  for (const [column, text] of Object.entries(comments)) {
    await sql.raw(`comment on column ${column} is '${text.replaceAll("'", "''")}'`).execute(db)
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of back) await sql.raw(statement).execute(db)
}

const comments: Readonly<Record<string, string>> = {
  'solo_session.credited_at': 'What it earned is written; null while something else of the person has to be known first',
  'solo_session.is_reported': 'When it ended is what the person said afterwards',
  'solo_session.result': 'How it went, as the person said',
  'pulse.process': 'Which process, where several see people at once; empty where there is one connection',
}
