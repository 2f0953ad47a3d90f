import type { Addressed } from '../deliveries/delivery.ts'
import { chimePlaces } from '../domain/rooms/chime.queries.ts'
import { momentOf } from '../domain/rooms/chime.ts'
import type { Reaction } from './index.ts'

/** Whoever sits in the voice channel of a room hears its phases begin, and the warning before they end. */
export const ring: Reaction<'timer.moved' | 'timer.warned'> = async (tx, events) => {
  const sounding = events.flatMap((event) => {
    const moment = momentOf(event)
    return moment === null ? [] : [{ room: event.room, moment, at: event.at }]
  })
  if (sounding.length === 0) return []
  const places = Map.groupBy(await chimePlaces(tx, [...new Set(sounding.map(({ room }) => room))]), ({ room }) => room)
  return sounding.flatMap(({ room, moment, at }) =>
    (places.get(room) ?? []).map(
      ({ binding, workspace }): Addressed => ({ platform: 'discord', delivery: { kind: 'chime', workspace, binding, moment, at } }),
    ),
  )
}
