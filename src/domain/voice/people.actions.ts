import type { Tx } from '../../kernel/context.ts'
import type { PersonId, RoomId, WorkspaceId } from '../../kernel/ids.ts'
import { meet } from '../people/person.actions.ts'
import { roomsInChannels, type VoicePerson, type VoiceServer, voicePeople, voiceServers } from './voice.queries.ts'
import { soloKindIn, type VoiceSighting } from './voice.ts'

/** A sighting of somebody we know in a server we know, with the rooms of the channel; `solo` where it has none and time counts. */
export type Seen = {
  readonly sighting: VoiceSighting
  readonly person: PersonId
  readonly workspace: WorkspaceId
  readonly rooms: readonly RoomId[]
  readonly solo: 'voice' | 'afk' | null
}

/** Whom and what the sightings mean. A stranger is met only where something is recorded of them. */
export async function recognize(tx: Tx, sightings: readonly VoiceSighting[]): Promise<readonly Seen[]> {
  if (sightings.length === 0) return []
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
    const here = rooms.filter(({ channel, workspace }) => channel === sighting.channel?.id && workspace === server.id).map(({ id }) => id)
    const person = known.get(sighting.account)
    const place = placeFor(sighting, server, here, person?.wish ?? 'everywhere')
    const id = person?.id ?? (place.rooms.length > 0 || place.solo !== null ? await introduced(tx, sighting, server.id) : null)
    if (id !== null) seen.push({ sighting, person: id, workspace: server.id, ...place })
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
  if (channel === null || server.isGone || wish === 'never') return { rooms: [], solo: null }
  if (here.length > 0) return { rooms: here, solo: null }
  return { rooms: [], solo: soloKindIn(channel, server, wish) }
}

const introduced = (tx: Tx, { account, name, at }: VoiceSighting, workspace: WorkspaceId): Promise<PersonId> =>
  meet({ ...tx, now: at }, { platform: 'discord', externalId: account, displayName: name, locale: null, timezone: null }, workspace)
