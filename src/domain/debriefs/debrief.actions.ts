import { sql } from 'kysely'
import type { Result } from '../../db/schema.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, PhaseId, RoomId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { actingPerson } from '../people/person.queries.ts'
import { sign } from '../presence/presence.actions.ts'
import { tick } from '../todos/todo.actions.ts'
import { openLineSaying } from '../todos/todo.queries.ts'
import { countedOf, phaseAsked } from './debrief.queries.ts'
import type { Debrief } from './debrief.ts'

type About = { readonly aim: string | null; readonly subject: string | null }
type Told = About & { readonly before: Result | null }

/**
 * Says how a focus phase went for the acting person: the check-in of a break. It is a sign that they are there, so what waited for one
 * is counted first. "Done" completes the aim and ticks its line; saying something else later takes that back.
 * @throws Refusal `conflict` where no such phase is over
 */
export async function debrief(tx: Tx, room: RoomId, asked: string | undefined, result: Result): Promise<Debrief> {
  const person = actingPerson(tx)
  await sign(tx, person)
  const phase = await phaseAsked(tx, room, asked)
  if (phase === null) throw new Refusal('conflict', 'timer.stale')
  // Credit that is written at the same moment either is seen here, or sees what was told.
  await tx.db.selectFrom('phase').select('id').where('id', '=', phase).forNoKeyUpdate().execute()
  const counted = await countedOf(tx, phase, person)
  const about = await tell(tx, counted === 'undecided' ? 'phase_aim' : 'session_history', phase, person, result)
  if (result === 'done') await complete(tx, room, person, about)
  else if (about.before === 'done') await takeUpAgain(tx, room, phase, person, about)
  return { phase, counted, aim: about.aim }
}

/**
 * Keeps the result with the session, or with what waits to become one. Gives what that was for, and what was said `before`: nothing
 * where nothing was counted, since what the seat is for was chosen for the focus to come.
 */
async function tell(tx: Tx, table: 'session_history' | 'phase_aim', phase: PhaseId, person: PersonId, result: Result): Promise<Told> {
  const { rows } = await sql<Told>`
    update ${sql.table(table)} set result = ${result} where phase_id = ${phase}::uuid and user_id = ${person}::uuid
    returning aim, subject, old.result as before`.execute(tx.db)
  return rows[0] ?? { aim: null, subject: null, before: null }
}

/** The line that says the aim is ticked, and the seat has no aim any more; another aim chosen meanwhile stays. */
async function complete(tx: Tx, room: RoomId, person: PersonId, { aim, subject }: About): Promise<void> {
  if (aim === null) return
  const line = await openLineSaying(tx, person, { text: aim, subject })
  if (line !== null) await tick(tx, line.id)
  await tx.db
    .updateTable('participant')
    .set({ aim: null, subject: null, todo_id: null })
    .where('room_id', '=', room)
    .where('user_id', '=', person)
    .where('left_at', 'is', null)
    .where('aim', '=', aim)
    .execute()
}

/** It was not done after all: its line opens again, and it is the aim again where no other was chosen. */
async function takeUpAgain(tx: Tx, room: RoomId, phase: PhaseId, person: PersonId, { aim, subject }: About): Promise<void> {
  if (aim === null) return
  const line = await tx.db
    .updateTable('todo')
    .set({ done_at: null })
    .where('user_id', '=', person)
    .where('text', '=', aim)
    .where(sql<boolean>`subject is not distinct from ${subject}::text`)
    .where('done_at', '>=', (e) => e.selectFrom('phase').select('ended_at').where('id', '=', phase))
    .returning('id')
    .executeTakeFirst()
  await tx.db
    .updateTable('participant')
    .set({ aim, subject, todo_id: line?.id ?? null })
    .where('room_id', '=', room)
    .where('user_id', '=', person)
    .where('left_at', 'is', null)
    .where('aim', 'is', null)
    .execute()
}
