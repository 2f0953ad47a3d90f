import type { Tx } from '../../kernel/context.ts'
import type { RoomId, WorkspaceId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { actingPerson } from '../people/person.queries.ts'
import { enter, isKeptOut } from '../rooms/participant.actions.ts'
import { roomView } from '../rooms/room.queries.ts'
import { canHost, canSee } from '../rooms/room.ts'
import { introduceMember } from '../workspaces/workspace.actions.ts'
import { wentOutInside } from './voice.queries.ts'

/**
 * The acting person came into a voice channel of these rooms, and joins the first that takes them in, by the rules of everybody who joins.
 * Nobody is told of a refusal: sitting in a channel asks for nothing. The caller holds the locks of the person and of the rooms.
 */
export async function enterByVoice(
  tx: Tx,
  rooms: readonly RoomId[],
  sight: { readonly evidence: 'voice'; readonly workspace: WorkspaceId; readonly channel: string },
  entered: boolean,
): Promise<void> {
  const person = actingPerson(tx)
  await introduceMember(tx, sight.workspace, person)
  if (!entered && (await choseSeat(tx))) return
  for (const room of rooms) {
    if (!entered && (await wentOutInside(tx, [{ person, room, channel: sight.channel }])).size > 0) return
    if (!(await mayEnter(tx, room))) continue
    try {
      await enter(tx, room, person, sight)
      return
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
}

/**
 * Whether they have a seat in which no voice channel saw them last: they pressed for it, and who only sits in a channel is not taken from
 * there. One whose voice presence an outage ended came by voice.
 */
async function choseSeat(tx: Tx): Promise<boolean> {
  const seat = await tx.db
    .selectFrom('participant as p')
    .leftJoin('presence_interval as i', (join) => join.onRef('i.room_id', '=', 'p.room_id').onRef('i.user_id', '=', 'p.user_id'))
    .select('i.evidence')
    .where('p.user_id', '=', actingPerson(tx))
    .where('p.left_at', 'is', null)
    .orderBy('i.started_at', (order) => order.desc().nullsLast())
    .orderBy('i.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return seat !== undefined && seat.evidence !== 'voice'
}

async function mayEnter(tx: Tx, room: RoomId): Promise<boolean> {
  const view = await roomView(tx, room)
  if (view === null || !canSee(view.standing, view.room)) return false
  return canHost(view.standing) || !(await isKeptOut(tx, room, view.standing.person))
}
