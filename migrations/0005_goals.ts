import { type Kysely, sql } from 'kysely'

const tables: Readonly<Record<string, string>> = {
  user_goals: `
    create table user_goals (
      user_id uuid not null references "user" on delete cascade,
      effective_day date not null,
      daily_focus_minutes integer not null default 120 check (daily_focus_minutes between 0 and 1440),
      weekly_sessions integer not null default 5 check (weekly_sessions between 0 and 100),
      exam_on date,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      primary key (user_id, effective_day)
    )`,
  goal_reached: `
    create table goal_reached (
      user_id uuid not null references "user" on delete cascade,
      kind text not null check (kind in ('day', 'week')),
      period_start date not null,
      amount integer not null check (amount > 0),
      reached_at timestamptz not null,
      primary key (user_id, kind, period_start)
    )`,
  rest_days: `
    create table rest_days (
      user_id uuid not null references "user" on delete cascade,
      effective_day date not null,
      weekdays integer[] not null check (weekdays <@ array[1, 2, 3, 4, 5, 6, 7] and cardinality(weekdays) <= 6),
      created_at timestamptz not null,
      primary key (user_id, effective_day)
    )`,
  user_progress: `
    create table user_progress (
      user_id uuid primary key references "user" on delete cascade,
      focus_seconds integer not null default 0 check (focus_seconds >= 0),
      sessions integer not null default 0 check (sessions >= 0),
      streak_days integer not null default 0 check (streak_days >= 0),
      best_streak_days integer not null default 0 check (best_streak_days >= streak_days),
      streak_from date,
      last_day date,
      check ((streak_days = 0) = (last_day is null) and (streak_days = 0) = (streak_from is null))
    );
    create index ix_user_progress_last_day on user_progress (last_day) where last_day is not null`,
  streak_day: `
    create table streak_day (
      user_id uuid not null references "user" on delete cascade,
      day date not null,
      kind text not null check (kind in ('rest', 'freeze', 'outage', 'travel')),
      primary key (user_id, day)
    )`,
  achievement: `
    create table achievement (
      id text primary key check (length(id) <= 40),
      category text not null check (category in ('sessions', 'time', 'streak', 'social', 'team', 'community')),
      cause text not null check (length(cause) <= 40),
      amount integer not null check (amount > 0),
      unique (cause, amount)
    )`,
  user_achievement: `
    create table user_achievement (
      user_id uuid not null references "user" on delete cascade,
      achievement_id text not null references achievement on delete cascade,
      unlocked_at timestamptz not null,
      primary key (user_id, achievement_id)
    );
    create index ix_user_achievement_achievement on user_achievement (achievement_id)`,
  achievement_count: `
    create table achievement_count (
      user_id uuid not null references "user" on delete cascade,
      cause text not null check (length(cause) <= 40),
      count integer not null check (count >= 0),
      primary key (user_id, cause)
    )`,
}

const changes: readonly string[] = [
  'alter table user_settings add column timezone_asked_at timestamptz',
  `insert into achievement (id, category, cause, amount) values
    ('session-1', 'sessions', 'sessions', 1), ('session-10', 'sessions', 'sessions', 10), ('session-50', 'sessions', 'sessions', 50),
    ('session-100', 'sessions', 'sessions', 100), ('session-500', 'sessions', 'sessions', 500), ('session-1000', 'sessions', 'sessions', 1000),
    ('time-600', 'time', 'minutes', 600), ('time-6000', 'time', 'minutes', 6000), ('time-30000', 'time', 'minutes', 30000),
    ('time-60000', 'time', 'minutes', 60000), ('day-240', 'time', 'day-minutes', 240),
    ('goal-day-1', 'time', 'day-goals', 1), ('goal-day-30', 'time', 'day-goals', 30), ('goal-week-4', 'time', 'week-goals', 4),
    ('streak-3', 'streak', 'streak', 3), ('streak-7', 'streak', 'streak', 7), ('streak-30', 'streak', 'streak', 30),
    ('streak-100', 'streak', 'streak', 100), ('streak-365', 'streak', 'streak', 365),
    ('together-1', 'social', 'together', 1), ('together-50', 'social', 'together', 50), ('host-1', 'social', 'rooms', 1),
    ('host-10', 'social', 'rooms', 10), ('invite-1', 'social', 'invitations', 1), ('invite-10', 'social', 'invitations', 10),
    ('friend-1', 'social', 'friends', 1), ('match-1', 'social', 'matches', 1),
    ('team-1', 'team', 'teams', 1), ('team-season-1', 'team', 'team-seasons', 1),
    ('post-1', 'community', 'posts', 1), ('post-10', 'community', 'posts', 10), ('comment-10', 'community', 'comments', 10),
    ('like-50', 'community', 'likes-received', 50)`,
]

const back: readonly string[] = ['alter table user_settings drop column timezone_asked_at']

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
  user_goals: [
    'What a person wants to reach: each row from its day to the next',
    {
      user_id: 'Whose',
      effective_day: 'Own day from which it counts',
      daily_focus_minutes: 'Minutes of focus a day; 0 for no goal',
      weekly_sessions: 'Sessions from Monday to Sunday; 0 for no goal',
      exam_on: 'Day of an exam, shown as D-100',
      created_at: 'Written',
      updated_at: 'Last change',
    },
  ],
  goal_reached: [
    'Goals that were reached: told once per period',
    {
      user_id: 'Who',
      kind: 'The goal of a day or of a week',
      period_start: 'The own day, or the Monday of the week',
      amount: 'The goal as it was then: minutes of the day, or sessions of the week',
      reached_at: 'When',
    },
  ],
  rest_days: [
    'Days of the week on which a person rests: each row from its day to the next',
    {
      user_id: 'Whose',
      effective_day: 'Own day from which it counts: the one after it was chosen, or a later one',
      weekdays: '1 for Monday to 7 for Sunday; at most six',
      created_at: 'Chosen',
    },
  ],
  user_progress: [
    'Where a person stands, from user_day: what streaks and achievements are told by',
    {
      user_id: 'Who',
      focus_seconds: 'All counted focus; nothing that was imported',
      sessions: 'All counted sessions',
      streak_days: 'Counted days of the streak that last_day belongs to',
      best_streak_days: 'Most counted days a streak ever had',
      streak_from: 'First day of that streak',
      last_day: 'Last own day with ten counted minutes',
    },
  ],
  streak_day: [
    'Days without ten counted minutes over which a streak went on',
    {
      user_id: 'Whose',
      day: 'Own day',
      kind: 'Why: a rest day, a freeze, an outage of a quarter of an hour or more, or a day that a journey cut short',
    },
  ],
  achievement: [
    'What can be achieved; the same as the list in src/domain/achievements',
    { id: 'Word', category: 'What it is about', cause: 'What is counted', amount: 'How much of it' },
  ],
  user_achievement: ['Who achieved what, once and for good', { user_id: 'Who', achievement_id: 'What', unlocked_at: 'When' }],
  achievement_count: [
    'How often a person did what achievements count and no other table sums up',
    { user_id: 'Who', cause: 'What is counted', count: 'How often so far' },
  ],
  user_settings: [null, { timezone_asked_at: 'When the person was asked whether the guess of their zone is right' }],
}
