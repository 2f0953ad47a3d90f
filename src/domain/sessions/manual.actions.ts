import type { Tx } from '../../kernel/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Text } from '../../locales/text.ts'
import { lockPresence } from '../people/lock.actions.ts'
import { actingPerson } from '../people/person.queries.ts'
import { lineFrom } from '../todos/todo.ts'
import { type Clash, clashWith, manualOf, sessionsOf } from './manual.queries.ts'
import { endOf, isRecent, type Manual, type ManualWish, oldestManualDays } from './manual.ts'
import { recordSessions, retractSessions } from './session.actions.ts'

/**
 * Writes down what the acting person did elsewhere. Focus counts for their own totals, goals and streak, never for a workspace; a
 * break counts as nothing and is listed.
 * @throws Refusal `invalid` for time to come or too long ago, `conflict` with the record that it overlaps
 */
export async function addManual(tx: Tx, wish: ManualWish): Promise<string> {
  const person = actingPerson(tx)
  await check(tx, person, wish, null)
  const { id } = await tx.db
    .insertInto('manual_sessions')
    .values({ user_id: person, ...columnsOf(wish), created_at: tx.now, updated_at: tx.now })
    .returning('id')
    .executeTakeFirstOrThrow()
  await record(tx, person, id, wish)
  return id
}

/**
 * Changes what the acting person wrote down, as if it had been written so.
 * @throws Refusal as `addManual`; `missing` where there is no such record, `forbidden` where it is too old to change
 */
export async function changeManual(tx: Tx, id: string, change: Partial<ManualWish>): Promise<void> {
  const person = actingPerson(tx)
  const known = await changeable(tx, person, id)
  const wish = { ...wishOf(known), ...change }
  await check(tx, person, wish, id)
  await retractSessions(tx, await sessionsOf(tx, id))
  await tx.db
    .updateTable('manual_sessions')
    .set({ ...columnsOf(wish), updated_at: tx.now })
    .where('id', '=', id)
    .execute()
  await record(tx, person, id, wish)
}

/**
 * Deletes what the acting person wrote down, with all it counted.
 * @throws Refusal `missing`, `forbidden` where it is too old to change
 */
export async function deleteManual(tx: Tx, id: string): Promise<Manual> {
  const known = await changeable(tx, actingPerson(tx), id)
  await retractSessions(tx, await sessionsOf(tx, id))
  await tx.db.deleteFrom('manual_sessions').where('id', '=', id).execute()
  return known
}

async function changeable(tx: Tx, person: PersonId, id: string): Promise<Manual> {
  const known = await manualOf(tx, person, id)
  if (known === null) throw new Refusal('missing', 'record.missing')
  if (!isRecent(known.started_at, tx.now)) throw new Refusal('forbidden', 'manual.too-old-to-change', { days: oldestManualDays })
  return known
}

/** The lock makes two records of one person that are written at once see each other. */
async function check(tx: Tx, person: PersonId, wish: ManualWish, except: string | null): Promise<void> {
  await lockPresence(tx, person)
  const to = endOf(wish)
  if (to > tx.now) throw new Refusal('invalid', 'manual.future', { clock: { time: to, as: 'clock' }, day: { time: to, as: 'date' } })
  if (!isRecent(wish.from, tx.now)) throw new Refusal('invalid', 'manual.too-old', { days: oldestManualDays })
  const clash = await clashWith(tx, person, wish.from, to, except)
  if (clash !== null) throw new Refusal('conflict', 'manual.clash', { what: nameOfClash(clash), ...boundsOf(clash) })
}

const nameOfClash = ({ source, name }: Clash): Text => name ?? { key: `record.source.${source ?? 'running'}` }

const boundsOf = ({ from, to }: Clash) => ({
  day: { time: from, as: 'date' } as const,
  from: { time: from, as: 'clock' } as const,
  to: to === null ? ('' as const) : ({ time: to, as: 'clock' } as const),
})

async function record(tx: Tx, person: PersonId, manual: string, wish: ManualWish): Promise<void> {
  const line = wish.note === null ? null : lineFrom(wish.note)
  const type = wish.kind
  await recordSessions(tx, [
    { person, source: 'manual', from: wish.from, to: endOf(wish), type, manual, aim: line?.text ?? null, subject: line?.subject ?? null },
  ])
}

const columnsOf = (wish: ManualWish) => ({
  session_type: wish.kind,
  minutes: wish.minutes,
  note: wish.note,
  started_at: wish.from,
  ended_at: endOf(wish),
})

const wishOf = ({ session_type: kind, minutes, started_at: from, note }: Manual): ManualWish => ({ kind, minutes, from, note })
