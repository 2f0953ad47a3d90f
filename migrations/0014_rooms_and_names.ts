import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Nobody knows of dates of before: rather a room too many than one of somebody's closed.
  await sql`alter table reservation_occurrence add column opened_room boolean not null default false`.execute(db)
  for (const [table, name] of named) {
    await sql.raw(`alter table ${table} add column named_after uuid references "user" on delete set null`).execute(db)
    await sql.raw(`create index ix_${table}_named_after on ${table} (named_after) where named_after is not null`).execute(db)
    // A number behind the name tells namesakes apart.
    await sql
      .raw(
        `update ${table} t set named_after = u.id from "user" u where u.id = t.host_id
          and regexp_replace(t.${name}, ' [0-9]+$', '') in (u.display_name || '’s room', u.display_name || ' 님의 방')`,
      )
      .execute(db)
  }
  for (const [column, text] of Object.entries(comments)) {
    await sql.raw(`comment on column ${column} is '${text.replaceAll("'", "''")}'`).execute(db)
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const [table] of named) await sql.raw(`alter table ${table} drop column named_after`).execute(db)
  await sql`alter table reservation_occurrence drop column opened_room`.execute(db)
}

const named = [
  ['room', 'room_name'],
  ['room_reservations', 'name'],
] as const

const comments: Readonly<Record<string, string>> = {
  'reservation_occurrence.opened_room': 'Whether room_id was opened for it, instead of one that was there before',
  'room.named_after': 'Whose name it bears by default; null where somebody chose its name, or it bears none',
  'room_reservations.named_after': 'Whose name it bears by default; null where somebody chose its name, or it bears none',
}
