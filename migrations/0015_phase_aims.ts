import { type Kysely, sql } from 'kysely'

const definitions: readonly string[] = [
  `create table phase_aim (
    phase_id uuid not null references phase on delete cascade,
    user_id uuid not null references "user" on delete cascade,
    aim text check (length(aim) between 1 and 200),
    subject text check (length(subject) between 1 and 40),
    result text check (result in ('done', 'partly', 'no')),
    primary key (phase_id, user_id)
  )`,
  'create index ix_phase_aim_user on phase_aim (user_id)',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of definitions) await sql.raw(statement).execute(db)
  await sql.raw(`comment on table phase_aim is '${about}'`).execute(db)
  for (const [column, text] of Object.entries(columns)) await sql.raw(`comment on column phase_aim.${column} is '${text}'`).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table phase_aim`.execute(db)
}

const about = 'What somebody meant to do in a focus phase that is over, while their credit waits'
const columns: Readonly<Record<string, string>> = {
  phase_id: 'Of which focus phase; the row goes once nothing of it waits any more',
  user_id: 'Whose aim',
  aim: 'What they meant to do when it ended; null for nothing in particular',
  subject: 'Its subject',
  result: 'How it went, as the person said',
}
