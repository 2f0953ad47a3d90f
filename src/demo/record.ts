import { sql } from 'kysely'
import { rows } from '../db/rows.ts'
import type { Move } from '../domain/timers/course.ts'
import { move } from '../domain/timers/move.actions.ts'
import { emit } from '../events/emit.ts'
import type { Event } from '../events/event.ts'
import type { Tx } from '../kernel/context.ts'
import type { Built } from './rooms.ts'
import type { Sitting } from './sittings.ts'

/** What happened in some rooms over some time. */
export type Chapter = { readonly built: readonly Built[]; readonly sittings: readonly Sitting[]; readonly moves: readonly Move[] }

/** Writes a chapter down as the product would have: who was where, then every step of the timers with what it credits, and the events. */
export async function record(tx: Tx, { built, sittings, moves }: Chapter): Promise<void> {
  if (sittings.length > 0) {
    const columns = { room: 'uuid', person: 'uuid', from: 'timestamptz', to: 'timestamptz' }
    const quoted = Object.fromEntries(Object.entries(columns).map(([name, type]) => [`"${name}"`, type]))
    await sql`insert into participant (room_id, user_id, joined_at, left_at)
      select x.room, x.person, x."from", x."to" from ${rows(sittings, 'x', quoted)} order by x."from"`.execute(tx.db)
    await sql`insert into presence_interval (room_id, user_id, evidence, started_at, ended_at)
      select x.room, x.person, 'joined', x."from", x."to" from ${rows(sittings, 'x', quoted)} order by x."from"`.execute(tx.db)
  }
  await emit(tx, ...built.flatMap(opened), ...sittings.map(joined))
  await move(tx, moves)
  await emit(tx, ...sittings.flatMap(left), ...built.flatMap(closed))
}

const opened = ({ plot, room }: Built): readonly Event[] =>
  plot.owner === null ? [] : [{ type: 'room.opened', room: room.id, by: plot.owner }]

const joined = ({ room, person }: Sitting): Event => ({ type: 'room.joined', room, by: person, person })

const left = ({ room, person, to }: Sitting): readonly Event[] =>
  to === null ? [] : [{ type: 'room.left', room, by: person, person, how: 'left' }]

const closed = ({ plot, room }: Built): readonly Event[] =>
  plot.closed === null ? [] : [{ type: 'room.closed', room: room.id, by: plot.owner, why: 'asked' }]
