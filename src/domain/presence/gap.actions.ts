import { sql } from 'kysely'
import { rows } from '../../db/rows.ts'
import { emit } from '../../events/emit.ts'
import type { Event } from '../../events/event.ts'
import type { Tx } from '../../kernel/context.ts'
import type { GapId, OutageId, PersonId, PresenceId, RoomId, SessionId, WorkspaceId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { lockPresence } from '../people/lock.actions.ts'
import { actingPerson } from '../people/person.queries.ts'
import type { RoomView } from '../rooms/room.queries.ts'
import { recordSessions, type Told } from '../sessions/session.actions.ts'
import { isAtLeast } from '../workspaces/workspace.ts'
import { focusMissed, lapsedOf } from './gap.queries.ts'
import { bridgedMinutes, longestGapMinutes } from './presence.ts'

type SeenAgain = { readonly person: PersonId; readonly room: RoomId; readonly at: Date }

/**
 * Asks those who are seen again in a room where a long outage ended their presence about the time between, once per outage.
 */
export async function offerGaps(tx: Tx, seen: readonly SeenAgain[]): Promise<void> {
  const list = seen.map(({ person, room, at }) => ({ person, room, at }))
  const { rows: asked } = await sql<{ id: GapId; outage: OutageId; person: PersonId; room: RoomId; alone: boolean }>`
    insert into outage_gap (outage_id, user_id, room_id, missed)
    select i.outage_id, i.user_id, i.room_id, tstzrange(i.ended_at, x.at)
    from ${rows(list, 'x', { person: 'uuid', room: 'uuid', at: 'timestamptz' })}
    cross join lateral (select * from presence_interval l where l.user_id = x.person and l.room_id = x.room and l.started_at < x.at
      and l.ended_at is not null order by l.started_at desc, l.id desc limit 1) i
    join outage o on o.id = i.outage_id
    where i.ended_at < x.at and coalesce(o.ended_at, 'infinity') > x.at - make_interval(mins => ${bridgedMinutes})
    on conflict (outage_id, user_id) do nothing
    returning id, outage_id as outage, user_id as person, room_id as room,
      not exists (select from outage_gap g where g.outage_id = outage_gap.outage_id and g.room_id = outage_gap.room_id) as alone`.execute(
    tx.db,
  )
  const rooms = new Map(asked.filter(({ alone }) => alone).map(({ room, outage }) => [`${room} ${outage}`, { room, outage }]))
  await emit(
    tx,
    ...asked.map(({ id: gap, person, room }): Event => ({ type: 'outage.gap', room: null, by: null, person, gap, in: room })),
    ...[...rooms.values()].map(({ room, outage }): Event => ({ type: 'room.gaps', room, by: null, outage })),
  )
}

type Ran = {
  readonly person: PersonId
  readonly room: RoomId
  readonly earned: string
  readonly from: Date
  readonly to: Date
  readonly name: string
  readonly workspace: WorkspaceId
}

/** The focus that ran in open gaps, at most three hours each, without what these people earned elsewhere meanwhile. */
async function claim(tx: Tx, where: ReturnType<typeof sql<boolean>>): Promise<readonly SessionId[]> {
  const by = actingPerson(tx)
  const { rows } = await sql<Ran & { id: GapId }>`
    with gap as (
      update outage_gap g set answered_by = ${by}::uuid, answered_at = ${tx.now}::timestamptz
      where answered_at is null and ${where} returning *
    ), ran as (
      select g.id, g.user_id, g.room_id, ${focusMissed('g', sql`tstzrange(lower(g.missed), least(upper(g.missed), lower(g.missed) + make_interval(mins => ${longestGapMinutes})))`, tx.now)} as earned
      from gap g
    )
    select ran.id, ran.user_id as person, ran.room_id as room, ran.earned::text as earned, lower(ran.earned) as "from", upper(ran.earned) as "to",
      r.room_name as name, r.workspace_id as workspace
    from ran join room r on r.id = ran.room_id where not isempty(ran.earned)`.execute(tx.db)
  return recordSessions(
    tx,
    rows.map(({ id: gap, ...ran }) => ({ ...told(ran), gap })),
  )
}

const told = ({ name: roomName, ...ran }: Ran): Told => ({ ...ran, roomName, source: 'self-reported' })

/**
 * "I kept focusing": the acting person's own gap is credited as they say, once.
 * @throws Refusal `conflict` where it was answered already, or is none of theirs
 */
export async function keepGap(tx: Tx, gap: GapId): Promise<readonly SessionId[]> {
  const person = actingPerson(tx)
  await lockPresence(tx, person)
  const open = await tx.db
    .selectFrom('outage_gap')
    .select('id')
    .where('id', '=', gap)
    .where('user_id', '=', person)
    .where('answered_at', 'is', null)
    .executeTakeFirst()
  if (open === undefined) throw new Refusal('conflict', 'outage.gap.answered')
  return claim(tx, sql<boolean>`g.id = ${gap}::uuid`)
}

/**
 * Credits an outage to everybody in a room who was seen on both sides and has not answered.
 * @throws Refusal `forbidden` for all but moderators of the room's home
 */
export async function creditGaps(tx: Tx, outage: OutageId, { room, standing }: RoomView): Promise<readonly SessionId[]> {
  if (standing.role === null || !isAtLeast(standing.role, 'moderator')) throw new Refusal('forbidden', 'outage.credit.forbidden')
  const waiting = await tx.db
    .selectFrom('outage_gap')
    .select('user_id')
    .where('outage_id', '=', outage)
    .where('room_id', '=', room.id)
    .execute()
  await lockPresence(tx, ...waiting.map(({ user_id }) => user_id))
  const sessions = await claim(tx, sql<boolean>`g.outage_id = ${outage}::uuid and g.room_id = ${room.id}::uuid`)
  if (sessions.length > 0) {
    await emit(tx, { type: 'room.credited', room: room.id, by: actingPerson(tx), sessions, said: tx.place?.channel ?? null })
  }
  return sessions
}

/**
 * "I was here": within an hour of being taken for gone, the focus since the last sign is credited as the person says, once.
 * @throws Refusal `conflict` where the hour is over, it was said already, or it is none of theirs
 */
export async function claimSilence(tx: Tx, presence: PresenceId): Promise<readonly SessionId[]> {
  const person = actingPerson(tx)
  await lockPresence(tx, person)
  const { rows } = await sql<Ran>`
    with lapsed as (${lapsedOf(person, tx.now)} and i.id = ${presence}::uuid),
      ran as (select l.user_id, l.room_id, ${focusMissed('l', sql`l.missed`, tx.now)} as earned from lapsed l)
    select ran.user_id as person, ran.room_id as room, ran.earned::text as earned, lower(ran.earned) as "from", upper(ran.earned) as "to",
      r.room_name as name, r.workspace_id as workspace
    from ran join room r on r.id = ran.room_id where not isempty(ran.earned)`.execute(tx.db)
  if (rows.length === 0) throw new Refusal('conflict', 'presence.claim.over')
  return recordSessions(
    tx,
    rows.map((ran) => ({ ...told(ran), presence })),
  )
}
