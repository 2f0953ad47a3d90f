import { type Kysely, sql } from 'kysely'

const tables: Readonly<Record<string, string>> = {
  user_calendar: `
    create table user_calendar (
      user_id uuid not null references "user" on delete cascade,
      effective_from timestamptz not null,
      timezone text not null check (length(timezone) <= 64),
      day_start time not null check (extract(epoch from day_start)::int % 900 = 0),
      primary key (user_id, effective_from)
    )`,
  todo: `
    create table todo (
      id uuid primary key default uuidv7(),
      user_id uuid not null references "user" on delete cascade,
      text text not null check (length(text) between 1 and 200),
      subject text check (length(subject) between 1 and 40),
      created_at timestamptz not null,
      done_at timestamptz check (done_at >= created_at)
    );
    create index ix_todo_user on todo (user_id, created_at) where done_at is null;
    create index ix_todo_person on todo (user_id)`,
  solo_session: `
    create table solo_session (
      id uuid primary key default uuidv7(),
      user_id uuid not null references "user" on delete cascade,
      workspace_id uuid references workspace on delete set null,
      kind text not null check (kind in ('self-run', 'voice', 'afk')),
      channel text check (length(channel) <= 64),
      channel_name text check (length(channel_name) <= 100),
      aim text check (length(aim) between 1 and 200),
      todo_id uuid references todo on delete set null,
      subject text check (length(subject) between 1 and 40),
      planned_minutes integer check (planned_minutes between 1 and 240),
      state text not null default 'running' check (state in ('running', 'asking', 'ended', 'lapsed')),
      ends_at timestamptz,
      started_at timestamptz not null,
      ended_at timestamptz check (ended_at >= started_at),
      check ((state in ('ended', 'lapsed')) = (ended_at is not null))
    );
    create unique index ix_solo_one_running on solo_session (user_id) where kind = 'self-run' and state in ('running', 'asking');
    create index ix_solo_due on solo_session (ends_at) where state in ('running', 'asking') and ends_at is not null;
    create index ix_solo_user on solo_session (user_id, started_at desc);
    create index ix_solo_workspace on solo_session (workspace_id) where workspace_id is not null;
    create index ix_solo_todo on solo_session (todo_id) where todo_id is not null`,
  outage: `
    create table outage (
      id uuid primary key default uuidv7(),
      platform text not null check (platform in ('discord', 'slack', 'web')),
      shard integer not null default 0 check (shard >= 0),
      shard_count integer not null default 1 check (shard_count > shard),
      started_at timestamptz not null,
      ended_at timestamptz check (ended_at > started_at),
      unique (platform, shard, shard_count, started_at)
    );
    create unique index ix_outage_one_open on outage (platform, shard, shard_count) where ended_at is null;
    create index ix_outage_time on outage (platform, ended_at)`,
  pulse: `
    create table pulse (
      platform text not null check (platform in ('discord', 'slack', 'web')),
      shard integer not null default 0 check (shard >= 0),
      shard_count integer not null default 1 check (shard_count > shard),
      seen_at timestamptz not null,
      primary key (platform, shard, shard_count)
    )`,
  outage_gap: `
    create table outage_gap (
      id uuid primary key default uuidv7(),
      outage_id uuid not null references outage on delete cascade,
      user_id uuid not null references "user" on delete cascade,
      room_id uuid not null references room on delete cascade,
      missed tstzrange not null,
      answered_by uuid references "user" on delete set null,
      answered_at timestamptz,
      unique (outage_id, user_id)
    );
    create index ix_outage_gap_user on outage_gap (user_id);
    create index ix_outage_gap_room on outage_gap (room_id);
    create index ix_outage_gap_answered_by on outage_gap (answered_by) where answered_by is not null`,
  manual_sessions: `
    create table manual_sessions (
      id uuid primary key default uuidv7(),
      user_id uuid not null references "user" on delete cascade,
      session_type text not null check (session_type in ('work', 'break')),
      minutes integer not null check (minutes between 1 and 480),
      note text check (length(note) between 1 and 200),
      started_at timestamptz not null,
      ended_at timestamptz not null check (ended_at > started_at),
      created_at timestamptz not null,
      updated_at timestamptz not null
    );
    create index ix_manual_sessions_user on manual_sessions (user_id, started_at desc)`,
  history_import: `
    create table history_import (
      id uuid primary key default uuidv7(),
      user_id uuid not null references "user" on delete cascade,
      workspace_id uuid references workspace on delete cascade,
      imported_by uuid references "user" on delete set null,
      format text not null check (format in ('lionbot', 'csv', 'hours')),
      created_at timestamptz not null
    );
    create index ix_history_import_user on history_import (user_id);
    create index ix_history_import_workspace on history_import (workspace_id) where workspace_id is not null;
    create index ix_history_import_imported_by on history_import (imported_by) where imported_by is not null`,
  session_correction: `
    create table session_correction (
      id uuid primary key default uuidv7(),
      session_id uuid not null references session_history on delete cascade,
      corrected_by uuid references "user" on delete set null,
      workspace_id uuid references workspace on delete set null,
      reason text check (length(reason) between 1 and 500),
      earned_before tstzmultirange not null,
      earned_after tstzmultirange not null,
      created_at timestamptz not null,
      undone_at timestamptz check (undone_at >= created_at)
    );
    create index ix_session_correction_session on session_correction (session_id, created_at);
    create index ix_session_correction_by on session_correction (corrected_by) where corrected_by is not null;
    create index ix_session_correction_workspace on session_correction (workspace_id, created_at desc)`,
  user_day: `
    create table user_day (
      user_id uuid not null references "user" on delete cascade,
      day date not null,
      room_seconds integer not null default 0 check (room_seconds >= 0),
      voice_seconds integer not null default 0 check (voice_seconds >= 0),
      solo_seconds integer not null default 0 check (solo_seconds >= 0),
      reported_seconds integer not null default 0 check (reported_seconds >= 0),
      imported_seconds integer not null default 0 check (imported_seconds >= 0),
      focus_seconds integer not null generated always as (room_seconds + voice_seconds + solo_seconds + reported_seconds) stored,
      sessions integer not null default 0 check (sessions >= 0),
      hours integer[] not null check (cardinality(hours) = 24),
      primary key (user_id, day)
    )`,
  user_topic_day: `
    create table user_topic_day (
      user_id uuid not null references "user" on delete cascade,
      day date not null,
      kind text not null check (kind in ('room', 'subject', 'aim')),
      topic text not null check (length(topic) between 1 and 200),
      seconds integer not null check (seconds >= 0),
      sessions integer not null check (sessions >= 0),
      primary key (user_id, day, kind, topic)
    )`,
  workspace_day: `
    create table workspace_day (
      workspace_id uuid not null references workspace on delete cascade,
      day date not null,
      seconds bigint not null check (seconds >= 0),
      sessions integer not null check (sessions >= 0),
      primary key (workspace_id, day)
    )`,
}

const changes: readonly string[] = [
  // A zone that PostgreSQL does not know would fail at every credit.
  `with zone as materialized (select name from pg_timezone_names)
    insert into user_calendar (user_id, effective_from, timezone, day_start)
    select s.user_id, '-infinity', coalesce((select name from zone where name = s.timezone), (select i.timezone from identity i
        where i.user_id = s.user_id and i.timezone in (select name from zone) order by i.created_at limit 1), 'UTC'),
      make_time(extract(hour from s.day_start)::int, extract(minute from s.day_start)::int / 15 * 15, 0)
    from user_settings s`,
  "alter table workspace add column timezone text not null default 'UTC' check (length(timezone) <= 64)",
  'alter table participant add column aim text check (length(aim) between 1 and 200)',
  'alter table participant add column subject text check (length(subject) between 1 and 40)',
  'alter table participant add column todo_id uuid references todo on delete set null',
  'create index ix_participant_todo on participant (todo_id) where todo_id is not null',
  `alter table presence_interval
    alter column room_id drop not null,
    add column solo_id uuid unique references solo_session on delete cascade,
    add column workspace_id uuid references workspace on delete set null,
    add column channel text check (length(channel) <= 64),
    add column away_since timestamptz,
    add column last_sign_at timestamptz,
    add column silent_breaks integer not null default 0 check (silent_breaks between 0 and 2),
    add column outage_id uuid references outage on delete set null,
    add constraint presence_somewhere check (num_nonnulls(room_id, solo_id) = 1),
    add constraint presence_signed check ((evidence = 'check-in') = (last_sign_at is not null))`,
  'drop index ix_presence_one_open',
  'create unique index ix_presence_one_open on presence_interval (user_id, room_id) where ended_at is null and room_id is not null',
  'create index ix_presence_workspace on presence_interval (workspace_id) where workspace_id is not null',
  'create index ix_presence_away on presence_interval (away_since) where away_since is not null and ended_at is null',
  'create index ix_presence_open on presence_interval (user_id) where ended_at is null',
  'create index ix_presence_sign on presence_interval (room_id, last_sign_at) where ended_at is null and last_sign_at is not null',
  'create index ix_presence_solo on presence_interval (user_id, started_at) where solo_id is not null',
  'create index ix_presence_silent on presence_interval (room_id) where silent_breaks = 2 and ended_at is null',
  'create index ix_presence_outage on presence_interval (outage_id) where outage_id is not null',
  'alter table timer add column outage_minutes integer check (outage_minutes > 0)',
  'alter table phase add column credited_at timestamptz check (credited_at >= ended_at)',
  'update phase set credited_at = ended_at where ended_at is not null',
  "create index ix_phase_owed on phase (room_id, ended_at) where type = 'work' and ended_at is not null and credited_at is null",
  `alter table session_history
    drop constraint session_history_seconds_check,
    drop constraint session_history_check,
    add constraint session_history_seconds_check check (seconds >= 0),
    add constraint session_history_check check (completed_at >= started_at),
    add column earned tstzmultirange,
    add column solo_id uuid unique references solo_session on delete cascade,
    add column manual_id uuid unique references manual_sessions on delete cascade,
    add column import_id uuid references history_import on delete cascade,
    add column gap_id uuid references outage_gap on delete set null,
    add column presence_id uuid references presence_interval on delete set null,
    add column workspace_id uuid references workspace on delete set null,
    add column aim text check (length(aim) between 1 and 200),
    add column subject text check (length(subject) between 1 and 40),
    add column result text check (result in ('done', 'partly', 'no'))`,
  // Where the running stretches are still known they are written down; a session without its phase stands as one stretch.
  `update session_history h set earned = coalesce(
      (select range_agg(tstzrange(greatest(i.started_at, s.started_at), least(i.ended_at, s.ended_at)))
        from phase_span s join presence_interval i on i.room_id = h.room_id and i.user_id = h.user_id
          and i.started_at < s.ended_at and coalesce(i.ended_at, 'infinity') > s.started_at
        where s.phase_id = h.phase_id and s.ended_at is not null),
      tstzmultirange(tstzrange(h.started_at, h.completed_at))),
    workspace_id = (select r.workspace_id from room r where r.id = h.room_id)`,
  'alter table session_history alter column earned set not null',
  'create unique index ix_session_history_gap_user on session_history (gap_id, user_id) where gap_id is not null',
  'create unique index ix_session_history_presence on session_history (presence_id) where presence_id is not null',
  'create index ix_session_history_import on session_history (import_id) where import_id is not null',
  'create index ix_session_history_workspace on session_history (workspace_id, completed_at) where workspace_id is not null',
]

const back: readonly string[] = [
  "delete from session_history where source <> 'room' or seconds = 0",
  `alter table session_history drop column earned, drop column solo_id, drop column manual_id, drop column import_id, drop column gap_id,
    drop column presence_id, drop column workspace_id, drop column aim, drop column subject, drop column result,
    drop constraint session_history_seconds_check, add constraint session_history_seconds_check check (seconds > 0),
    drop constraint session_history_check, add constraint session_history_check check (completed_at > started_at)`,
  'alter table timer drop column outage_minutes',
  'alter table phase drop column credited_at',
  'delete from presence_interval where room_id is null',
  'drop index ix_presence_one_open',
  'alter table presence_interval drop constraint presence_somewhere, drop constraint presence_signed',
  `alter table presence_interval drop column solo_id, drop column workspace_id, drop column channel, drop column away_since, drop column last_sign_at,
    drop column silent_breaks, drop column outage_id, alter column room_id set not null`,
  'create unique index ix_presence_one_open on presence_interval (user_id, room_id, evidence) where ended_at is null',
  'alter table participant drop column aim, drop column subject, drop column todo_id',
  'alter table workspace drop column timezone',
]

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
  user_calendar: [
    'In which zone, and from which hour, a person counts their days: each row from its moment to the next',
    {
      user_id: 'Whose',
      effective_from: 'From when; -infinity for the first; always the beginning of an own day',
      timezone: 'IANA name',
      day_start: 'When the own day begins, on a quarter of an hour',
    },
  ],
  todo: [
    'What a person means to do',
    {
      id: 'Key',
      user_id: 'Whose',
      text: 'The line, without its subject',
      subject: 'The #subject typed in it',
      created_at: 'When',
      done_at: 'Ticked; null while open',
    },
  ],
  solo_session: [
    'Focus without a room: started by oneself, or sitting in a voice channel that has no room',
    {
      id: 'Key',
      user_id: 'Who',
      workspace_id: 'Where it was started',
      kind: 'Started by oneself, a voice channel, or the AFK channel, which never counts',
      channel: 'Voice channel',
      channel_name: 'Its name at that time',
      aim: 'What the person means to do',
      todo_id: 'The to-do line it completes',
      subject: 'Its subject',
      planned_minutes: 'Ends by itself after so long; null: until it is stopped',
      state: 'running; asking when it was stopped; ended; lapsed: the question was never answered, and nothing counts',
      ends_at: 'When the next step is due by itself: the end, the question, or its lapse',
      started_at: 'Begin',
      ended_at: 'End',
    },
  ],
  outage: [
    'When a platform could not be seen',
    {
      id: 'Key',
      platform: 'Which',
      shard: 'Discord shard',
      shard_count: 'Of how many',
      started_at: 'Last seen',
      ended_at: 'Looked at again; null while it lasts',
    },
  ],
  pulse: [
    'When each connection to a platform was last seen alive',
    { platform: 'Which', shard: 'Discord shard', shard_count: 'Of how many', seen_at: 'Last sign of life' },
  ],
  outage_gap: [
    'Time of one person in a room that an outage hid: seen before and after, asked once',
    {
      id: 'Key',
      outage_id: 'The outage',
      user_id: 'Who',
      room_id: 'Where',
      missed: 'From when last seen to when seen again',
      answered_by: 'The person, or the moderator who credited it',
      answered_at: 'When; null while open',
    },
  ],
  manual_sessions: [
    'Time studied elsewhere, as the person says',
    {
      id: 'Key',
      user_id: 'Who',
      session_type: 'Focus or break',
      minutes: 'Length',
      note: 'Where or what',
      started_at: 'Begin',
      ended_at: 'End',
      created_at: 'Written',
      updated_at: 'Last change',
    },
  ],
  history_import: [
    'History of one person brought from another bot',
    {
      id: 'Key',
      user_id: 'Whose history',
      workspace_id: 'The server whose owner brought it; null where the person did',
      imported_by: 'Who brought it',
      format: 'What was read',
      created_at: 'When',
    },
  ],
  session_correction: [
    'A change of a session by its person or by a moderator; no rebuild removes it',
    {
      id: 'Key',
      session_id: 'The session',
      corrected_by: 'Who',
      workspace_id: 'Where a moderator acted; null for the person',
      reason: 'Why, as the person is told',
      earned_before: 'The stretches before',
      earned_after: 'The stretches after',
      created_at: 'When',
      undone_at: 'Taken back',
    },
  ],
  user_day: [
    'What a person focused on one own day, from session_history',
    {
      user_id: 'Who',
      day: 'Own day: it begins at day_start in the own zone',
      room_seconds: 'In rooms',
      voice_seconds: 'In voice channels without a room',
      solo_seconds: 'By oneself',
      reported_seconds: 'As the person says',
      imported_seconds: 'From another bot: in totals and the heat map only',
      focus_seconds: 'Counted: all but what was imported',
      sessions: 'Counted sessions that ended on this day',
      hours: 'Seconds by hour of the local clock, 0 to 23',
    },
  ],
  user_topic_day: [
    'What the time of a day went into, from session_history',
    {
      user_id: 'Who',
      day: 'Own day',
      kind: 'What the topic is',
      topic: 'Room name, subject or aim',
      seconds: 'Counted',
      sessions: 'That ended on this day',
    },
  ],
  workspace_day: [
    'What a workspace focused on one day of its zone (from 04:00), from session_history',
    { workspace_id: 'Where', day: 'The day', seconds: 'Counted', sessions: 'That ended on this day' },
  ],
  workspace: [null, { timezone: 'IANA name: days and weeks of the workspace' }],
  participant: [null, { aim: 'What the person means to do here', subject: 'Its subject', todo_id: 'The to-do line it completes' }],
  presence_interval: [
    null,
    {
      solo_id: 'The solo session, where there is no room',
      workspace_id: 'Where the person was seen: its platform can be blind',
      channel: 'Voice channel',
      away_since: 'Left a moment ago: back within 60 s it never happened',
      last_sign_at: 'Last press of one who checks in: the presence is proven up to here',
      silent_breaks: 'Breaks without a sign; two end the presence at the last sign',
      outage_id: 'The outage that ended it',
    },
  ],
  timer: [null, { outage_minutes: 'How long the platform was away just now: the panel says it until the next phase' }],
  phase: [null, { credited_at: 'Everybody has their credit; null while somebody must be waited for' }],
  session_history: [
    null,
    {
      earned: 'The stretches that count',
      solo_id: 'Of which solo session',
      manual_id: 'Of which manual session',
      import_id: 'Of which import',
      gap_id: 'Of which gap of an outage',
      presence_id: 'Of which silent presence the person said to have been there after all',
      workspace_id: 'Whose totals it counts for; null where the person is seen by nobody else',
      aim: 'What the person meant to do',
      subject: 'Its subject',
      result: 'How it went',
    },
  ],
}
