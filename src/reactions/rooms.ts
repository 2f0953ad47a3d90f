import { sql } from 'kysely'
import type { Addressed } from '../deliveries/delivery.ts'
import { isAudible } from '../domain/workspaces/settings.queries.ts'
import type { RoomEventType, Told } from '../events/event.ts'
import type { Tx } from '../kernel/context.ts'
import type { BindingId, PersonId, RoomId } from '../kernel/ids.ts'
import type { Reaction } from './index.ts'
import { noticesTo } from './people.ts'

type Chat = Addressed['platform']
type Place = {
  readonly id: BindingId
  readonly room: RoomId
  readonly platform: Chat
  readonly voice: boolean
  readonly panel: boolean
  readonly audible: boolean
}

/** Where these rooms live in chats that still hear us; during a trial the chat hears nothing unasked. */
async function placesOf(tx: Tx, rooms: readonly RoomId[]): Promise<ReadonlyMap<RoomId, readonly Place[]>> {
  const { rows } = await sql<Place>`
    select b.id, b.room_id as room, b.platform, b.voice_channel is not null as voice, b.panel_message is not null as panel,
      ${isAudible(tx.now)} as audible
    from room_binding b join workspace w on w.id = b.workspace_id
    where b.room_id = any(${[...new Set(rooms)]}::uuid[]) and b.platform <> 'web' and w.uninstalled_at is null`.execute(tx.db)
  return Map.groupBy(rows, ({ room }) => room)
}

/** App Homes that show one of these rooms. */
async function homesOf(tx: Tx, rooms: readonly RoomId[], people: readonly PersonId[]): Promise<readonly Addressed[]> {
  const { rows } = await sql<{ user_id: PersonId }>`
    select i.user_id from identity i
    where i.platform = 'slack' and i.home_opened_at is not null and i.user_id in (
      select unnest(${people as PersonId[]}::uuid[])
      union select p.user_id from participant p where p.room_id = any(${[...new Set(rooms)]}::uuid[]) and p.left_at is null)`.execute(tx.db)
  return rows.map(({ user_id: person }) => ({ platform: 'slack', delivery: { kind: 'home', person } }))
}

/** Every live picture of the room is drawn again; where a phase changed, its panel may come down to the bottom. */
export const drawAgain =
  <T extends RoomEventType>(phaseChanged: (event: Told<T>) => boolean = () => false): Reaction<T> =>
  async (tx, events) => {
    const places = await placesOf(
      tx,
      events.map(({ room }) => room),
    )
    const people = events.flatMap((event) => ('person' in event ? [event.person as PersonId] : []))
    const panels = events.flatMap((event) =>
      (places.get(event.room) ?? [])
        .filter(({ panel }) => panel)
        .map(
          ({ id, platform, audible }): Addressed => ({
            platform,
            delivery: { kind: 'panel', binding: id, ...(audible && phaseChanged(event) ? { moved: true } : {}) },
          }),
        ),
    )
    return [
      ...panels,
      ...(await homesOf(
        tx,
        events.map(({ room }) => room),
        people,
      )),
    ]
  }

/** The workspace may speak another language now: every live panel there is drawn again. */
export const drawAgainIn: Reaction<'workspace.changed'> = async (tx, events) => {
  const found = await tx.db
    .selectFrom('room_binding as b')
    .innerJoin('room as r', 'r.id', 'b.room_id')
    .select(['b.id', 'b.platform'])
    .where(
      'b.workspace_id',
      'in',
      events.map(({ workspace }) => workspace),
    )
    .where('b.panel_message', 'is not', null)
    .where('r.is_active', '=', true)
    .execute()
  return found.flatMap(({ id, platform }): Addressed[] =>
    platform === 'web' ? [] : [{ platform, delivery: { kind: 'panel', binding: id } }],
  )
}

/** A trial that began takes the statuses of voice channels away; one that is over shows them again. */
export const voiceStatusIn: Reaction<'workspace.changed'> = async (tx, events) => {
  const found = await tx.db
    .selectFrom('room_binding as b')
    .innerJoin('room as r', 'r.id', 'b.room_id')
    .select('b.id')
    .where(
      'b.workspace_id',
      'in',
      events.map(({ workspace }) => workspace),
    )
    .where('b.platform', '=', 'discord')
    .where('b.voice_channel', 'is not', null)
    .where('r.is_active', '=', true)
    .execute()
  return found.map(({ id }): Addressed => ({ platform: 'discord', delivery: { kind: 'voice-status', binding: id } }))
}

/** Says the event at the one announcing place of each platform; also one without words ends what the last line said. */
export const say: Reaction<'timer.moved' | 'timer.voted' | 'timer.warned' | 'room.gaps'> = async (tx, events) => {
  const places = await placesOf(
    tx,
    events.map(({ room }) => room),
  )
  return events.flatMap((event) =>
    (places.get(event.room) ?? [])
      .filter(({ audible }) => audible)
      .map(({ id, platform }): Addressed => ({ platform, delivery: { kind: 'line', binding: id, event: event.id } })),
  )
}

/** The voice channel's status follows the phase, and goes where the room becomes private. */
export const leaveVoiceStatus: Reaction<'timer.moved' | 'room.edited' | 'room.closed'> = async (tx, events) => {
  const places = await placesOf(
    tx,
    events.map(({ room }) => room),
  )
  return [...places.values()]
    .flat()
    .filter(({ platform, voice, audible }) => platform === 'discord' && voice && audible)
    .map(({ id, platform }) => ({ platform, delivery: { kind: 'voice-status', binding: id } }))
}

/** Tells one person about the event, wherever they can be reached: on the chat account they used first. */
export const tellPerson =
  <T extends RoomEventType>(_type: T, whom: (event: Told<T>, room: { readonly owner: PersonId | null }) => PersonId | null): Reaction<T> =>
  async (tx, events) => {
    const rooms = await tx.db
      .selectFrom('room')
      .select(['id', 'host_id'])
      .where(
        'id',
        'in',
        events.map(({ room }) => room),
      )
      .execute()
    const owners = new Map(rooms.map(({ id, host_id }) => [id, host_id]))
    const told = events.flatMap((event) => {
      const person = whom(event, { owner: owners.get(event.room) ?? null })
      return person === null ? [] : [{ person, event: event.id }]
    })
    return noticesTo(tx, told)
  }

/** A panel whose binding is gone says so. */
export const takeDown: Reaction<'room.unbound'> = async (_tx, events) =>
  events.flatMap(({ room, place: { platform, workspace, channel, message } }): Addressed[] =>
    platform === 'web' || channel === null || message === null
      ? []
      : [{ platform, delivery: { kind: 'takedown', workspace, room, channel, message } }],
  )
