import { type Kysely, sql } from 'kysely'

const definitions: readonly string[] = [
  `create table reservation_card (
    id uuid primary key default uuidv7(),
    reservation_id uuid not null references room_reservations on delete cascade,
    workspace_id uuid not null references workspace on delete cascade,
    channel text not null check (length(channel) <= 64),
    message text not null check (length(message) <= 64),
    drawn text not null check (length(drawn) <= 64),
    posted_at timestamptz not null,
    unique (workspace_id, channel, message)
  )`,
  'create index ix_reservation_card_reservation on reservation_card (reservation_id)',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of definitions) await sql.raw(statement).execute(db)
  await sql.raw(`comment on table reservation_card is '${about}'`).execute(db)
  for (const [column, text] of Object.entries(columns)) {
    await sql.raw(`comment on column reservation_card.${column} is '${text.replaceAll("'", "''")}'`).execute(db)
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table reservation_card`.execute(db)
}

const about = 'A message in a channel that shows a reservation, and is drawn again whenever the reservation changes'
const columns: Readonly<Record<string, string>> = {
  id: 'The card',
  reservation_id: 'Of which reservation: it shows the next date, also of one that continues it',
  workspace_id: 'Where it stands',
  channel: 'In which channel, as the platform calls it',
  message: 'In which message of it',
  drawn: 'A digest of what stands there, so that nothing is sent that stands there already',
  posted_at: 'When it was posted',
}
