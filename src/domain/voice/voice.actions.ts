import { sql } from 'kysely'
import { rows } from '../../db/rows.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, PresenceId, WorkspaceId } from '../../kernel/ids.ts'
import { lockPresence } from '../people/lock.actions.ts'
import { appear } from '../presence/presence.actions.ts'
import { endLeftVoiceTimeOf, openVoiceTime } from '../presence/voice-time.actions.ts'
import { vacate } from '../rooms/seat.actions.ts'
import { creditedUntil } from '../sessions/earned.queries.ts'
import { creditWaiting } from '../sessions/session.actions.ts'
import { lockRooms } from '../timers/lock.actions.ts'
import { enterTogether } from './crowd.actions.ts'
import { keepDetails } from './details.actions.ts'
import { enterByVoice } from './entry.actions.ts'
import { askForMutes } from './mute.actions.ts'
import { recognize, type Seen } from './people.actions.ts'
import { isOver, type Step, stepOf } from './step.ts'
import { openPresences, seatsOf } from './voice.queries.ts'
import type { VoiceSighting } from './voice.ts'

/**
 * Writes down where people sit in voice, each account once: what differs from the ledger is opened, goes on, or is marked as left a
 * moment ago. What is the same changes nothing, so that a sighting may come twice. People are locked in one order, then their rooms
 * in one order.
 */
export async function seeVoice(tx: Tx, sightings: readonly VoiceSighting[]): Promise<void> {
  const seen = await recognize(tx, sightings)
  const found = (await compare(tx, seen)).map(({ seen: one }) => one)
  if (found.length > 0) await lockPeople(tx, found)
  // Anew with the locks in hand: meanwhile somebody may have opened a room in the channel where they sit.
  const changed = await recognize(
    tx,
    found.map(({ sighting }) => sighting),
  )
  if (changed.length > 0) {
    await endOld(tx, changed)
    await take(tx, await compare(tx, changed))
  }
  await keepDetails(tx, seen)
  // Whoever comes into a channel where nothing counts may still be muted by us.
  await askForMutes(tx, [...new Set([...changed, ...seen.filter(({ sighting }) => sighting.entered)])])
}

/** What each sighting changes; those that change nothing are not among them. */
async function compare(tx: Tx, seen: readonly Seen[]): Promise<readonly Step[]> {
  const people = [...new Set(seen.map(({ person }) => person))]
  if (people.length === 0) return []
  const open = Map.groupBy(await openPresences(tx, people), ({ person }) => person)
  const seats = Map.groupBy(await seatsOf(tx, people), ({ person }) => person)
  return seen.flatMap((one) => stepOf(one, open.get(one.person) ?? [], seats.get(one.person) ?? []) ?? [])
}

async function lockPeople(tx: Tx, seen: readonly Seen[]): Promise<void> {
  const people = [...new Set(seen.map(({ person }) => person))]
  await lockPresence(tx, ...people)
  await sql`select id from presence_interval
    where user_id = any(${people as PersonId[]}::uuid[]) and solo_id is not null and ended_at is null order by id for update`.execute(tx.db)
}

/** Whoever comes back after a minute or more had left when they left, also where the clockwork did not get to it. */
async function endOld(tx: Tx, seen: readonly Seen[]): Promise<void> {
  const open = await openPresences(
    tx,
    seen.map(({ person }) => person),
  )
  const over = open.filter((row) => seen.some(({ person, sighting }) => person === row.person && isOver(row, sighting.at)))
  if (over.length === 0) return
  await vacate(
    tx,
    over.flatMap(({ person, room, away: at }) => (room === null || at === null ? [] : [{ person, room, at }])),
    'voice',
  )
  await endLeftVoiceTimeOf(
    tx,
    over.flatMap(({ id, solo }) => (solo === null ? [] : [id])),
  )
}

async function take(tx: Tx, steps: readonly Step[]): Promise<void> {
  const held = await lockRooms(tx, [...new Set(steps.flatMap(({ rooms }) => rooms))])
  await leave(
    tx,
    steps.flatMap(({ left }) => left),
  )
  const back = await stay(
    tx,
    steps.flatMap(({ kept }) => kept ?? []),
  )
  await creditWaiting(tx, back)
  await openVoiceTime(
    tx,
    steps.flatMap(({ time }) => time ?? []),
  )
  if (held.length > 0) for (const step of await enterTogether(tx, steps, held)) await takeSeat(tx, step)
}

/**
 * Back within a minute, it never happened; else the clockwork ends it at this moment, but never before what is credited already: a
 * connection may have been away for some seconds before anybody noticed.
 */
async function leave(tx: Tx, left: Step['left']): Promise<void> {
  if (left.length === 0) return
  await sql`update presence_interval i set away_since = greatest(${creditedUntil('i')}, x.at)
    from ${rows(left, 'x', { id: 'uuid', at: 'timestamptz' })} where i.id = x.id and i.ended_at is null`.execute(tx.db)
}

/** @returns who came back: credit may have waited for it */
async function stay(tx: Tx, kept: readonly { id: PresenceId; channel: string; workspace: WorkspaceId }[]): Promise<readonly PersonId[]> {
  if (kept.length === 0) return []
  const { rows: back } = await sql<{ person: PersonId }>`
    update presence_interval i set away_since = null, channel = x.channel, workspace_id = x.workspace
    from ${rows(kept, 'x', { id: 'uuid', channel: 'text', workspace: 'uuid' })} where i.id = x.id and i.ended_at is null
    returning i.user_id as person`.execute(tx.db)
  return [...new Set(back.map(({ person }) => person))]
}

/** Who is in the room already is proven there by voice from now on; who is not comes in, as far as the room lets them. */
async function takeSeat(tx: Tx, { seen, room }: Step): Promise<void> {
  const { person, workspace, rooms: candidates, sighting } = seen
  const { channel, at, entered } = sighting
  if (room === undefined || channel === null) return
  const by = { ...tx, now: at, actor: { person, workspace } }
  const sight = { evidence: 'voice', workspace, channel: channel.id } as const
  if (room.sits !== null) await appear(by, { person, room: room.sits, ...sight }, at)
  else await enterByVoice(by, candidates, sight, entered)
}
