import { sql } from 'kysely'
import type { VoteDeed } from '../../db/schema.ts'
import { emit } from '../../events/emit.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PhaseId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { hostWords } from '../people/visibility.ts'
import type { RoomView, Timer } from '../rooms/room.queries.ts'
import { votesNeeded } from '../rooms/room.ts'
import type { Deed, Done, Verb } from './deed.ts'
import type { Locked } from './lock.actions.ts'

/** Counts the acting person's vote; 'moved' once more than half of those present now have voted for the deed in this phase. */
export async function vote(tx: Tx, view: RoomView, { room, timer }: Locked, deed: Deed): Promise<Done> {
  const { standing } = view
  const verb = deed.verb
  if (!standing.isPresent) throw forbidden(view, verb, null)
  const votes = room.control === 'vote' || deed.vote === true
  if (!votes || verb === 'start' || timer.phase_id === null) throw forbidden(view, verb, timer.phase_id)
  await tx.db
    .insertInto('timer_vote')
    .values({ room_id: room.id, phase_id: timer.phase_id, deed: verb, user_id: standing.person, created_at: tx.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { rows } = await sql<{ votes: number; present: number }>`
    select count(v.user_id)::int as votes, count(*)::int as present
    from participant p
    left join timer_vote v on v.phase_id = ${timer.phase_id}::uuid and v.deed = ${verb} and v.user_id = p.user_id
    where p.room_id = ${room.id}::uuid and p.left_at is null`.execute(tx.db)
  const [count] = rows
  if (count === undefined) throw new Error('a count is one row')
  const needed = votesNeeded(count.present)
  if (count.votes >= needed) return 'moved'
  await tx.db
    .updateTable('timer')
    .set((e) => ({ version: e('version', '+', 1) }))
    .where('room_id', '=', room.id)
    .execute()
  await emit(tx, { type: 'timer.voted', room: room.id, by: standing.person, deed: verb, phase: timer.phase_id })
  return { voted: count.votes, needed }
}

/** Only those who are in a room move its timer: the way out leads in. */
export const outside = ({ room }: RoomView): Refusal =>
  new Refusal(
    'forbidden',
    'timer.outside',
    { room: room.room_name },
    { label: 'room.join', press: { command: 'room join', args: { room: room.id } } },
  )

function forbidden(view: RoomView, verb: Verb, phase: PhaseId | null): Refusal {
  const { room, host, actingHost, standing } = view
  if (!standing.isPresent) return outside(view)
  const askable: VoteDeed | null = verb === 'start' || phase === null ? null : verb
  const wayOut =
    askable === null || phase === null
      ? null
      : ({ label: 'timer.vote.ask', press: { command: `timer ${askable}`, args: { room: room.id, phase, vote: 'yes' } } } as const)
  const able = actingHost ?? host
  return able === null
    ? new Refusal('forbidden', `timer.${verb}.only-moderators`, {}, wayOut)
    : new Refusal('forbidden', `timer.${verb}.only-host`, hostWords(able), wayOut)
}

/** What was asked for is done: doing it once more in this phase takes votes of its own. */
export async function spendVotes(tx: Tx, { phase_id }: Timer, verb: Verb): Promise<void> {
  if (phase_id === null || verb === 'start') return
  await tx.db.deleteFrom('timer_vote').where('phase_id', '=', phase_id).where('deed', '=', verb).execute()
}
