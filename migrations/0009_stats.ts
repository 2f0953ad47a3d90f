import { type Kysely, sql } from 'kysely'

const changes: readonly string[] = [
  `alter table user_settings
    add column weekly_note boolean not null default false,
    add column weekly_note_at timestamptz,
    add column weekly_note_week date,
    add constraint user_settings_weekly_note check (weekly_note = (weekly_note_at is not null))`,
  'create index ix_user_settings_weekly_note on user_settings (weekly_note_at) where weekly_note_at is not null',
]

const back: readonly string[] = [
  'alter table user_settings drop constraint user_settings_weekly_note, drop column weekly_note, drop column weekly_note_at, drop column weekly_note_week',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of changes) await sql.raw(statement).execute(db)
  for (const [column, text] of Object.entries(comments)) {
    await sql.raw(`comment on column user_settings.${column} is '${text.replaceAll("'", "''")}'`).execute(db)
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of back) await sql.raw(statement).execute(db)
}

const comments: Readonly<Record<string, string>> = {
  weekly_note: 'Wants a note on Mondays about the week before',
  weekly_note_at: 'When the next one is due; null where none is wanted',
  weekly_note_week: 'Monday of the last week that was told, or had begun before notes were wanted',
}
