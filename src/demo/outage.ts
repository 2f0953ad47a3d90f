import { sql } from 'kysely'
import { creditGaps, keepGap } from '../domain/presence/gap.actions.ts'
import { roomView } from '../domain/rooms/room.queries.ts'
import { seeMember } from '../domain/workspaces/workspace.actions.ts'
import { after, days, hours, minutes } from '../kernel/clock.ts'
import type { Platform, Tx } from '../kernel/context.ts'
import { type GapId, newId, type OutageId, type PersonId, type RoomId } from '../kernel/ids.ts'
import type { Dice } from './dice.ts'
import type { Resident } from './people.ts'
import type { Sitting } from './sittings.ts'

/** A time in which the machine was off, so that nobody was seen on any platform. */
export type Outage = { readonly from: Date; readonly to: Date; readonly ids: Readonly<Record<Platform, OutageId>> }

const outageMinutes = 40

/** On a working day of last week, a while after the rooms of the morning have filled. */
export async function breakDown(tx: Tx, today: Date): Promise<Outage> {
  const daysAgo = [5, 6, 7].find((count) => after(today, -days(count)).getUTCDay() % 6 !== 0) ?? 7
  const from = after(today, -days(daysAgo) + hours(8) + minutes(40))
  const to = after(from, minutes(outageMinutes))
  const ids = { discord: newId<OutageId>(), slack: newId<OutageId>(), web: newId<OutageId>() }
  await tx.db
    .insertInto('outage')
    .values((['discord', 'slack', 'web'] as const).map((platform) => ({ id: ids[platform], platform, started_at: from, ended_at: to })))
    .execute()
  return { from, to, ids }
}

/** Nobody is seen to come or to go while the machine is off. */
export const seenOutside =
  ({ from, to }: Outage) =>
  (sitting: Sitting): readonly Sitting[] => {
    const within = (at: Date): boolean => from < at && at < to
    const clipped = {
      ...sitting,
      from: within(sitting.from) ? to : sitting.from,
      to: sitting.to !== null && within(sitting.to) ? from : sitting.to,
    }
    return clipped.to !== null && clipped.to <= clipped.from ? [] : [clipped]
  }

type Seat = { readonly person: PersonId; readonly room: RoomId }

/** Whether somebody sat there before and after. */
export const spans = ({ from, to }: Outage, sitting: Sitting): boolean => sitting.from < from && (sitting.to === null || sitting.to > to)

/**
 * Everybody who was seen on both sides is asked about the time between. Many say that they kept focusing, in one room a moderator
 * credits all who have not answered, and some never answer.
 */
export async function answerGaps(
  tx: Tx,
  dice: Dice,
  outage: Outage,
  seats: readonly Seat[],
  residents: readonly Resident[],
): Promise<void> {
  const gaps = seats.flatMap((seat) => {
    const one = residents.find(({ id }) => id === seat.person)
    return one === undefined ? [] : [{ id: newId<GapId>(), ...seat, one }]
  })
  if (gaps.length === 0) return
  await tx.db
    .insertInto('outage_gap')
    .values(
      gaps.map(({ id, person, room, one }) => ({
        id,
        outage_id: outage.ids[one.platform],
        user_id: person,
        room_id: room,
        missed: sql<string>`tstzrange(${outage.from}::timestamptz, ${outage.to}::timestamptz)`,
        answered_by: null,
        answered_at: null,
      })),
    )
    .execute()
  for (const { id, one } of gaps) {
    const [workspace] = one.workspaces
    if (workspace === undefined || (one.platform !== 'web' && !dice.chance(45))) continue
    await keepGap({ ...tx, actor: { person: one.id, workspace } }, id)
  }
  const moderator = residents.find(({ role, platform }) => role === 'moderator' && platform === 'discord')
  const workspace = moderator?.workspaces[0]
  if (moderator === undefined || workspace === undefined) return
  const acting = { ...tx, actor: { person: moderator.id, workspace } }
  await seeMember(acting, workspace, moderator.id, moderator.role)
  for (const room of new Set(gaps.map((gap) => gap.room))) {
    const view = await roomView(acting, room)
    if (view?.room.workspace_id === workspace) return void (await creditGaps(acting, outage.ids.discord, view))
  }
}
