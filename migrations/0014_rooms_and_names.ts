import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Nobody knows of dates of before: rather a room too many than one of somebody's closed.
  await sql`alter table reservation_occurrence add column opened_room boolean not null default false`.execute(db)
  for (const [column, text] of Object.entries(comments)) {
    await sql.raw(`comment on column ${column} is '${text.replaceAll("'", "''")}'`).execute(db)
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table reservation_occurrence drop column opened_room`.execute(db)
}

const comments: Readonly<Record<string, string>> = {
  'reservation_occurrence.opened_room': 'Whether room_id was opened for it, instead of one that was there before',
}
