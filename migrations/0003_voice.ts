import { type Kysely, sql } from 'kysely'

const tables: Readonly<Record<string, string>> = {
  presence_detail: `
    create table presence_detail (
      id uuid primary key default uuidv7(),
      presence_id uuid not null references presence_interval on delete cascade,
      kind text not null check (kind in ('camera', 'screen', 'server-muted', 'deafened')),
      started_at timestamptz not null,
      ended_at timestamptz check (ended_at >= started_at)
    );
    create unique index ix_presence_detail_open on presence_detail (presence_id, kind) where ended_at is null;
    create index ix_presence_detail_presence on presence_detail (presence_id, started_at)`,
  voice_mute: `
    create table voice_mute (
      id uuid primary key default uuidv7(),
      workspace_id uuid not null references workspace on delete cascade,
      user_id uuid not null references "user" on delete cascade,
      room_id uuid references room on delete set null,
      account text not null check (length(account) between 1 and 64),
      muted_at timestamptz not null,
      applied_at timestamptz check (applied_at >= muted_at),
      restored_at timestamptz check (restored_at >= muted_at)
    );
    create unique index ix_voice_mute_open on voice_mute (workspace_id, account) where restored_at is null;
    create index ix_voice_mute_workspace on voice_mute (workspace_id);
    create index ix_voice_mute_user on voice_mute (user_id);
    create index ix_voice_mute_room on voice_mute (room_id) where room_id is not null`,
}

const changes: readonly string[] = [
  `alter table room
    add column chime boolean not null default true,
    add column chime_sound text not null default 'bell' check (chime_sound in ('bell', 'bowl', 'wood')),
    add column chime_volume integer not null default 60 check (chime_volume between 0 and 100),
    add column mute_in_focus boolean not null default false,
    add column start_on_join boolean not null default false,
    add column stop_when_empty boolean not null default false`,
  `alter table workspace
    add column voice_time boolean not null default true,
    add column voice_allow text[] not null default '{}' check (cardinality(voice_allow) <= 100),
    add column voice_deny text[] not null default '{}' check (cardinality(voice_deny) <= 100)`,
  'alter table "user" add column first_used_at timestamptz',
  'update "user" set first_used_at = created_at',
  'create index ix_user_never_used on "user" (created_at) where first_used_at is null',
  "create index ix_presence_voice_open on presence_interval (workspace_id) where ended_at is null and evidence = 'voice'",
]

const back: readonly string[] = [
  'drop index ix_presence_voice_open',
  'drop index ix_user_never_used',
  'alter table "user" drop column first_used_at',
  'alter table workspace drop column voice_time, drop column voice_allow, drop column voice_deny',
  `alter table room drop column chime, drop column chime_sound, drop column chime_volume, drop column mute_in_focus, drop column start_on_join,
    drop column stop_when_empty`,
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
  presence_detail: [
    'What was on or off while somebody sat in a voice channel',
    {
      id: 'Key',
      presence_id: 'During which presence',
      kind: 'Camera, shared screen, muted by the server, deafened by the server or by oneself',
      started_at: 'On',
      ended_at: 'Off; null while it is on, or was until the presence ended',
    },
  ],
  voice_mute: [
    'Whom we muted during focus; written before we do it, so that it is taken back whatever happens',
    {
      id: 'Key',
      workspace_id: 'In which server',
      user_id: 'Whom',
      room_id: 'In which room',
      account: 'Their account on Discord',
      muted_at: 'When it was meant to be done',
      applied_at: 'When Discord had done it',
      restored_at: 'Taken back; null while they are muted, also where they have left voice meanwhile',
    },
  ],
  room: [
    null,
    {
      chime: 'A sound in its voice channel at each phase',
      chime_sound: 'Which sound',
      chime_volume: 'How loud, in percent',
      mute_in_focus: 'Whoever sits in its voice channel is muted during focus',
      start_on_join: 'The timer starts when the first person comes in',
      stop_when_empty: 'The timer stops as soon as nobody is left',
    },
  ],
  workspace: [
    null,
    {
      voice_time: 'Sitting in a voice channel without a room counts',
      voice_allow: 'Only in these voice channels or categories; empty: in all',
      voice_deny: 'Never in these voice channels or categories',
    },
  ],
  user: [null, { first_used_at: 'First command; null: seen in a voice channel or named by others, shown to nobody' }],
}
