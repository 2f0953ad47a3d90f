import { sql } from 'kysely'
import { rows } from '../db/rows.ts'
import { countTowards } from '../domain/achievements/achievement.actions.ts'
import type { Seen } from '../domain/presence/presence.actions.ts'
import type { Move } from '../domain/timers/course.ts'
import { move } from '../domain/timers/move.actions.ts'
import { emit } from '../events/emit.ts'
import type { Event } from '../events/event.ts'
import { after, minutes } from '../kernel/clock.ts'
import type { Tx } from '../kernel/context.ts'
import type { OutageId, PersonId, RoomId } from '../kernel/ids.ts'
import { type Outage, spans } from './outage.ts'
import type { Built } from './rooms.ts'
import type { Sitting } from './sittings.ts'

/** What happened in some rooms over some time. */
export type Chapter = {
  readonly built: readonly Built[]
  readonly sittings: readonly Sitting[]
  readonly moves: readonly Move[]
  /** It ended what was seen before it; null: nobody was missed. */
  readonly outage?: Outage | null
}

/** Writes a chapter down as the product would have: who was where, then every step of the timers with what it credits, and the events. */
export async function record(tx: Tx, { built, sittings, moves, outage = null }: Chapter): Promise<void> {
  if (sittings.length > 0) {
    const seats = sittings.map(({ room, person, from, to, aim }) => ({ room, person, from, to, aim: aim?.text, subject: aim?.subject }))
    await sql`insert into participant (room_id, user_id, joined_at, left_at, aim, subject)
      select x.room, x.person, x."from", x."to", x.aim, x.subject from ${rows(seats, 'x', seatColumns)} order by x."from"`.execute(tx.db)
    const presences = sittings.flatMap((sitting) => presencesOf(sitting, outage, tx.now))
    await sql`insert into presence_interval (room_id, user_id, workspace_id, channel, evidence, started_at, ended_at, last_sign_at, outage_id)
      select x.room, x.person, x.workspace, x.channel, x.evidence, x."from", x."to", x.sign, x.outage
      from ${rows(presences, 'x', presenceColumns)} order by x."from"`.execute(tx.db)
  }
  const owners = built.flatMap(({ plot: { owner } }) => owner ?? [])
  await countTowards(tx, 'rooms', owners)
  await emit(tx, ...built.flatMap(opened), ...sittings.map(joined))
  await move(tx, moves)
  await emit(tx, ...sittings.flatMap(left), ...built.flatMap(closed))
}

type Presence = Seen & {
  readonly room: RoomId
  readonly person: PersonId
  readonly from: Date
  readonly to: Date | null
  /** The last press of one who checks in. */
  readonly sign: Date | null
  readonly outage: OutageId | null
}

/** How lately those who check in pressed something, where they are still there. */
const signMinutes = 8

/** One presence for each sitting, and two where an outage lies in it: it ended the first, and the second began when all was seen again. */
function presencesOf(sitting: Sitting, outage: Outage | null, now: Date): readonly Presence[] {
  const { room, person, from, to, seen } = sitting
  const lately = after(now, -minutes(signMinutes))
  const presence = (from: Date, to: Date | null, outage: OutageId | null): Presence => {
    const sign = to ?? (from > lately ? from : lately)
    return { ...seen, room, person, from, to, sign: seen.evidence === 'check-in' ? sign : null, outage }
  }
  if (outage === null || !spans(outage, sitting)) return [presence(from, to, null)]
  return [presence(from, outage.from, outage.ids[sitting.platform]), presence(outage.to, to, null)]
}

const seatColumns = { room: 'uuid', person: 'uuid', '"from"': 'timestamptz', '"to"': 'timestamptz', aim: 'text', subject: 'text' }

const presenceColumns = {
  room: 'uuid',
  person: 'uuid',
  workspace: 'uuid',
  channel: 'text',
  evidence: 'text',
  '"from"': 'timestamptz',
  '"to"': 'timestamptz',
  sign: 'timestamptz',
  outage: 'uuid',
}

const opened = ({ plot, room }: Built): readonly Event[] =>
  plot.owner === null ? [] : [{ type: 'room.opened', room: room.id, by: plot.owner }]

const joined = ({ room, person }: Sitting): Event => ({ type: 'room.joined', room, by: person, person })

const left = ({ room, person, to }: Sitting): readonly Event[] =>
  to === null ? [] : [{ type: 'room.left', room, by: person, person, how: 'left' }]

const closed = ({ plot, room }: Built): readonly Event[] =>
  plot.closed === null ? [] : [{ type: 'room.closed', room: room.id, by: plot.owner, why: 'asked' }]
