import { type Kysely, sql } from 'kysely'

const table = `
  create table slack_person_token (
    identity_id uuid primary key references identity on delete cascade,
    sealed bytea not null,
    connected_at timestamptz not null,
    revoked_at timestamptz,
    status_text text check (length(status_text) between 1 and 100),
    status_emoji text check (length(status_emoji) <= 100),
    status_until timestamptz,
    snoozed_until timestamptz,
    check ((status_text is null) = (status_until is null))
  )`

const changes: readonly string[] = [
  'alter table identity add column huddle_since timestamptz, add column huddle_told_at timestamptz',
  'create index ix_identity_huddle on identity (user_id) where huddle_since is not null',
  "create index ix_presence_page on presence_interval (room_id) where evidence = 'web' and ended_at is null",
  `alter table user_settings add column slack_status boolean not null default false,
    add column slack_snooze boolean not null default false`,
]

const back: readonly string[] = [
  'alter table user_settings drop column slack_status, drop column slack_snooze',
  'alter table identity drop column huddle_since, drop column huddle_told_at',
  'drop index ix_presence_page',
  'drop table slack_person_token',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [table, ...changes]) await sql.raw(statement).execute(db)
  for (const [what, text] of Object.entries(comments)) {
    await sql.raw(`comment on ${what} is '${text.replaceAll("'", "''")}'`).execute(db)
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of back) await sql.raw(statement).execute(db)
}

const comments: Readonly<Record<string, string>> = {
  'column identity.huddle_since': 'In a Slack huddle since; null: in none that we know of',
  'column identity.huddle_told_at': 'When Slack said so, by its own clock: an older word that comes late changes nothing',
  'column user_settings.slack_status': 'Shows a status in Slack during focus',
  'column user_settings.slack_snooze': 'Pauses Slack notifications during focus',
  'table slack_person_token': 'The right that a person gave to set their own Slack status, and what was set with it',
  'column slack_person_token.identity_id': 'Whose Slack account',
  'column slack_person_token.sealed': 'The token, encrypted',
  'column slack_person_token.connected_at': 'When it was given',
  'column slack_person_token.revoked_at': 'Taken back, by the person or by Slack',
  'column slack_person_token.status_text': 'The status we set and have not cleared; null for none',
  'column slack_person_token.status_emoji': 'Its emoji',
  'column slack_person_token.status_until': 'When Slack takes it away by itself',
  'column slack_person_token.snoozed_until': 'Until when we paused notifications; null where we did not',
}
