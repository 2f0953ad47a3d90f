import type { Addressed } from '../deliveries/delivery.ts'
import { serversThatMute } from '../domain/voice/mute.queries.ts'
import type { RoomEventType } from '../events/event.ts'
import type { Reaction } from './index.ts'

/** Rooms that mute during focus: whoever comes, goes or is there at a change of phase is muted, or has their voice back. */
export const followMutes: Reaction<RoomEventType> = async (tx, events) => {
  const servers = await serversThatMute(
    tx,
    events.map(({ room }) => room),
  )
  return servers.map((workspace): Addressed => ({ platform: 'discord', delivery: { kind: 'mute', workspace } }))
}

/** The workspace may be on trial now, or no longer: during a trial nobody is muted. */
export const followMutesIn: Reaction<'workspace.changed'> = async (_tx, events) =>
  [...new Set(events.map(({ workspace }) => workspace))].map(
    (workspace): Addressed => ({ platform: 'discord', delivery: { kind: 'mute', workspace } }),
  )
