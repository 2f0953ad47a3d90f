import { after, seconds } from '../../kernel/clock.ts'
import type { PresenceId, RoomId, WorkspaceId } from '../../kernel/ids.ts'
import { awaySeconds } from '../presence/presence.ts'
import type { VoiceTime } from '../presence/voice-time.actions.ts'
import type { Seen } from './people.actions.ts'
import type { OpenPresence, Seat } from './voice.queries.ts'

/** What a sighting changes: presences that were left, one that goes on, voice time that begins, a room that is entered or proven. */
export type Step = {
  readonly seen: Seen
  readonly left: readonly { readonly id: PresenceId; readonly at: Date }[]
  readonly kept?: { readonly id: PresenceId; readonly channel: string; readonly workspace: WorkspaceId }
  readonly time?: VoiceTime
  /** `sits`: in this room of the channel already, however they are seen there. `isFree`: in no room at all. */
  readonly room?: { readonly sits: RoomId | null; readonly isFree: boolean }
  /** Whose lock it takes. */
  readonly rooms: readonly RoomId[]
}

/** Whether somebody was away for so long that they did not stay. */
export const isOver = ({ away, evidence }: OpenPresence, at: Date): boolean =>
  evidence === 'voice' && away !== null && at >= after(away, seconds(awaySeconds))

/** Null: the ledger says the same already. */
export function stepOf(seen: Seen, open: readonly OpenPresence[], seats: readonly Seat[]): Step | null {
  const { sighting, workspace, person } = seen
  const { channel, at } = sighting
  const stays = open.find((row) => goesOn(seen, row))
  const leaving = open.filter((row) => row !== stays && row.evidence === 'voice' && row.workspace === workspace && row.away === null)
  const left = leaving.map(({ id }) => ({ id, at }))
  const leavingRooms = leaving.flatMap(({ room }) => room ?? [])
  const nothing = left.length === 0 ? null : { seen, left, rooms: leavingRooms }
  if (channel === null) return nothing
  if (stays?.evidence === 'voice') {
    if (stays.away === null && stays.channel === channel.id && stays.workspace === workspace) return nothing
    return {
      seen,
      left,
      kept: { id: stays.id, channel: channel.id, workspace },
      rooms: stays.room === null ? leavingRooms : [stays.room, ...leavingRooms],
    }
  }
  if (seen.solo !== null) return { seen, left, time: { person, workspace, kind: seen.solo, channel, at }, rooms: leavingRooms }
  if (seen.rooms.length === 0) return nothing
  const sits = seats.find(({ room }) => seen.rooms.includes(room))?.room ?? null
  return {
    seen,
    left,
    room: { sits, isFree: seats.length === 0 },
    rooms: [...seen.rooms, ...leavingRooms, ...seats.map(({ room }) => room)],
  }
}

/** A room goes on over all its channels, voice time in its one channel. */
const goesOn = ({ rooms, solo, sighting, workspace }: Seen, { room, kind, channel, workspace: where }: OpenPresence): boolean =>
  room === null ? kind === solo && channel === sighting.channel?.id && where === workspace : rooms.includes(room)
