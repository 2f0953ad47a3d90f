import type { Addressed } from '../deliveries/delivery.ts'
import { peopleShown } from '../domain/statuses/status.queries.ts'
import type { EventType, Told } from '../events/event.ts'
import type { PersonId } from '../kernel/ids.ts'
import type { Reaction } from './index.ts'

/** What Slack shows of people follows their focus: of those in the room, and of whoever entered, left or focuses alone. */
export const followStatus: Reaction<EventType> = async (tx, events: readonly Told[]) => {
  const people = events.flatMap((event) => ('person' in event ? [event.person as PersonId] : []))
  const rooms = events.flatMap(({ type, room }) => (type === 'timer.moved' && room !== null ? [room] : []))
  const shown = await peopleShown(tx, rooms, people)
  return shown.map((person): Addressed => ({ platform: 'slack', delivery: { kind: 'status', person } }))
}
