import { sql } from 'kysely'
import type { Result } from '../../db/schema.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, RoomId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { actingPerson } from '../people/person.queries.ts'
import { sign } from '../presence/presence.actions.ts'
import { tick } from '../todos/todo.actions.ts'
import { openLineSaying } from '../todos/todo.queries.ts'
import { countedOf, phaseAsked, seatOf } from './debrief.queries.ts'
import type { Debrief } from './debrief.ts'

type About = { readonly aim: string | null; readonly subject: string | null }

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
  const session = await tx.db
    .selectFrom('session_history')
    .select(['id', 'aim', 'subject', 'result', 'completed_at'])
    .where('phase_id', '=', phase)
    .where('user_id', '=', person)
    .executeTakeFirst()
  const counted = await countedOf(tx, phase, person)
  // Where nothing was counted, what the seat is for was chosen for the focus to come.
  const about = session ?? (counted === 'undecided' ? await seatOf(tx, room, person) : undefined) ?? { aim: null, subject: null }
  if (session !== undefined) await tx.db.updateTable('session_history').set({ result }).where('id', '=', session.id).execute()
  if (result === 'done') await complete(tx, room, person, about)
  else if (session?.result === 'done') await takeUpAgain(tx, room, person, about, session.completed_at)
  return { phase, counted, aim: about.aim }
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
async function takeUpAgain(tx: Tx, room: RoomId, person: PersonId, { aim, subject }: About, since: Date): Promise<void> {
  if (aim === null) return
  const line = await tx.db
    .updateTable('todo')
    .set({ done_at: null })
    .where('user_id', '=', person)
    .where('text', '=', aim)
    .where(sql<boolean>`subject is not distinct from ${subject}::text`)
    .where('done_at', '>=', since)
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
