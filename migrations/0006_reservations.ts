import { type Kysely, sql } from 'kysely'

const tables: Readonly<Record<string, string>> = {
  room_reservations: `
    create table room_reservations (
      id uuid primary key default uuidv7(),
      workspace_id uuid not null references workspace on delete cascade,
      host_id uuid references "user" on delete set null,
      room_id uuid references room on delete set null,
      platform text not null check (platform in ('discord', 'slack', 'web')),
      channel text check (length(channel) <= 64),
      voice_channel text check (length(voice_channel) <= 64),
      name text not null check (length(name) between 1 and 100),
      note text check (length(note) between 1 and 200),
      work_duration_minutes integer not null check (work_duration_minutes between 1 and 180),
      break_duration_minutes integer not null check (break_duration_minutes between 1 and 60),
      remind_minutes integer not null check (remind_minutes between 0 and 60),
      starts_on date not null,
      starts_time time not null,
      timezone text not null check (length(timezone) <= 64),
      recurrence text not null check (recurrence in ('none', 'daily', 'weekdays', 'days', 'weekly', 'monthly')),
      weekdays integer[] not null default '{}' check (weekdays <@ array[1, 2, 3, 4, 5, 6, 7]),
      until_date date check (until_date >= starts_on),
      times integer check (times between 1 and 100),
      continues uuid references room_reservations on delete set null,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      cancelled_at timestamptz check (cancelled_at >= created_at),
      check ((recurrence = 'days') = (cardinality(weekdays) > 0)),
      check (recurrence <> 'none' or (until_date is null and times is null))
    );
    create index ix_room_reservations_host on room_reservations (host_id, created_at) where cancelled_at is null;
    create index ix_room_reservations_host_all on room_reservations (host_id);
    create index ix_room_reservations_workspace on room_reservations (workspace_id);
    create index ix_room_reservations_room on room_reservations (room_id) where room_id is not null;
    create index ix_room_reservations_continues on room_reservations (continues) where continues is not null`,
  reservation_occurrence: `
    create table reservation_occurrence (
      id uuid primary key default uuidv7(),
      reservation_id uuid not null references room_reservations on delete cascade,
      day date not null,
      starts_at timestamptz not null,
      state text not null default 'planned' check (state in ('planned', 'skipped', 'opened', 'cancelled', 'missed')),
      remind_at timestamptz,
      reminded_at timestamptz,
      room_id uuid references room on delete set null,
      opened_at timestamptz check (opened_at >= starts_at),
      late boolean not null default false,
      name text check (length(name) between 1 and 100),
      note text check (length(note) between 1 and 200),
      work_duration_minutes integer check (work_duration_minutes between 1 and 180),
      break_duration_minutes integer check (break_duration_minutes between 1 and 60),
      moved boolean not null default false,
      scheduled_event text check (length(scheduled_event) <= 64),
      unique (reservation_id, day),
      check ((state = 'opened') = (opened_at is not null))
    );
    create index ix_reservation_occurrence_due on reservation_occurrence (starts_at) where state = 'planned';
    create index ix_reservation_occurrence_remind on reservation_occurrence (remind_at) where remind_at is not null;
    create index ix_reservation_occurrence_room on reservation_occurrence (room_id) where room_id is not null`,
  reservation_member: `
    create table reservation_member (
      reservation_id uuid not null references room_reservations on delete cascade,
      user_id uuid not null references "user" on delete cascade,
      day date,
      coming boolean not null,
      invited_by uuid references "user" on delete set null,
      created_at timestamptz not null,
      unique nulls not distinct (reservation_id, user_id, day)
    );
    create index ix_reservation_member_user on reservation_member (user_id);
    create index ix_reservation_member_invited_by on reservation_member (invited_by) where invited_by is not null`,
  calendar_feed: `
    create table calendar_feed (
      user_id uuid primary key references "user" on delete cascade,
      secret_hash bytea not null unique check (length(secret_hash) = 32),
      created_at timestamptz not null
    )`,
}

const changes: readonly string[] = ['alter table workspace add column scheduled_events boolean not null default false']
const back: readonly string[] = ['alter table workspace drop column scheduled_events']

export async function up(db: Kysely<unknown>): Promise<void> {
  const definitions = Object.values(tables).flatMap((definition) => definition.split(';'))
  for (const statement of [...definitions, ...changes]) await sql.raw(statement).execute(db)
  for (const [table, [about, columns]] of Object.entries(comments)) {
    if (about !== null) await sql.raw(`comment on table "${table}" is '${about.replaceAll("'", "''")}'`).execute(db)
    for (const [column, text] of Object.entries(columns)) {
      await sql.raw(`comment on column "${table}"."${column}" is '${text.replaceAll("'", "''")}'`).execute(db)
    }
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of back) await sql.raw(statement).execute(db)
  for (const table of Object.keys(tables).reverse()) await sql.raw(`drop table "${table}"`).execute(db)
}

/** Null: the table has its comment already, and only columns are new. */
const comments: Readonly<Record<string, readonly [string | null, Readonly<Record<string, string>>]>> = {
  room_reservations: [
    'A planned session, once or again and again by the calendar of whoever made it',
    {
      id: 'Key',
      workspace_id: 'Where it was made, and whose members may join',
      host_id: 'Whoever made it; null: deleted user, and nothing opens any more',
      room_id: 'The room whose timer starts; null: a room is opened',
      platform: 'On which platform it is announced',
      channel: 'Channel in which it is announced and the room opens; null: none',
      voice_channel: 'Voice channel in which the room opens; null: none',
      name: 'What the room will be called',
      note: 'What else there is to know',
      work_duration_minutes: 'Minutes of focus',
      break_duration_minutes: 'Minutes of break',
      remind_minutes: 'How many minutes before those who come are reminded; 0: not at all',
      starts_on: 'First day, in its time zone',
      starts_time: 'Time of day, in its time zone',
      timezone: 'Time zone of whoever made it (IANA)',
      recurrence: 'Which days follow; the 31st falls on the last day of shorter months',
      weekdays: 'Chosen days, from 1 for Monday to 7 for Sunday',
      until_date: 'Last day; null: no end',
      times: 'How often in all; null: no end',
      continues: 'The series that this one continues since a change of all following dates',
      created_at: 'When it was made',
      updated_at: 'When it was changed',
      cancelled_at: 'When it was cancelled',
    },
  ],
  reservation_occurrence: [
    'One date of a reservation; the next few are written down ahead',
    {
      id: 'Key',
      reservation_id: 'Of which reservation',
      day: 'The day by which the series counts it, also where the time was moved',
      starts_at: 'When it begins',
      state: 'Planned, skipped by its host, opened, cancelled with its series, or missed while we were away too long',
      remind_at: 'When those who come are to be reminded; null: never, or done',
      reminded_at: 'When they were reminded',
      room_id: 'The room that opened',
      opened_at: 'When the room opened',
      late: 'It opened late, because we were away',
      name: 'Own name of this date',
      note: 'Own note of this date',
      work_duration_minutes: 'Own minutes of focus of this date',
      break_duration_minutes: 'Own minutes of break of this date',
      moved: 'This date has a time of its own, which a change of the series leaves alone',
      scheduled_event: 'Its scheduled event on Discord',
    },
  ],
  reservation_member: [
    'Who comes to a reservation besides its host: only they are called',
    {
      reservation_id: 'To which reservation',
      user_id: 'Who',
      day: 'On this date alone; null: on every date that has no row of its own',
      coming: 'Whether they come; false: invited without an answer yet, or not coming',
      invited_by: 'Who invited them',
      created_at: 'When',
    },
  ],
  calendar_feed: [
    'The secret address of a person’s calendar',
    { user_id: 'Whose reservations it shows', secret_hash: 'SHA-256 of the secret', created_at: 'When it was made' },
  ],
  workspace: [null, { scheduled_events: 'Reservations also stand in the server’s own list of events' }],
}
