import { sql } from 'kysely'
import { rows } from '../../db/rows.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, PresenceId, RoomId, WorkspaceId } from '../../kernel/ids.ts'
import { meet } from '../people/person.actions.ts'
import { lockRooms } from '../timers/lock.actions.ts'
import { appear } from './presence.actions.ts'
import {
  accountsInside,
  type OpenPresence,
  openPresences,
  roomsInChannels,
  type Seat,
  seatsOf,
  type VoicePerson,
  type VoiceServer,
  voicePeople,
  voiceServers,
} from './voice.queries.ts'
import { soloKindIn, type VoiceSighting } from './voice.ts'
import { keepDetails } from './voice-details.actions.ts'
import { enterByVoice } from './voice-entry.actions.ts'
import { openVoiceTime, type VoiceTime } from './voice-time.actions.ts'

/** A sighting of somebody we know in a server that has us, with the rooms of the channel; `solo` where it has none and time counts. */
type Seen = {
  readonly sighting: VoiceSighting
  readonly person: PersonId
  readonly workspace: WorkspaceId
  readonly rooms: readonly RoomId[]
  readonly solo: 'voice' | 'afk' | null
}

/**
 * Writes down where people sit in voice, each account once: what differs from the ledger is opened, moved on or marked as left a moment ago,
 * and what is the same changes nothing, so that a sighting may come twice. People are locked in one order, then their rooms in one order.
 */
export async function seeVoice(tx: Tx, sightings: readonly VoiceSighting[]): Promise<void> {
  const seen = await recognize(tx, sightings)
  if (seen.length === 0) return
  const people = [...new Set(seen.map(({ person }) => person))]
  await sql`select pg_advisory_xact_lock(key) from (
    select hashtextextended('presence ' || id, 0) as key from unnest(${people}::text[]) id order by key) locks`.execute(tx.db)
  const [open, seats] = [await openPresences(tx, people), await seatsOf(tx, people)]
  const steps = seen.map((one) => stepOf(one, of(open, one.person), of(seats, one.person)))
  await leave(
    tx,
    steps.flatMap(({ left }) => left),
  )
  await stay(
    tx,
    steps.flatMap(({ kept }) => kept ?? []),
  )
  await openVoiceTime(
    tx,
    steps.flatMap(({ time }) => time ?? []),
  )
  await takeSeats(tx, steps, seats)
  await keepDetails(tx, seen)
}

const of = <T extends { readonly person: PersonId }>(list: readonly T[], person: PersonId): readonly T[] =>
  list.filter((one) => one.person === person)

/** Of people whom nothing would be recorded of nothing is looked up, and a stranger is met only where something is. */
async function recognize(tx: Tx, sightings: readonly VoiceSighting[]): Promise<readonly Seen[]> {
  const servers = await voiceServers(tx, [...new Set(sightings.map(({ server }) => server))])
  const channels = sightings.flatMap(({ channel }) => (channel === null || channel.isAfk ? [] : [channel.id]))
  const rooms = await roomsInChannels(tx, [...new Set(channels)])
  const known = await voicePeople(
    tx,
    sightings.map(({ account }) => account),
  )
  const seen: Seen[] = []
  for (const sighting of sightings) {
    const server = servers.get(sighting.server)
    if (server === undefined) continue
    const { channel } = sighting
    const here =
      channel === null ? [] : rooms.filter((room) => room.channel === channel.id && room.workspace === server.id).map(({ id }) => id)
    const place = placeFor(sighting, server, here, known.get(sighting.account)?.wish ?? 'everywhere')
    const person =
      known.get(sighting.account)?.id ?? (place.rooms.length > 0 || place.solo !== null ? await introduced(tx, sighting) : null)
    if (person !== null) seen.push({ sighting, person, workspace: server.id, ...place })
  }
  return seen
}

/** What sitting there means. Whoever wants no voice time at all is in no room for sitting in its channel. */
function placeFor(
  { channel }: VoiceSighting,
  server: VoiceServer,
  here: readonly RoomId[],
  wish: VoicePerson['wish'],
): Pick<Seen, 'rooms' | 'solo'> {
  if (channel === null || wish === 'never') return { rooms: [], solo: null }
  if (here.length > 0) return { rooms: here, solo: null }
  return { rooms: [], solo: soloKindIn(channel, server, wish) }
}

const introduced = (tx: Tx, { account, name, at }: VoiceSighting): Promise<PersonId> =>
  meet({ ...tx, now: at }, { platform: 'discord', externalId: account, displayName: name, locale: null, timezone: null })

type Left = { readonly id: PresenceId; readonly at: Date }
type Kept = { readonly id: PresenceId; readonly channel: string; readonly workspace: WorkspaceId }

/** What a sighting changes: presences that were left, one that goes on, voice time that begins, a room that is entered or proven. */
type StepOf = {
  readonly left: readonly Left[]
  readonly kept?: Kept
  readonly time?: VoiceTime
  readonly room?: { readonly seen: Seen; readonly sits: RoomId | null }
}

function stepOf(seen: Seen, open: readonly OpenPresence[], seats: readonly Seat[]): StepOf {
  const { sighting, workspace } = seen
  const stays = presenceThatStays(seen, open)
  const left = open
    .filter((row) => row !== stays && row.evidence === 'voice' && row.workspace === workspace && !row.isAway)
    .map(({ id }): Left => ({ id, at: sighting.at }))
  const { channel, at } = sighting
  if (channel === null) return { left }
  if (stays?.evidence === 'voice') {
    const isSame = !stays.isAway && stays.channel === channel.id && stays.workspace === workspace
    return isSame ? { left } : { left, kept: { id: stays.id, channel: channel.id, workspace } }
  }
  if (seen.solo !== null) return { left, time: { person: seen.person, workspace, kind: seen.solo, channel, at } }
  if (seen.rooms.length === 0) return { left }
  return { left, room: { seen, sits: seats.find(({ room }) => seen.rooms.includes(room))?.room ?? null } }
}

/** A room goes on over all its channels, voice time in the one channel. */
const presenceThatStays = ({ rooms, solo, sighting, workspace }: Seen, open: readonly OpenPresence[]): OpenPresence | undefined =>
  open.find((row) =>
    row.room === null ? row.kind === solo && row.channel === sighting.channel?.id && row.workspace === workspace : rooms.includes(row.room),
  )

/** Back within a minute, it never happened; else the clockwork ends it at this moment. */
async function leave(tx: Tx, left: readonly Left[]): Promise<void> {
  if (left.length === 0) return
  await sql`update presence_interval i set away_since = greatest(i.started_at, x.at)
    from ${rows(left, 'x', { id: 'uuid', at: 'timestamptz' })} where i.id = x.id and i.ended_at is null`.execute(tx.db)
}

async function stay(tx: Tx, kept: readonly Kept[]): Promise<void> {
  if (kept.length === 0) return
  await sql`update presence_interval i set away_since = null, channel = x.channel, workspace_id = x.workspace
    from ${rows(kept, 'x', { id: 'uuid', channel: 'text', workspace: 'uuid' })} where i.id = x.id and i.ended_at is null`.execute(tx.db)
}

/** Who is in the room already is proven there by voice from now on; who is not comes in, as far as the room lets them. */
async function takeSeats(tx: Tx, steps: readonly StepOf[], seats: readonly Seat[]): Promise<void> {
  const taken = steps.flatMap(({ room }) => room ?? [])
  if (taken.length === 0) return
  const leaving = taken.flatMap(({ seen }) => of(seats, seen.person).map(({ room }) => room))
  await lockRooms(tx, [...new Set([...taken.flatMap(({ seen }) => seen.rooms), ...leaving])])
  for (const { seen, sits } of taken) {
    const { person, workspace, rooms: candidates, sighting } = seen
    const { channel, at, entered } = sighting
    if (channel === null) continue
    const by = { ...tx, now: at, actor: { person, workspace } }
    const sight = { evidence: 'voice', workspace, channel: channel.id } as const
    if (sits !== null) await appear(by, { person, room: sits, ...sight }, at)
    else await enterByVoice(by, candidates, sight, entered)
  }
}

/**
 * Compares whole servers with the ledger: `sightings` are all who sit there now. Whoever is recorded there and does not sit there any more
 * has left at `leftAt`, which is when they were last seen.
 */
export async function lookAtVoice(tx: Tx, servers: readonly string[], sightings: readonly VoiceSighting[], leftAt: Date): Promise<void> {
  const inside = new Set(sightings.map(({ server, account }) => `${server} ${account}`))
  const gone = (await accountsInside(tx, servers)).filter(({ server, account }) => !inside.has(`${server} ${account}`))
  const outside = gone.map(
    ({ server, account }): VoiceSighting => ({ server, account, name: account, channel: null, details: [], at: leftAt, entered: false }),
  )
  await seeVoice(tx, [...outside, ...sightings])
}
