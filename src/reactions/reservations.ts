import { sql } from 'kysely'
import type { Addressed } from '../deliveries/delivery.ts'
import { calledThere, peopleComing } from '../domain/reservations/coming.queries.ts'
import { isAudible } from '../domain/workspaces/settings.queries.ts'
import type { Told } from '../events/event.ts'
import type { Tx } from '../kernel/context.ts'
import type { BindingId, OccurrenceId, PersonId } from '../kernel/ids.ts'
import type { Reaction } from './index.ts'
import { noticesTo } from './people.ts'

type Home = { readonly id: BindingId; readonly platform: 'discord' | 'slack'; readonly speaks: boolean }

/** Where the room of a reservation lives in the workspace that planned it, and whether it may speak there. */
async function homeOf(tx: Tx, { room, occurrence }: Told<'reservation.opened'>): Promise<Home | null> {
  const { rows } = await sql<Home>`
    select b.id, b.platform, ${isAudible(tx.now)} and not r.is_private and num_nonnulls(b.channel, b.voice_channel) > 0 as speaks
    from room_binding b join room r on r.id = b.room_id join workspace w on w.id = b.workspace_id
    join room_reservations s on s.workspace_id = w.id join reservation_occurrence o on o.reservation_id = s.id
    where b.room_id = ${room}::uuid and o.id = ${occurrence}::uuid and b.platform <> 'web' and w.uninstalled_at is null`.execute(tx.db)
  return rows[0] ?? null
}

/** Whoever comes and sits in the room already needs no call. */
async function stillAway(tx: Tx, { room }: Told<'reservation.opened'>, people: readonly PersonId[]): Promise<readonly PersonId[]> {
  const present = await tx.db
    .selectFrom('participant')
    .select('user_id')
    .where('room_id', '=', room)
    .where('left_at', 'is', null)
    .where('user_id', 'in', people)
    .execute()
  const inside = new Set(present.map(({ user_id }) => user_id))
  return people.filter((person) => !inside.has(person))
}

/** Calls exactly those who come: in the channel who has an account there, all others by a notice. The room's panel hangs there too. */
export const callThoseWhoCome: Reaction<'reservation.opened'> = async (tx, events) => {
  const deliveries: Addressed[] = []
  for (const event of events) {
    const home = await homeOf(tx, event)
    const called = home?.speaks ? await calledThere(tx, event.occurrence, event.room) : []
    const coming = await peopleComing(tx, event.occurrence)
    const elsewhere = coming.length === 0 ? [] : await stillAway(tx, event, coming)
    const told = elsewhere.filter((person) => !called.includes(person)).map((person) => ({ person, event: event.id }))
    deliveries.push(...(await noticesTo(tx, told)))
    if (home?.speaks) {
      // On Slack the line goes below the panel, and brings it along.
      if (home.platform === 'discord') deliveries.push({ platform: 'discord', delivery: { kind: 'panel', binding: home.id, moved: true } })
      deliveries.push({ platform: home.platform, delivery: { kind: 'line', binding: home.id, event: event.id, opens: true } })
    }
  }
  return deliveries
}

const eventsFor = (occurrences: readonly OccurrenceId[]): readonly Addressed[] =>
  occurrences.map((occurrence) => ({ platform: 'discord', delivery: { kind: 'scheduled-event', occurrence } }))

/** The server's own list of events follows, where the server wants it, or where an event still stands there. */
export const followEvents: Reaction<'reservation.changed'> = async (tx, events) => {
  const { rows } = await sql<{ id: OccurrenceId }>`
    select o.id from reservation_occurrence o join room_reservations s on s.id = o.reservation_id join workspace w on w.id = s.workspace_id
    where o.id = any(${events.flatMap(({ occurrences }) => occurrences)}::uuid[]) and w.platform = 'discord'
      and (w.scheduled_events or o.scheduled_event is not null)`.execute(tx.db)
  return eventsFor(rows.map(({ id }) => id))
}

/** A server that wants the list from now on gets what is planned; one that no longer does is rid of it. */
export const followEventsIn: Reaction<'workspace.changed'> = async (tx, events) => {
  const { rows } = await sql<{ id: OccurrenceId }>`
    select o.id from reservation_occurrence o join room_reservations s on s.id = o.reservation_id join workspace w on w.id = s.workspace_id
    where w.id = any(${events.map(({ workspace }) => workspace)}::uuid[]) and w.platform = 'discord' and o.state = 'planned'
      and w.scheduled_events = (o.scheduled_event is null)`.execute(tx.db)
  return eventsFor(rows.map(({ id }) => id))
}
