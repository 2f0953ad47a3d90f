import { type Kysely, sql } from 'kysely'

const tables: Readonly<Record<string, string>> = {
  chime_log: `
    create table chime_log (
      workspace_id uuid not null references workspace on delete cascade,
      voice_channel text not null check (length(voice_channel) <= 64),
      room_id uuid references room on delete set null,
      played_at timestamptz,
      failure text check (failure in ('gone', 'permission', 'stage', 'full', 'muted', 'busy', 'unreachable')),
      failed_at timestamptz,
      primary key (workspace_id, voice_channel),
      check ((failure is null) = (failed_at is null)),
      check (played_at is not null or failed_at is not null)
    );
    create index ix_chime_log_room on chime_log (room_id) where room_id is not null`,
}

export async function up(db: Kysely<unknown>): Promise<void> {
  const definitions = Object.values(tables).flatMap((definition) => definition.split(';'))
  for (const statement of definitions) await sql.raw(statement).execute(db)
  for (const [table, [about, columns]] of Object.entries(comments)) {
    await sql.raw(`comment on table "${table}" is '${about.replaceAll("'", "''")}'`).execute(db)
    for (const [column, text] of Object.entries(columns)) {
      await sql.raw(`comment on column "${table}"."${column}" is '${text.replaceAll("'", "''")}'`).execute(db)
    }
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of Object.keys(tables).reverse()) await sql.raw(`drop table "${table}"`).execute(db)
}

const comments: Readonly<Record<string, readonly [string, Readonly<Record<string, string>>]>> = {
  chime_log: [
    'The last chime of each voice channel and the last one that could not be played, for whoever asks why it is silent',
    {
      workspace_id: 'Where',
      voice_channel: 'Which one, as the platform calls it',
      room_id: 'Whose phase it was, at the later of the two',
      played_at: 'The last one that was played to its end; null: none yet',
      failure:
        'Why the last one that failed did: the channel is gone, Connect or Speak is missing, it is a stage, it is full, we are muted there, too many channels wanted one at once, the voice server did not answer',
      failed_at: 'When; null: none failed',
    },
  ],
}
