import { emit } from '../../events/emit.ts'
import { eventOf } from '../../events/event.queries.ts'
import type { Told } from '../../events/event.ts'
import type { Ctx, Tx } from '../../kernel/context.ts'
import { isUuid, type SessionId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { actingPerson } from '../people/person.queries.ts'
import { assertModerator } from '../workspaces/workspace.queries.ts'
import { correctSession } from './correction.actions.ts'
import { moderatorsToAsk, shownBefore } from './dispute.queries.ts'
import { recordCalled } from './record.queries.ts'

/**
 * Shows an own day of the acting person to the moderators of the workspace where they act: those seen last are told.
 * @returns how many were told
 * @throws Refusal `conflict` where nobody there is known to moderate, or the day was shown already
 */
export async function showDay(tx: Tx, day: string): Promise<number> {
  if (tx.actor === 'clock') throw new Error('only a person can do this')
  const { person: by, workspace } = tx.actor
  const moderators = await moderatorsToAsk(tx)
  if (moderators.length === 0) throw new Refusal('conflict', 'dispute.nobody')
  if (await shownBefore(tx, day)) throw new Refusal('conflict', 'dispute.shown-already')
  await emit(tx, ...moderators.map((person) => ({ type: 'day.shown', room: null, by, person, workspace, day }) as const))
  return moderators.length
}

/**
 * A day that was shown to the moderators of a workspace, for those who moderate there: the notice of it is read in direct messages.
 * @throws Refusal `forbidden` for everyone else
 */
export async function shownDay(ctx: Ctx, id: string): Promise<Told<'day.shown'>> {
  const event = isUuid(id) ? await eventOf(ctx, id) : null
  if (event?.type !== 'day.shown') throw new Refusal('forbidden', 'correction.only-moderators')
  await assertModerator(ctx, event.workspace)
  return event
}

/**
 * A moderator corrects a record of a day that its person has shown them, in their workspace, with a reason; the person is told.
 * @returns the correction
 * @throws Refusal `forbidden`, `missing` for records of elsewhere
 */
export async function correctShown(tx: Tx, shown: string, record: string, minutes: number, reason: string): Promise<string> {
  const { by: person, workspace } = await shownDay(tx, shown)
  const found = await recordCalled(tx, record)
  const isTheirs = found?.user_id === person && found.workspace_id === workspace
  if (found === null || !isTheirs) throw new Refusal('missing', 'record.missing')
  if (person === actingPerson(tx)) throw new Refusal('forbidden', 'correction.not-yourself')
  return correctSession(tx, found.id as SessionId, minutes, reason, workspace)
}
