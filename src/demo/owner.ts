import { sql } from 'kysely'
import { changeRest, setGoal } from '../domain/goals/goal.actions.ts'
import { importStretches } from '../domain/imports/import.actions.ts'
import type { Stretch } from '../domain/imports/import.ts'
import { dayBounds, ownDay } from '../domain/people/calendar.queries.ts'
import { correctSession } from '../domain/sessions/correction.actions.ts'
import { addManual } from '../domain/sessions/manual.actions.ts'
import { addLine, tickLine } from '../domain/todos/todo.actions.ts'
import { after, days, hours, minutes } from '../kernel/clock.ts'
import type { Tx } from '../kernel/context.ts'
import { daysAfter, daysFrom, weekdayOf } from '../kernel/dates.ts'
import type { PersonId, SessionId } from '../kernel/ids.ts'
import { ownersList } from './aims.ts'
import type { Dice } from './dice.ts'
import type { Resident } from './people.ts'

/** The owner rests on Sundays. */
const restDay = 7

/** Days before today on which the owner did nothing: a working day that a freeze saves, and holidays that end a streak. */
const missedDays = (today: string): readonly number[] => [weekdayOf(daysAfter(today, -9)) === restDay ? 11 : 9, 32, 33, 34, 35, 36, 37, 38]

/** Days before today on which the owner studied elsewhere for two hours from noon on, and wrote it down. */
const elsewhere: readonly { readonly daysAgo: number; readonly note: string }[] = [
  { daysAgo: 3, note: 'Library, without a computer #thesis' },
  { daysAgo: 12, note: 'Study group #algebra' },
  { daysAgo: 17, note: 'Lab course #biology' },
]
const elsewhereMinutes = 120

type Stretches = Resident['away']

/** When the owner is nowhere to be seen since `opened`. */
export async function ownersAbsences(tx: Tx, owner: PersonId, opened: Date): Promise<Stretches> {
  const today = await ownDay(tx, owner)
  const first = await ownDay(tx, owner, opened)
  const all = Array.from({ length: daysFrom(first, today) }, (_, n) => daysAfter(first, n))
  const off = all.filter((day) => weekdayOf(day) === restDay || missedDays(today).includes(daysFrom(day, today)))
  const absences: Stretches[number][] = elsewhere.map(({ daysAgo }) => noonOf(tx.now, daysAgo))
  for (const day of off) absences.push(await dayBounds(tx, owner, day))
  return absences
}

function noonOf(now: Date, daysAgo: number): Stretches[number] {
  const from = after(new Date(now.toISOString().slice(0, 10)), -days(daysAgo) + hours(12))
  return { from, to: after(from, minutes(elsewhereMinutes)) }
}

/** What the owner chose in the beginning, and brought along from another bot. */
export async function settleIn(tx: Tx, dice: Dice, now: Date): Promise<void> {
  await setGoal(tx, { minutes: 60, sessions: 12, exam: daysAfter(now.toISOString().slice(0, 10), 38) })
  await changeRest(tx, restDay)
  await importStretches(tx, 'csv', brought(dice, tx.now))
}

/** Most days of the nine months before. */
function brought(dice: Dice, until: Date): readonly Stretch[] {
  const midnight = new Date(until.toISOString().slice(0, 10))
  return Array.from({ length: 270 }, (_, n) => after(midnight, -days(n + 1))).flatMap((day) => {
    if (!dice.chance(day.getUTCDay() % 6 === 0 ? 25 : 70)) return []
    const from = after(day, hours(9) + dice.between(0, hours(6)))
    const to = after(from, dice.between(minutes(25), minutes(210)))
    return [{ from: from.toISOString(), to: to.toISOString(), subject: dice.pick(['thesis', 'algebra', 'biology']) ?? null }]
  })
}

/** What the owner wrote down since: the list, time elsewhere, and one session that was none. */
export async function writeDown(tx: Tx, owner: PersonId): Promise<void> {
  for (const { daysAgo, note } of elsewhere) {
    const { from, to } = noonOf(tx.now, daysAgo)
    await addManual({ ...tx, now: after(to, hours(3)) }, { kind: 'work', minutes: elsewhereMinutes, from, note })
  }
  for (const line of ownersList.done) {
    await addLine({ ...tx, now: after(tx.now, -days(6)) }, line)
    await tickLine({ ...tx, now: after(tx.now, -days(2)) }, line)
  }
  for (const line of ownersList.open) await addLine({ ...tx, now: after(tx.now, -days(1)) }, line)
  const forgotten = await longestSince(tx, sql`user_id = ${owner}::uuid and source = 'room'`, after(tx.now, -days(5)))
  if (forgotten !== null) await correctSession({ ...tx, now: after(tx.now, -days(1)) }, forgotten.id, 10, null)
}

/** The longest session of some people since a moment, that nobody corrected. */
export async function longestSince(
  tx: Tx,
  whose: ReturnType<typeof sql>,
  since: Date,
): Promise<{ readonly id: SessionId; readonly seconds: number } | null> {
  const { rows } = await sql<{ id: SessionId; seconds: number }>`
    select id, seconds from session_history where ${whose} and completed_at > ${since}::timestamptz and completed_at < ${after(tx.now, -days(2))}::timestamptz
      and not exists (select from session_correction c where c.session_id = session_history.id)
    order by seconds desc, started_at, user_id limit 1`.execute(tx.db)
  return rows[0] ?? null
}
