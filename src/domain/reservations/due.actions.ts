import { sql } from 'kysely'
import { emit } from '../../events/emit.ts'
import { after, minutes } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import type { Portion } from '../../kernel/portion.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Message } from '../../locales/text.ts'
import { peopleComing } from './coming.queries.ts'
import { endAll, lockSeries } from './end.actions.ts'
import { lateMinutes, latestMinutes } from './reservation.ts'
import { type Occurrence, openRoomOf, type Venue } from './room.actions.ts'
import { type SeriesRow, writeDates } from './series.actions.ts'

const dueDates = (tx: Tx) =>
  tx.db.selectFrom('reservation_occurrence as o').selectAll('o').where('o.state', '=', 'planned').where('o.starts_at', '<=', tx.now)

/** Opens one date whose time has come; any number of workers claim series apart. Returns how many it settled: one or none. */
export async function openDue(tx: Tx, { skip }: Portion): Promise<number> {
  const claimed = await dueDates(tx)
    .innerJoin('room_reservations as s', 's.id', 'o.reservation_id')
    .orderBy('o.starts_at')
    .limit(1)
    .offset(skip)
    .forUpdate('s')
    .skipLocked()
    .executeTakeFirst()
  if (claimed === undefined) return 0
  const series = await lockSeries(tx, claimed.reservation_id)
  // Whoever had the lock before may have settled or moved it.
  const occurrence = await dueDates(tx).where('o.id', '=', claimed.id).executeTakeFirst()
  if (occurrence !== undefined) await settle(tx, series, occurrence)
  return 1
}

async function settle(tx: Tx, series: SeriesRow, occurrence: Occurrence): Promise<void> {
  const host = await activeHost(tx, series)
  if (host === null) return endAll(tx, series, occurrence.day, await peopleComing(tx, occurrence.id), occurrence.id)
  if (tx.now > after(occurrence.starts_at, minutes(latestMinutes))) await miss(tx, series, occurrence, host, null)
  else {
    const opened = await attempt(tx, () => openRoomOf(tx, series, occurrence, host))
    if ('refused' in opened) await miss(tx, series, occurrence, host, opened.refused)
    else await writeOpened(tx, series, occurrence, host, opened.gave)
  }
  await writeDates(tx, series)
}

async function activeHost(tx: Tx, { host_id: id, workspace_id }: SeriesRow): Promise<PersonId | null> {
  if (id === null) return null
  const row = await tx.db
    .selectFrom('user')
    .innerJoin('workspace as w', (join) => join.on('w.id', '=', workspace_id))
    .select('user.id')
    .where('user.id', '=', id)
    .where('user.is_active', '=', true)
    .where('w.uninstalled_at', 'is', null)
    .executeTakeFirst()
  return row?.id ?? null
}

/** A refusal takes back what was written on the way to it, and nothing else. */
async function attempt<T>(tx: Tx, act: () => Promise<T>): Promise<{ readonly gave: T } | { readonly refused: Message }> {
  await sql`savepoint reservation`.execute(tx.db)
  try {
    return { gave: await act() }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await sql`rollback to savepoint reservation`.execute(tx.db)
    return { refused: { key: error.key, words: error.words } }
  }
}

async function writeOpened(tx: Tx, series: SeriesRow, occurrence: Occurrence, host: PersonId, { room, isNew }: Venue): Promise<void> {
  const late = tx.now >= after(occurrence.starts_at, minutes(lateMinutes))
  await tx.db
    .updateTable('reservation_occurrence')
    .set({ state: 'opened', room_id: room, opened_room: isNew, opened_at: tx.now, late, remind_at: null })
    .where('id', '=', occurrence.id)
    .execute()
  await emit(
    tx,
    { type: 'reservation.opened', room, by: host, occurrence: occurrence.id },
    { type: 'reservation.changed', room: null, by: null, workspace: series.workspace_id, occurrences: [occurrence.id] },
  )
}

/** It did not open: we were away too long, or `why` says what was in the way. Its host is told. */
async function miss(tx: Tx, series: SeriesRow, occurrence: Occurrence, host: PersonId, why: Message | null): Promise<void> {
  await tx.db.updateTable('reservation_occurrence').set({ state: 'missed', remind_at: null }).where('id', '=', occurrence.id).execute()
  await emit(
    tx,
    { type: 'reservation.missed', room: null, by: null, person: host, occurrence: occurrence.id, why },
    { type: 'reservation.changed', room: null, by: null, workspace: series.workspace_id, occurrences: [occurrence.id] },
  )
}
