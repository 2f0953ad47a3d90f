import { sql } from 'kysely'
import { minutes } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/context.ts'
import { huddleOf } from './huddle.queries.ts'
import { appear, stepAway } from './presence.actions.ts'

/**
 * What Slack says of one account. `toldAt` is Slack's own time of it: an older word that comes late changes nothing; null for an answer
 * to our question, which is always the newest.
 */
export type ToldHuddle = { readonly externalId: string; readonly inHuddle: boolean; readonly toldAt: Date | null }

/** A word of Slack that is older than this, or from our future, is taken for one of now: clocks differ. */
const oldestWordMilliseconds = minutes(10)

/**
 * Somebody joined a huddle or left it. A huddle names no channel, so it proves presence in the room that its person has joined, and
 * nowhere else. Of somebody whom we never met nothing is kept.
 */
export async function seeHuddle(tx: Tx, { externalId, inHuddle, toldAt }: ToldHuddle, when: Date = momentOf(tx, toldAt)): Promise<void> {
  const seen = await tx.db
    .updateTable('identity')
    .set({
      huddle_since: inHuddle ? sql<Date>`coalesce(huddle_since, ${when}::timestamptz)` : null,
      ...(toldAt === null ? {} : { huddle_told_at: toldAt }),
    })
    .where('platform', '=', 'slack')
    .where('external_id', '=', externalId)
    .$if(toldAt !== null, (query) => query.where((e) => e.or([e('huddle_told_at', 'is', null), e('huddle_told_at', '<', toldAt)])))
    .returning('user_id')
    .executeTakeFirst()
  if (seen === undefined) return
  const person = seen.user_id
  const seat = await tx.db
    .selectFrom('participant')
    .select('room_id')
    .where('user_id', '=', person)
    .where('left_at', 'is', null)
    .executeTakeFirst()
  if (seat === undefined) return
  const at = { person, room: seat.room_id }
  const workspace = await huddleOf(tx, person)
  if (workspace === null) await stepAway(tx, at, 'huddle', when)
  else await appear(tx, { ...at, evidence: 'huddle', workspace }, when)
}

/** When it happened: as Slack says, where that can be. */
function momentOf(tx: Tx, toldAt: Date | null): Date {
  const age = toldAt === null ? 0 : tx.now.getTime() - toldAt.getTime()
  return toldAt !== null && age >= 0 && age <= oldestWordMilliseconds ? toldAt : tx.now
}
