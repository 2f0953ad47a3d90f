import { sql } from 'kysely'
import type { Tx } from '../../kernel/context.ts'
import type { RoomId } from '../../kernel/ids.ts'
import { type Newcomer, seatNewcomers } from '../rooms/newcomer.actions.ts'
import { presentInEach } from '../rooms/seat.actions.ts'
import { type Locked, momentIn } from '../timers/lock.actions.ts'
import { introduceMembers } from '../workspaces/workspace.actions.ts'
import type { Step } from './step.ts'
import { seatKey, wentOutInside } from './voice.queries.ts'

/**
 * Seats those who were seen in the channel of one open public room, sit nowhere, and find a seat: most of whoever comes or is found
 * there after a start, in a constant number of statements. The caller holds the locks of the people and of the rooms.
 * @returns whom it left: they have to be looked at one by one
 */
export async function enterTogether(tx: Tx, steps: readonly Step[], held: readonly Locked[]): Promise<readonly Step[]> {
  const byRoom = new Map(held.map((locked) => [locked.room.id, locked]))
  const plain = steps.flatMap((step) => {
    const [room, ...others] = step.seen.rooms
    const locked = room === undefined || others.length > 0 ? undefined : byRoom.get(room)
    const isPlain = step.room?.sits === null && step.room.isFree
    return isPlain && locked?.room.is_active === true && !locked.room.is_private ? [{ step, locked }] : []
  })
  if (plain.length === 0) return steps
  const rooms = [...new Set(plain.map(({ locked }) => locked.room.id))]
  const [counts, banned] = [await presentInEach(tx, rooms), await bansIn(tx, rooms)]
  const out = await wentOutInside(
    tx,
    plain.flatMap(({ step: { seen }, locked }) => {
      const { channel, entered } = seen.sighting
      return entered || channel === null ? [] : [{ person: seen.person, room: locked.room.id, channel: channel.id }]
    }),
  )
  const taken = new Map(counts)
  const seated: { step: Step; newcomer: Newcomer; locked: Locked }[] = []
  for (const { step, locked } of plain) {
    const { id: room, max_participants: seats } = locked.room
    const { person, workspace, sighting } = step.seen
    const count = taken.get(room) ?? 0
    const isTwice = seated.some(({ newcomer }) => newcomer.person === person)
    const key = seatKey({ person, room })
    if (count >= seats || isTwice || sighting.channel === null || banned.has(key) || out.has(key)) continue
    taken.set(room, count + 1)
    const seen = { evidence: 'voice', workspace, channel: sighting.channel.id } as const
    seated.push({ step, locked, newcomer: { person, room, seen, at: momentIn({ ...tx, now: sighting.at }, [locked]) } })
  }
  await introduceMembers(
    tx,
    seated.map(({ step: { seen } }) => seen),
  )
  await seatNewcomers(
    tx,
    seated.map(({ newcomer }) => newcomer),
    [...new Set(seated.map(({ locked }) => locked))].filter(({ room }) => !counts.has(room.id)),
  )
  const done = new Set(seated.map(({ step }) => step))
  return steps.filter((step) => !done.has(step))
}

async function bansIn(tx: Tx, rooms: readonly RoomId[]): Promise<ReadonlySet<string>> {
  const bans = await tx.db
    .selectFrom('room_ban')
    .select(['room_id', 'user_id'])
    .where(sql<boolean>`room_id = any(${rooms as RoomId[]}::uuid[])`)
    .execute()
  return new Set(bans.map(({ room_id: room, user_id: person }) => seatKey({ person, room })))
}
