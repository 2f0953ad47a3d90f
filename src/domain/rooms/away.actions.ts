import { type NotNull, sql } from 'kysely'
import { emit } from '../../events/emit.ts'
import { after, hours, seconds } from '../../kernel/clock.ts'
import type { Ctx, Tx } from '../../kernel/context.ts'
import type { PersonId, PresenceId, RoomId } from '../../kernel/ids.ts'
import type { Portion } from '../../kernel/portion.ts'
import { goOn } from '../presence/presence.actions.ts'
import { awaySeconds, silentBreaks } from '../presence/presence.ts'
import { momentIn } from '../timers/lock.actions.ts'
import { lockSeats, vacate } from './seat.actions.ts'

/** A timer that stands still for this long counts as a break that nobody answers. */
const longestRestHours = 1

/** So many leave at once: few enough that nobody waits long for the locks of their rooms. */
const batch = 100

/**
 * People who went away and did not come back within a minute left when they went: whoever left the voice channel leaves the room,
 * whoever left a huddle or a page stays and is asked from then on.
 */
export async function settleAway(tx: Tx, { skip, most }: Portion): Promise<number> {
  const away = tx.db
    .selectFrom('presence_interval')
    .select(['id', 'user_id as person', 'room_id as room', 'workspace_id as workspace', 'evidence', 'away_since as at'])
    .where('away_since', '<=', after(tx.now, -seconds(awaySeconds)))
    .where('ended_at', 'is', null)
    .where('room_id', 'is not', null)
    .orderBy('away_since')
    .orderBy('id')
    .$narrowType<{ room: NotNull; at: NotNull }>()
  const gone = await away.offset(skip).limit(Math.min(batch, most)).execute()
  if (gone.length === 0) return 0
  await lockSeats(tx, gone)
  const ids = gone.map(({ id }) => id)
  const still = await away.where(sql<boolean>`id = any(${ids}::uuid[])`).execute()
  const [voice, others] = [still.filter(({ evidence }) => evidence === 'voice'), still.filter(({ evidence }) => evidence !== 'voice')]
  await vacate(tx, voice, 'voice')
  await goOn(
    tx,
    others.map((one) => ({ ...one, evidence: 'check-in' })),
    'others',
  )
  return gone.length
}

type Silent = { readonly presence: PresenceId; readonly person: PersonId; readonly room: RoomId }

/** People who check in and were silent for two breaks, or since the timer stopped. */
const lapsing = sql`
  select i.id as presence, i.user_id as person, i.room_id as room, i.silent_breaks, t.updated_at from presence_interval i join timer t on t.room_id = i.room_id
  where i.ended_at is null and i.last_sign_at is not null and (i.silent_breaks = ${silentBreaks} or (t.status <> 'running' and i.last_sign_at < t.updated_at))`

/** When the next of them has to leave. */
export async function nextSilent(ctx: Ctx): Promise<Date | null> {
  const { rows } = await sql<{ due: Date | null }>`
    select min(case when silent_breaks = ${silentBreaks} then ${ctx.now}::timestamptz else updated_at + make_interval(hours => ${longestRestHours}) end) as due
    from (${lapsing}) i`.execute(ctx.db)
  return rows[0]?.due ?? null
}

/**
 * People who gave no sign in two breaks, or for an hour in which the timer stood still, leave: their presence ended at the last sign,
 * and they are told so.
 */
export async function dismissSilent(tx: Tx, { skip, most }: Portion): Promise<number> {
  const due = sql`${lapsing} and (i.silent_breaks = ${silentBreaks} or t.updated_at <= ${after(tx.now, -hours(longestRestHours))}::timestamptz)`
  const silent = sql<Silent>`${due} order by i.id offset ${skip} limit ${Math.min(batch, most)}`
  const { rows: found } = await silent.execute(tx.db)
  if (found.length === 0) return 0
  const locked = await lockSeats(tx, found)
  const { rows: still } = await sql<Silent>`${due} and i.id = any(${found.map(({ presence }) => presence)}::uuid[])`.execute(tx.db)
  const presences = new Map(still.map(({ presence, person, room }) => [`${person} ${room}`, presence]))
  await sql`update presence_interval set silent_breaks = ${silentBreaks} where id = any(${[...presences.values()]}::uuid[])`.execute(tx.db)
  const leaving = still.map(({ person, room }) => ({
    person,
    room,
    at: momentIn(
      tx,
      locked.filter((one) => one.room.id === room),
    ),
  }))
  const told = (await vacate(tx, leaving, 'silent')).flatMap(({ person, room }) => {
    const presence = presences.get(`${person} ${room}`)
    return presence === undefined ? [] : [{ type: 'presence.lapsed', room: null, by: null, person, presence, in: room } as const]
  })
  await emit(tx, ...told)
  return found.length
}
