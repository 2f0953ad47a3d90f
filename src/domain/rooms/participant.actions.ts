import { emit } from '../../events/emit.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, RoomId, WorkspaceId } from '../../kernel/ids.ts'
import { Refusal, type WayOut } from '../../kernel/refusal.ts'
import { lockPresence } from '../people/lock.actions.ts'
import { meet } from '../people/person.actions.ts'
import { personWith } from '../people/person.queries.ts'
import { huddleOf } from '../presence/huddle.queries.ts'
import { appear, type Seen } from '../presence/presence.actions.ts'
import { lockRooms, momentIn } from '../timers/lock.actions.ts'
import { introduceMember } from '../workspaces/workspace.actions.ts'
import { seatNewcomers } from './newcomer.actions.ts'
import type { RoomView } from './room.queries.ts'
import { canHost } from './room.ts'
import { leaveSeats, presentIn } from './seat.actions.ts'

/** What joining did: `left` names the room that the person was in before; `unseen`: they have a seat, and earn from entering the voice channel. */
export type Joined = { readonly left: string | null; readonly already: boolean; readonly unseen?: true }

/**
 * How the acting person is seen who presses Join: by voice where they sit in the room's voice channel; not yet in a voice room of
 * Discord while they sit elsewhere, unless they choose to be asked instead; by huddle; else by checking in.
 */
export async function seenOnJoining(tx: Tx, room: RoomId, withoutVoice = false): Promise<Seen | null> {
  if (tx.actor === 'clock') throw new Error('only a person presses Join')
  const { workspace } = tx.actor
  if (tx.place?.platform === 'discord') {
    const voices = await tx.db
      .selectFrom('room_binding')
      .select('voice_channel')
      .where('room_id', '=', room)
      .where('workspace_id', '=', workspace)
      .where('voice_channel', 'is not', null)
      .execute()
    const { voice } = tx.place
    if (voice !== undefined && voices.some(({ voice_channel }) => voice_channel === voice))
      return { evidence: 'voice', workspace, channel: voice }
    if (voices.length > 0 && !withoutVoice) return null
  }
  const huddle = await huddleOf(tx, tx.actor.person)
  return huddle === null ? { evidence: 'check-in', workspace } : { evidence: 'huddle', workspace: huddle }
}

/**
 * The acting person enters a room and leaves the one they were in: one room at a time.
 * @throws Refusal `forbidden` for the banned, `conflict` when it is full or closed
 */
export async function joinRoom(tx: Tx, view: RoomView, withoutVoice = false): Promise<Joined> {
  const { room, standing } = view
  const seen = await seenOnJoining(tx, room.id, withoutVoice)
  const joined = await enter(tx, room.id, standing.person, seen)
  if (joined.already && seen !== null) await appear(tx, { person: standing.person, room: room.id, ...seen })
  // Asked with the room's lock in hand: of a ban and a join at once, the ban holds.
  if (!canHost(standing) && (await isKeptOut(tx, room.id, standing.person))) {
    throw new Refusal('forbidden', 'room.join.banned', { room: room.room_name })
  }
  return joined
}

export async function isKeptOut(tx: Tx, room: RoomId, person: PersonId): Promise<boolean> {
  const ban = await tx.db
    .selectFrom('room_ban')
    .select('user_id')
    .where('room_id', '=', room)
    .where('user_id', '=', person)
    .executeTakeFirst()
  return ban !== undefined
}

/** There is no seat left. The way out leads to other rooms where no other is named. */
export const full = (
  count: number,
  max: number,
  wayOut: WayOut = { label: 'room.show-list', press: { command: 'room list', args: {} } },
): Refusal => new Refusal('conflict', 'room.full', { count, max }, wayOut)

/**
 * Puts a person into a room without asking permission: for joining, and for those whom a host or their voice channel brings along.
 * Without a way to be seen they have a seat and earn nothing yet. What they did by themselves ends, and counts.
 */
export async function enter(tx: Tx, room: RoomId, person: PersonId, seen: Seen | null): Promise<Joined> {
  await lockPresence(tx, person)
  const current = await tx.db
    .selectFrom('participant')
    .select('room_id')
    .where('user_id', '=', person)
    .where('left_at', 'is', null)
    .executeTakeFirst()
  if (current?.room_id === room) return { left: null, already: true }
  const locked = await lockRooms(tx, current === undefined ? [room] : [room, current.room_id])
  const target = locked.find((one) => one.room.id === room)
  if (target === undefined || !target.room.is_active) throw new Refusal('conflict', 'room.closed.already')
  const count = await presentIn(tx, room)
  const max = target.room.max_participants
  if (count >= max) throw full(count, max)
  const at = momentIn(tx, locked)
  const before = locked.find((one) => one.room.id === current?.room_id && one.room.is_active)
  if (before !== undefined) {
    await leaveSeats(tx, [{ room: before.room.id, person, at }], 'sign')
    await emit(tx, { type: 'room.left', room: before.room.id, by: person, person, how: 'moved' })
  }
  await seatNewcomers(tx, [{ person, room, seen, at }], count === 0 ? [target] : [])
  return { left: before?.room.room_name ?? null, already: false, ...(seen === null ? { unseen: true } : {}) }
}

/** Who sits in the voice channel with the acting person; those never seen before are met. */
export async function companyHere(tx: Tx): Promise<readonly PersonId[]> {
  const { platform, company = [] } = tx.place ?? { platform: 'web' as const }
  if (platform === 'web') return []
  const people: PersonId[] = []
  for (const account of company) {
    const sighting = { platform, ...account, locale: null, timezone: null }
    people.push((await personWith(tx, platform, account.externalId)) ?? (await meet(tx, sighting)))
  }
  return people
}

/** The company of the maker of a room comes along, while there are seats: those in no room yet. */
export async function bringCompany(tx: Tx, room: RoomId, workspace: WorkspaceId, company: readonly PersonId[]): Promise<void> {
  const { max_participants: seats } = await tx.db
    .selectFrom('room')
    .select('max_participants')
    .where('id', '=', room)
    .executeTakeFirstOrThrow()
  const voice = tx.place?.voice
  for (const person of company) {
    if ((await presentIn(tx, room)) >= seats) return
    const elsewhere = await tx.db
      .selectFrom('participant')
      .select('id')
      .where('user_id', '=', person)
      .where('left_at', 'is', null)
      .executeTakeFirst()
    if (elsewhere !== undefined) continue
    await introduceMember(tx, workspace, person)
    await enter(tx, room, person, { evidence: 'voice', workspace, ...(voice === undefined ? {} : { channel: voice }) })
  }
}
