import { type Kysely, sql } from 'kysely'

/** Statements in order; down drops the tables in the reverse order. Times come from the application, never from the database. */
const tables: Readonly<Record<string, string>> = {
  user: `
    create table "user" (
      id uuid primary key default uuidv7(),
      email text unique check (length(email) <= 255),
      username text not null check (length(username) between 2 and 50),
      display_name text not null check (length(display_name) between 1 and 80),
      hashed_password text check (length(hashed_password) <= 255),
      bio text check (length(bio) <= 500),
      total_focus_time integer not null default 0 check (total_focus_time >= 0),
      total_sessions integer not null default 0 check (total_sessions >= 0),
      is_active boolean not null default true,
      is_verified boolean not null default false,
      is_admin boolean not null default false,
      created_at timestamptz not null,
      updated_at timestamptz not null
    );
    create unique index ix_user_username on "user" (lower(username) text_pattern_ops);
    create index ix_user_display_name on "user" (lower(display_name))`,
  user_settings: `
    create table user_settings (
      user_id uuid primary key references "user" on delete cascade,
      timezone text check (length(timezone) <= 64),
      locale text check (locale in ('en', 'ko')),
      theme text not null default 'system' check (theme in ('system', 'light', 'dark')),
      day_start time not null default '04:00',
      ping text not null default 'never' check (ping in ('never', 'break', 'focus', 'both')),
      visibility text not null default 'everyone' check (visibility in ('everyone', 'friends', 'me')),
      rank_visibility text not null default 'shown' check (rank_visibility in ('shown', 'hidden')),
      voice_time text not null default 'everywhere' check (voice_time in ('everywhere', 'rooms', 'never')),
      updated_at timestamptz not null
    )`,
  workspace: `
    create table workspace (
      id uuid primary key default uuidv7(),
      platform text not null check (platform in ('discord', 'slack', 'web')),
      external_id text not null check (length(external_id) <= 64),
      name text not null check (length(name) between 1 and 200),
      locale text check (locale in ('en', 'ko')),
      rooms_per_host integer not null default 1 check (rooms_per_host between 1 and 100),
      installed_at timestamptz not null,
      uninstalled_at timestamptz,
      unique (platform, external_id)
    )`,
  identity: `
    create table identity (
      id uuid primary key default uuidv7(),
      user_id uuid not null references "user" on delete cascade,
      platform text not null check (platform in ('discord', 'slack')),
      external_id text not null check (length(external_id) <= 64),
      display_name text not null check (length(display_name) between 1 and 80),
      locale text check (locale in ('en', 'ko')),
      timezone text check (length(timezone) <= 64),
      home_opened_at timestamptz,
      created_at timestamptz not null,
      unique (platform, external_id)
    );
    create index ix_identity_user on identity (user_id)`,
  workspace_member: `
    create table workspace_member (
      workspace_id uuid not null references workspace on delete cascade,
      user_id uuid not null references "user" on delete cascade,
      role text not null check (role in ('guest', 'member', 'moderator', 'admin')),
      role_seen_at timestamptz not null,
      joined_at timestamptz not null,
      primary key (user_id, workspace_id)
    );
    create index ix_workspace_member_workspace on workspace_member (workspace_id)`,
  room: `
    create table room (
      id uuid primary key default uuidv7(),
      workspace_id uuid not null references workspace on delete cascade,
      room_name text not null check (length(room_name) between 1 and 100),
      host_id uuid references "user" on delete set null,
      work_duration_minutes integer not null default 25 check (work_duration_minutes between 1 and 180),
      break_duration_minutes integer not null default 5 check (break_duration_minutes between 1 and 60),
      long_break_minutes integer not null default 15 check (long_break_minutes between 1 and 120),
      long_break_after integer check (long_break_after between 2 and 12),
      rounds integer check (rounds between 1 and 100),
      auto_start_break boolean not null default true,
      auto_start_work boolean not null default true,
      max_participants integer not null default 50 check (max_participants between 2 and 500),
      control text not null default 'host' check (control in ('host', 'anyone', 'vote')),
      is_private boolean not null default false,
      keep boolean not null default false,
      warning boolean not null default false,
      thread_lines boolean not null default false,
      is_active boolean not null default true,
      empty_since timestamptz,
      closed_at timestamptz,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      check (is_active = (closed_at is null))
    );
    create index ix_room_host_id on room (host_id) where is_active;
    create index ix_room_active on room (workspace_id, lower(room_name) text_pattern_ops) where is_active;
    create index ix_room_name on room using hash (lower(room_name)) where is_active;
    create unique index ix_room_public_name on room (workspace_id, lower(room_name)) where is_active and not is_private;
    create index ix_room_empty on room (empty_since) where is_active and empty_since is not null`,
  room_binding: `
    create table room_binding (
      id uuid primary key default uuidv7(),
      room_id uuid not null references room on delete cascade,
      workspace_id uuid not null references workspace on delete cascade,
      platform text not null check (platform in ('discord', 'slack', 'web')),
      channel text check (length(channel) <= 64),
      voice_channel text check (length(voice_channel) <= 64),
      panel_channel text check (length(panel_channel) <= 64),
      panel_message text check (length(panel_message) <= 64),
      panel_version integer not null default 0,
      line_message text check (length(line_message) <= 64),
      created_at timestamptz not null,
      unique (room_id, workspace_id)
    );
    create index ix_room_binding_workspace on room_binding (workspace_id, room_id);
    create index ix_room_binding_channel on room_binding (platform, channel);
    create index ix_room_binding_voice on room_binding (platform, voice_channel) where voice_channel is not null`,
  room_share: `
    create table room_share (
      code text primary key check (length(code) = 8),
      room_id uuid not null references room on delete cascade,
      created_by uuid references "user" on delete set null,
      uses_left integer not null check (uses_left >= 0),
      created_at timestamptz not null,
      expires_at timestamptz not null
    );
    create index ix_room_share_room on room_share (room_id);
    create index ix_room_share_created_by on room_share (created_by) where created_by is not null;
    create index ix_room_share_expires_at on room_share (expires_at)`,
  room_invitation: `
    create table room_invitation (
      room_id uuid not null references room on delete cascade,
      user_id uuid not null references "user" on delete cascade,
      invited_by uuid references "user" on delete set null,
      created_at timestamptz not null,
      primary key (user_id, room_id)
    );
    create index ix_room_invitation_room on room_invitation (room_id);
    create index ix_room_invitation_invited_by on room_invitation (invited_by) where invited_by is not null`,
  room_ban: `
    create table room_ban (
      room_id uuid not null references room on delete cascade,
      user_id uuid not null references "user" on delete cascade,
      banned_by uuid references "user" on delete set null,
      created_at timestamptz not null,
      primary key (room_id, user_id)
    );
    create index ix_room_ban_user on room_ban (user_id);
    create index ix_room_ban_banned_by on room_ban (banned_by) where banned_by is not null`,
  participant: `
    create table participant (
      id uuid primary key default uuidv7(),
      room_id uuid not null references room on delete cascade,
      user_id uuid not null references "user" on delete cascade,
      is_host boolean not null default false,
      joined_at timestamptz not null,
      left_at timestamptz check (left_at >= joined_at)
    );
    create unique index ix_participant_one_room on participant (user_id) where left_at is null;
    create unique index ix_participant_one_host on participant (room_id) where is_host and left_at is null;
    create index ix_participant_room_user on participant (room_id, joined_at) where left_at is null;
    create index ix_participant_room on participant (room_id);
    create index ix_participant_user on participant (user_id)`,
  phase: `
    create table phase (
      id uuid primary key default uuidv7(),
      room_id uuid not null references room on delete cascade,
      type text not null check (type in ('work', 'break', 'long_break')),
      round integer not null check (round >= 1),
      planned_seconds integer not null check (planned_seconds > 0),
      outcome text not null default 'running' check (outcome in ('running', 'ended', 'skipped', 'stopped')),
      started_at timestamptz not null,
      ended_at timestamptz check (ended_at >= started_at),
      check ((outcome = 'running') = (ended_at is null))
    );
    create index ix_phase_room on phase (room_id, started_at desc);
    create unique index ix_phase_one_open on phase (room_id) where ended_at is null`,
  phase_span: `
    create table phase_span (
      phase_id uuid not null references phase on delete cascade,
      started_at timestamptz not null,
      ended_at timestamptz check (ended_at >= started_at),
      primary key (phase_id, started_at)
    );
    create unique index ix_phase_span_one_open on phase_span (phase_id) where ended_at is null`,
  timer: `
    create table timer (
      room_id uuid primary key references room on delete cascade,
      status text not null default 'idle' check (status in ('idle', 'running', 'paused')),
      phase_id uuid unique references phase on delete set null,
      phase_type text not null default 'work' check (phase_type in ('work', 'break', 'long_break')),
      completed_rounds integer not null default 0 check (completed_rounds >= 0),
      planned_seconds integer check (planned_seconds > 0),
      ends_at timestamptz,
      remaining_seconds integer check (remaining_seconds >= 0),
      paused_by uuid references "user" on delete set null,
      run_work_minutes integer check (run_work_minutes between 1 and 180),
      run_break_minutes integer check (run_break_minutes between 1 and 60),
      warn_at timestamptz,
      version integer not null default 1,
      updated_at timestamptz not null,
      check ((status = 'running') = (ends_at is not null)),
      check ((status = 'paused') = (remaining_seconds is not null))
    );
    create index ix_timer_due on timer (ends_at) where status = 'running';
    create index ix_timer_warn on timer (warn_at) where warn_at is not null;
    create index ix_timer_paused_by on timer (paused_by) where paused_by is not null`,
  timer_vote: `
    create table timer_vote (
      room_id uuid not null references room on delete cascade,
      phase_id uuid not null references phase on delete cascade,
      deed text not null check (deed in ('pause', 'resume', 'skip', 'stop')),
      user_id uuid not null references "user" on delete cascade,
      created_at timestamptz not null,
      primary key (phase_id, deed, user_id)
    );
    create index ix_timer_vote_room on timer_vote (room_id);
    create index ix_timer_vote_user on timer_vote (user_id)`,
  presence_interval: `
    create table presence_interval (
      id uuid primary key default uuidv7(),
      user_id uuid not null references "user" on delete cascade,
      room_id uuid not null references room on delete cascade,
      evidence text not null check (evidence in ('joined', 'voice', 'huddle', 'check-in', 'web', 'self-run')),
      started_at timestamptz not null,
      ended_at timestamptz check (ended_at >= started_at)
    );
    create unique index ix_presence_one_open on presence_interval (user_id, room_id, evidence) where ended_at is null;
    create index ix_presence_room on presence_interval (room_id, coalesce(ended_at, 'infinity'));
    create index ix_presence_user on presence_interval (user_id, started_at desc)`,
  session_history: `
    create table session_history (
      id uuid primary key default uuidv7(),
      user_id uuid not null references "user" on delete cascade,
      room_id uuid references room on delete set null,
      phase_id uuid references phase on delete set null,
      session_type text not null check (session_type in ('work', 'break')),
      seconds integer not null check (seconds > 0),
      duration_minutes integer not null generated always as (seconds / 60) stored,
      source text not null check (source in ('room', 'voice', 'solo', 'manual', 'import', 'self-reported')),
      room_name text check (length(room_name) <= 100),
      started_at timestamptz not null,
      completed_at timestamptz not null,
      check (completed_at > started_at)
    );
    create unique index ix_session_history_phase_user on session_history (phase_id, user_id);
    create index ix_session_user_date on session_history (user_id, completed_at desc);
    create index ix_session_history_completed_at on session_history (completed_at);
    create index ix_session_history_room on session_history (room_id)`,
  event: `
    create table event (
      id uuid primary key,
      type text not null check (length(type) <= 40),
      room_id uuid references room on delete cascade,
      user_id uuid references "user" on delete set null,
      data jsonb not null,
      created_at timestamptz not null
    );
    create index ix_event_room on event (room_id, id desc);
    create index ix_event_user on event (user_id)`,
  web_session: `
    create table web_session (
      id_hash bytea primary key,
      user_id uuid not null references "user" on delete cascade,
      workspace_id uuid not null references workspace on delete cascade,
      created_at timestamptz not null,
      seen_at timestamptz not null,
      expires_at timestamptz not null
    );
    create index ix_web_session_user on web_session (user_id);
    create index ix_web_session_workspace on web_session (workspace_id);
    create index ix_web_session_expires_at on web_session (expires_at)`,
  sign_in_link: `
    create table sign_in_link (
      token_hash bytea primary key,
      user_id uuid not null references "user" on delete cascade,
      workspace_id uuid not null references workspace on delete cascade,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      spent_at timestamptz
    );
    create index ix_sign_in_link_user on sign_in_link (user_id);
    create index ix_sign_in_link_workspace on sign_in_link (workspace_id);
    create index ix_sign_in_link_expires_at on sign_in_link (expires_at)`,
  slack_installation: `
    create table slack_installation (
      team_id text primary key check (length(team_id) <= 64),
      enterprise_id text check (length(enterprise_id) <= 64),
      workspace_id uuid not null unique references workspace on delete cascade,
      bot_user_id text not null check (length(bot_user_id) <= 64),
      sealed bytea not null,
      installed_by text check (length(installed_by) <= 64),
      installed_at timestamptz not null,
      revoked_at timestamptz
    )`,
  registration: `
    create table registration (
      platform text not null check (platform in ('discord', 'slack')),
      application_id text not null check (length(application_id) <= 64),
      fingerprint text not null check (length(fingerprint) <= 64),
      registered_at timestamptz not null,
      primary key (platform, application_id)
    )`,
}

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const definition of Object.values(tables)) {
    for (const statement of definition.split(';')) await sql.raw(statement).execute(db)
  }
  for (const [table, words] of Object.entries(comments)) {
    const [about, columns] = words
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
  user: [
    'One person, on every platform',
    {
      id: 'Key',
      email: 'Address, unique where present',
      username: 'Unique without regard to case; letters and digits of any script and . _ -',
      display_name: 'The name others read, as the platform last told it',
      hashed_password: 'argon2id; null where the person signs in by link',
      bio: 'A few words about oneself',
      total_focus_time: 'Credited focus time in seconds, over all sources',
      total_sessions: 'Credited work sessions',
      is_active: 'False while the account waits for its deletion',
      is_verified: 'The e-mail address is proved',
      is_admin: 'Runs this installation',
      created_at: 'First sight',
      updated_at: 'Last change',
    },
  ],
  user_settings: [
    'What a person chose',
    {
      user_id: 'Whose',
      timezone: 'IANA name; null until it is known',
      locale: 'Language; null follows the platform',
      theme: 'Colours of the pages',
      day_start: 'When the own day begins, in the own zone',
      ping: 'Phases whose line mentions the person while present',
      visibility: 'Who sees presence and stats',
      rank_visibility: 'Whether others see the rank',
      voice_time: 'Which voice channels may be recorded',
      updated_at: 'Last change',
    },
  ],
  workspace: [
    'A Discord server, a Slack workspace, or the built-in Home of the web',
    {
      id: 'Key',
      platform: 'Where it lives',
      external_id: 'Its id there',
      name: 'Its name there',
      locale: 'Language of what is said to everyone',
      rooms_per_host: 'Active rooms that one person may own',
      installed_at: 'First or latest installation',
      uninstalled_at: 'Set: data is kept, nothing is sent',
    },
  ],
  identity: [
    'A chat account of a person',
    {
      id: 'Key',
      user_id: 'Whose',
      platform: 'Where',
      external_id: 'Discord user id; Slack team id and user id, joined by a colon',
      display_name: 'The name there',
      locale: 'The language there',
      timezone: 'The zone there, where the platform tells it',
      home_opened_at: 'When the Slack App Home was last opened: from then on it is kept fresh',
      created_at: 'First sight',
    },
  ],
  workspace_member: [
    'Who was seen in which workspace',
    {
      workspace_id: 'Where',
      user_id: 'Who',
      role: 'The right there, as the platform told it',
      role_seen_at: 'When the platform told it; trusted 15 minutes on the web',
      joined_at: 'First sight',
    },
  ],
  room: [
    'A place to focus together',
    {
      id: 'Key',
      workspace_id: 'The home workspace',
      room_name: 'Unique among the active public rooms of the workspace',
      host_id: 'The owner; null for a kept room or a deleted owner',
      work_duration_minutes: 'Length of focus',
      break_duration_minutes: 'Length of a break',
      long_break_minutes: 'Length of a long break',
      long_break_after: 'Rounds before a long break; null: none',
      rounds: 'Rounds of a run; null: endless',
      auto_start_break: 'Breaks start by themselves',
      auto_start_work: 'Focus starts by itself',
      max_participants: 'Seats',
      control: 'Who moves the timer',
      is_private: 'Missing for all but owner, invited, participants and admins',
      keep: 'Belongs to the workspace and never closes by itself',
      warning: 'One minute before focus begins, say so',
      thread_lines: 'Phase lines go into the panel thread on Slack',
      is_active: 'Open',
      empty_since: 'When the last participant left; null while somebody is here',
      closed_at: 'When it closed',
      created_at: 'When it opened',
      updated_at: 'Last change',
    },
  ],
  room_binding: [
    'Where a room lives: one place per workspace',
    {
      id: 'Key',
      room_id: 'The room',
      workspace_id: 'The workspace whose members may list and join it',
      platform: 'Of the workspace',
      channel: 'Text channel of the panel and of the phase lines; null on the web',
      voice_channel: 'Discord voice channel',
      panel_channel: 'Channel of the live panel',
      panel_message: 'Message of the live panel',
      panel_version: 'timer.version that the panel shows',
      line_message: 'The last phase line, which the next one replaces',
      created_at: 'When it was bound',
    },
  ],
  room_share: [
    'A code that binds a room to one more place',
    {
      code: 'What is typed',
      room_id: 'The room',
      created_by: 'Who shared it',
      uses_left: 'Counted down at each use',
      created_at: 'When',
      expires_at: 'After 24 hours',
    },
  ],
  room_invitation: [
    'Who may see and enter a private room',
    { room_id: 'The room', user_id: 'The invited', invited_by: 'By whom', created_at: 'When' },
  ],
  room_ban: ['Who may not enter a room', { room_id: 'The room', user_id: 'The banned', banned_by: 'By whom', created_at: 'When' }],
  participant: [
    'Who is or was in a room; one open row per person over all rooms',
    {
      id: 'Key',
      room_id: 'The room',
      user_id: 'The person',
      is_host: 'Acts as host: the owner, or the longest present while the owner is away',
      joined_at: 'Entered',
      left_at: 'Left; null while here',
    },
  ],
  phase: [
    'One focus, break or long break of a room',
    {
      id: 'Key',
      room_id: 'The room',
      type: 'Kind of phase',
      round: 'Round of the run, from 1; a break has the round it follows',
      planned_seconds: 'Length without pauses',
      outcome: 'How it is or ended',
      started_at: 'Begin',
      ended_at: 'End; null while open',
    },
  ],
  phase_span: [
    'Running stretches of a phase: a pause closes one, a resume opens the next',
    { phase_id: 'The phase', started_at: 'Begin', ended_at: 'End; null while running' },
  ],
  timer: [
    'The clock of a room, one each',
    {
      room_id: 'The room',
      status: 'State',
      phase_id: 'The open phase; null while idle',
      phase_type: 'Type of the open phase, or of the one that waits for Start',
      completed_rounds: 'Finished focus phases of this run',
      planned_seconds: 'Length of the open phase',
      ends_at: 'When the running phase ends',
      remaining_seconds: 'What is left while paused',
      paused_by: 'Who paused',
      run_work_minutes: 'Length of focus for this run only',
      run_break_minutes: 'Length of breaks for this run only',
      warn_at: 'When the warning is due; null when none is',
      version: 'Moves with everything the panel shows',
      updated_at: 'Last change',
    },
  ],
  timer_vote: [
    'One vote of a person for a deed in a phase',
    { room_id: 'The room', phase_id: 'The phase', deed: 'What is asked for', user_id: 'Who', created_at: 'When' },
  ],
  presence_interval: [
    'Who was in which room when, by which evidence; opened once, closed once',
    {
      id: 'Key',
      user_id: 'Who',
      room_id: 'Where',
      evidence: 'What proves it',
      started_at: 'Begin',
      ended_at: 'End; null while here',
    },
  ],
  session_history: [
    'Credited time of one person in one phase',
    {
      id: 'Key',
      user_id: 'Whose',
      room_id: 'In which room',
      phase_id: 'In which phase',
      session_type: 'Focus or break',
      seconds: 'Credited, exactly',
      duration_minutes: 'Whole minutes of it',
      source: 'Where it comes from',
      room_name: 'The name at that time',
      started_at: 'First credited moment',
      completed_at: 'Last credited moment',
    },
  ],
  event: [
    'What happened: the history that reactions follow',
    {
      id: 'Key, ordered by time',
      type: 'Kind of event',
      room_id: 'Where',
      user_id: 'Who did it; null for the clock',
      data: 'The event',
      created_at: 'When',
    },
  ],
  web_session: [
    'A signed-in browser',
    {
      id_hash: 'SHA-256 of the random id in the cookie',
      user_id: 'Who',
      workspace_id: 'Where the person acts',
      created_at: 'Signed in',
      seen_at: 'Last used',
      expires_at: 'End',
    },
  ],
  sign_in_link: [
    'One-time links to the pages',
    {
      token_hash: 'SHA-256 of the token',
      user_id: 'Whose',
      workspace_id: 'Where the person will act',
      created_at: 'When',
      expires_at: 'After 10 minutes',
      spent_at: 'Used; null while it can be',
    },
  ],
  slack_installation: [
    'Slack workspaces that installed the app',
    {
      team_id: 'Slack team',
      enterprise_id: 'Slack organisation, if any',
      workspace_id: 'Our workspace',
      bot_user_id: 'The bot user there',
      sealed: 'Tokens, encrypted under the secret key',
      installed_by: 'Slack user who installed it',
      installed_at: 'When',
      revoked_at: 'Set when the token no longer works',
    },
  ],
  registration: [
    'What was last registered at a platform',
    {
      platform: 'Where',
      application_id: 'Our application there',
      fingerprint: 'Hash of the registered command list',
      registered_at: 'When',
    },
  ],
}
