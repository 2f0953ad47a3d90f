import { type Kysely, sql } from 'kysely'

const changes: readonly string[] = [
  `alter table workspace
    add column announcement_channel text check (length(announcement_channel) <= 64),
    add column room_creators text not null default 'everyone' check (room_creators in ('everyone', 'roles', 'moderators')),
    add column creator_roles text[] not null default '{}' check (cardinality(creator_roles) <= 25),
    add column room_channels text[] not null default '{}' check (cardinality(room_channels) <= 25),
    add column default_work_minutes integer not null default 25 check (default_work_minutes between 1 and 180),
    add column default_break_minutes integer not null default 5 check (default_break_minutes between 1 and 60),
    add column default_control text not null default 'host' check (default_control in ('host', 'anyone', 'vote')),
    add column others_stats boolean not null default true,
    add column trial_until timestamptz,
    add column set_up_by uuid references "user" on delete set null,
    add column set_up_at timestamptz`,
  "update workspace set others_stats = false where platform = 'slack'",
  'create index ix_workspace_trial on workspace (trial_until) where trial_until is not null',
  'create index ix_workspace_set_up_by on workspace (set_up_by) where set_up_by is not null',
]

const tables: Readonly<Record<string, string>> = {
  standing_fault: `
    create table standing_fault (
      id uuid primary key default uuidv7(),
      workspace_id uuid not null references workspace on delete cascade,
      kind text not null check (kind in ('permission', 'gone', 'absent', 'archived')),
      deed text not null check (deed in ('panel', 'line')),
      channel text not null check (length(channel) <= 64),
      since timestamptz not null,
      seen_at timestamptz not null check (seen_at >= since),
      told_at timestamptz,
      resolved_at timestamptz check (resolved_at >= since)
    );
    create unique index ix_standing_fault_open on standing_fault (workspace_id, channel, deed) where resolved_at is null;
    create index ix_standing_fault_untold on standing_fault (since) where told_at is null and resolved_at is null;
    create index ix_standing_fault_workspace on standing_fault (workspace_id, since)`,
  help_request: `
    create table help_request (
      workspace_id uuid not null references workspace on delete cascade,
      channel text not null check (length(channel) <= 64),
      asked_by uuid references "user" on delete set null,
      asked_at timestamptz not null,
      primary key (workspace_id, channel)
    );
    create index ix_help_request_asked_by on help_request (asked_by) where asked_by is not null`,
  import_draft: `
    create table import_draft (
      user_id uuid primary key references "user" on delete cascade,
      workspace_id uuid not null references workspace on delete cascade,
      format text not null check (format in ('lionbot', 'csv', 'hours')),
      content bytea not null check (length(content) <= 5242880),
      created_at timestamptz not null
    );
    create index ix_import_draft_workspace on import_draft (workspace_id);
    create index ix_import_draft_created_at on import_draft (created_at)`,
  imported_hours: `
    create table imported_hours (
      workspace_id uuid not null references workspace on delete cascade,
      external_id text not null check (length(external_id) <= 64),
      seconds integer not null check (seconds > 0),
      imported_by uuid references "user" on delete set null,
      created_at timestamptz not null,
      import_id uuid unique references history_import on delete set null,
      refused_at timestamptz,
      primary key (workspace_id, external_id)
    );
    create index ix_imported_hours_waiting on imported_hours (external_id) where import_id is null and refused_at is null;
    create index ix_imported_hours_imported_by on imported_hours (imported_by) where imported_by is not null`,
}

const back: readonly string[] = [
  `alter table workspace drop column announcement_channel, drop column room_creators, drop column creator_roles, drop column room_channels,
    drop column default_work_minutes, drop column default_break_minutes, drop column default_control, drop column others_stats,
    drop column trial_until, drop column set_up_by, drop column set_up_at`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  const definitions = Object.values(tables).flatMap((definition) => definition.split(';'))
  for (const statement of [...changes, ...definitions]) await sql.raw(statement).execute(db)
  for (const [table, [about, columns]] of Object.entries(comments)) {
    if (about !== null) await sql.raw(`comment on table "${table}" is '${about.replaceAll("'", "''")}'`).execute(db)
    for (const [column, text] of Object.entries(columns)) {
      await sql.raw(`comment on column "${table}"."${column}" is '${text.replaceAll("'", "''")}'`).execute(db)
    }
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of Object.keys(tables).reverse()) await sql.raw(`drop table "${table}"`).execute(db)
  for (const statement of back) await sql.raw(statement).execute(db)
}

/** Null: the table has its comment already, and only columns are new. */
const comments: Readonly<Record<string, readonly [string | null, Readonly<Record<string, string>>]>> = {
  workspace: [
    null,
    {
      announcement_channel: 'Where news of the whole workspace is said; null: nowhere',
      room_creators: 'Who may open rooms: everyone, those with one of creator_roles, or moderators; moderators always may',
      creator_roles: 'Discord roles that may open rooms',
      room_channels: 'Channels in which rooms may be opened; empty: everywhere',
      default_work_minutes: 'Focus length of a new room',
      default_break_minutes: 'Break length of a new room',
      default_control: 'Who works the timer of a new room',
      others_stats: 'Whether members may see statistics of each other',
      trial_until: 'Until then time is recorded and nothing is said unasked; null: no trial',
      set_up_by: 'Who changed these settings last: told of standing faults',
      set_up_at: 'When; null: never set up',
    },
  ],
  standing_fault: [
    'Why a channel can not be written to: opened when a send fails for good, closed when one works again',
    {
      id: 'Key',
      workspace_id: 'Where',
      kind: 'A permission is missing, the channel is gone, the app is not in it, or it is archived',
      deed: 'What could not be sent: a panel or a line; the next one of its kind that works resolves it',
      channel: 'The channel, as the platform calls it',
      since: 'First failed send',
      seen_at: 'Latest failed send',
      told_at: 'Whoever ran setup was told; null: not yet',
      resolved_at: 'A send worked again, or nothing lives there any more; null: it stands',
    },
  ],
  help_request: [
    'When somebody last asked the moderators why the bot is silent in a channel: they are told once an hour at most',
    { workspace_id: 'Where', channel: 'The channel', asked_by: 'Who asked', asked_at: 'When' },
  ],
  import_draft: [
    'A file that was uploaded and previewed, until it is imported or an hour has passed',
    {
      user_id: 'Whose upload: one at a time',
      workspace_id: 'Where they were signed in',
      format: 'What it is',
      content: 'The file',
      created_at: 'When',
    },
  ],
  imported_hours: [
    'Hours of another bot by chat account, brought by the owner of a server, attached to each person at first use',
    {
      workspace_id: 'The server',
      external_id: 'The account',
      seconds: 'How much',
      imported_by: 'Who brought it',
      created_at: 'When',
      import_id: 'The import of the person it was attached to; null: not met yet',
      refused_at: 'The person took it out again, and it is not attached any more',
    },
  ],
}
