import { actingPerson, nameOf } from '../../domain/people/person.queries.ts'
import { creditGaps, keepGap } from '../../domain/presence/gap.actions.ts'
import { newestGap, newestOutage } from '../../domain/presence/gap.queries.ts'
import { chooseRoom } from '../../domain/rooms/room.queries.ts'
import { longestOf } from '../../domain/sessions/session.queries.ts'
import { type GapId, isUuid, type OutageId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { gapCounted, gapsCredited } from '../../screens/outage.ts'
import { command } from '../command.ts'
import { roomOption } from '../room/options.ts'

/** "I kept focusing": pressed by one who was seen before and after an outage. */
export const kept = command({
  name: 'focus kept',
  summary: 'command.focus.kept.summary',
  reply: 'private',
  listed: false,
  options: { gap: { type: 'string', max: 36, hidden: true, about: 'option.gap.about' } },
  async run(tx, { gap }) {
    const asked = gap ?? (await newestGap(tx))
    if (asked === null || !isUuid(asked)) throw new Refusal('conflict', 'outage.gap.none')
    return gapCounted(await longestOf(tx, await keepGap(tx, asked as GapId)))
  },
})

/** Counts an outage for everybody in a room who was seen on both sides, in public. */
export const credit = command({
  name: 'focus credit',
  summary: 'command.focus.credit.summary',
  reply: 'public',
  listed: false,
  options: {
    room: roomOption,
    outage: { type: 'string', max: 36, hidden: true, about: 'option.outage.about' },
  },
  async run(tx, { room, outage }) {
    const view = await chooseRoom(tx, room)
    const asked = outage ?? (await newestOutage(tx, view.room.id))
    const sessions = asked !== null && isUuid(asked) ? await creditGaps(tx, asked as OutageId, view) : []
    if (sessions.length === 0) throw new Refusal('conflict', 'outage.credit.none')
    return gapsCredited(view, await nameOf(tx, actingPerson(tx)), { count: sessions.length, seconds: await longestOf(tx, sessions) })
  },
})
