import { type Kysely, sql } from 'kysely'

const changes: readonly string[] = [
  // What was uploaded is a file, which is nothing to take in; it is kept for an hour at most.
  'delete from import_draft',
  `alter table import_draft drop constraint import_draft_content_check,
    add constraint import_draft_content_check check (length(content) <= 33554432)`,
  `comment on column import_draft.content is 'What was read from the file, as JSON in UTF-8: a summary and its rows'`,
  'alter table "user" alter column total_focus_time type bigint',
  `alter table imported_hours drop constraint imported_hours_seconds_check, add constraint imported_hours_seconds_check check (seconds >= 0),
    add column changed_at timestamptz`,
  'create index ix_imported_hours_changed_at on imported_hours (changed_at) where changed_at is not null',
  `comment on column imported_hours.seconds is 'How much; 0: not in the newest file, and taken from the person soon'`,
  `comment on column imported_hours.changed_at is 'What the person has is to follow from this row since then; null: it does, or the person is not met yet'`,
]

const back: readonly string[] = [
  'delete from imported_hours where seconds = 0',
  `alter table imported_hours drop column changed_at, drop constraint imported_hours_seconds_check,
    add constraint imported_hours_seconds_check check (seconds > 0)`,
  `comment on column imported_hours.seconds is 'How much'`,
  'alter table "user" alter column total_focus_time type integer using least(total_focus_time, 2147483647)',
  'delete from import_draft',
  `alter table import_draft drop constraint import_draft_content_check,
    add constraint import_draft_content_check check (length(content) <= 5242880)`,
  `comment on column import_draft.content is 'The file'`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of changes) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of back) await sql.raw(statement).execute(db)
}
