import {
  type APIGuildScheduledEvent,
  type Client,
  DiscordAPIError,
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  GuildScheduledEventStatus,
  RESTJSONErrorCodes,
  type RESTPostAPIGuildScheduledEventJSONBody,
  Routes,
} from 'discord.js'
import type { Outcome } from '../../src/deliveries/delivery.ts'
import { scheduledAs } from '../../src/domain/reservations/scheduled.actions.ts'
import { type Scheduled, scheduledOf } from '../../src/domain/reservations/scheduled.queries.ts'
import type { App } from '../../src/kernel/context.ts'
import type { OccurrenceId } from '../../src/kernel/ids.ts'
import { cut } from './markdown.ts'
import { tried } from './outcome.ts'

/** Discord's limits for the name, the description and the place of an event. */
const longest = { name: 100, description: 1000, location: 100 }

/** Keeps a reservation in the server's own list of events. Where a permission is missing nothing stands there, and nobody misses it. */
export async function followScheduledEvent(app: App, client: Client, occurrence: OccurrenceId, again: boolean): Promise<Outcome> {
  const scheduled = await app.read((ctx) => scheduledOf(ctx, occurrence))
  if (scheduled === null) return 'sent'
  const keep = (event: string | null): Promise<void> => app.write('clock', null, (tx) => scheduledAs(tx, occurrence, event))
  const known = scheduled.event ?? (again ? await alreadyMade(client, scheduled) : null)
  const isPlanned = scheduled.wanted && scheduled.state === 'planned' && scheduled.startsAt > app.clock.now()
  if (isPlanned) return known === null ? create(client, scheduled, keep) : change(client, scheduled, known, keep)
  if (known === null) return 'sent'
  if (scheduled.wanted && scheduled.state === 'opened') return begin(client, scheduled, known)
  return remove(client, scheduled, known, keep)
}

type Keep = (event: string | null) => Promise<void>

async function bodyOf(
  client: Client,
  { name, note, startsAt, endsAt, voiceChannel, channel }: Scheduled,
): Promise<RESTPostAPIGuildScheduledEventJSONBody> {
  const shared = {
    name: cut(name, longest.name),
    ...(note === null ? {} : { description: cut(note, longest.description) }),
    privacy_level: GuildScheduledEventPrivacyLevel.GuildOnly,
    scheduled_start_time: startsAt.toISOString(),
    scheduled_end_time: endsAt.toISOString(),
  }
  if (voiceChannel !== null) return { ...shared, entity_type: GuildScheduledEventEntityType.Voice, channel_id: voiceChannel }
  const location = channel === null ? null : await nameOf(client, channel)
  return {
    ...shared,
    entity_type: GuildScheduledEventEntityType.External,
    entity_metadata: { location: cut(location ?? 'Focus Mate', longest.location) },
  }
}

/** What the place of an outside event says: a mention would not be shown as one. */
async function nameOf(client: Client, channel: string): Promise<string | null> {
  const answer = await asked(client.rest.get(Routes.channel(channel)))
  const found = answer !== 'unknown' && 'gave' in answer ? (answer.gave as { readonly name?: string | null }) : null
  return found?.name ? `#${found.name}` : null
}

async function create(client: Client, scheduled: Scheduled, keep: Keep): Promise<Outcome> {
  const made = await asked(client.rest.post(Routes.guildScheduledEvents(scheduled.server), { body: await bodyOf(client, scheduled) }))
  if (made === 'unknown') return 'sent'
  if (!('gave' in made)) return made
  await keep((made.gave as APIGuildScheduledEvent | null)?.id ?? null)
  return 'sent'
}

async function change(client: Client, scheduled: Scheduled, event: string, keep: Keep): Promise<Outcome> {
  const changed = await asked(
    client.rest.patch(Routes.guildScheduledEvent(scheduled.server, event), { body: await bodyOf(client, scheduled) }),
  )
  // Somebody deleted it by hand, and does not want it.
  if (changed === 'unknown') return 'sent'
  if (!('gave' in changed)) return changed
  await keep(event)
  return 'sent'
}

async function begin(client: Client, { server }: Scheduled, event: string): Promise<Outcome> {
  const begun = await asked(
    client.rest.patch(Routes.guildScheduledEvent(server, event), { body: { status: GuildScheduledEventStatus.Active } }),
  )
  return begun === 'unknown' || 'gave' in begun ? 'sent' : begun
}

async function remove(client: Client, { server }: Scheduled, event: string, keep: Keep): Promise<Outcome> {
  const removed = await asked(client.rest.delete(Routes.guildScheduledEvent(server, event)))
  if (removed !== 'unknown' && !('gave' in removed)) return removed
  await keep(null)
  return 'sent'
}

/** The event was deleted by hand, or the server's list is full. */
const ends: ReadonlySet<number> = new Set([
  RESTJSONErrorCodes.UnknownGuildScheduledEvent,
  RESTJSONErrorCodes.MaximumNumberOfUncompletedGuildScheduledEventsReached,
])

type Answer = { readonly gave: unknown } | { readonly retryAfter: number } | 'unknown'

/** `unknown`: the event is gone, or we may not touch it. */
async function asked(sending: Promise<unknown>): Promise<Answer> {
  try {
    const answer = await tried(sending)
    return 'gone' in answer ? 'unknown' : answer
  } catch (error) {
    if (error instanceof DiscordAPIError && ends.has(Number(error.code))) return 'unknown'
    throw error
  }
}

/** A sender before this one may have made the event and died before it could say so. */
async function alreadyMade(client: Client, { server, name, startsAt }: Scheduled): Promise<string | null> {
  const answer = await asked(client.rest.get(Routes.guildScheduledEvents(server)))
  if (answer === 'unknown' || !('gave' in answer)) return null
  const events = answer.gave as readonly APIGuildScheduledEvent[]
  const ours = events.find(
    (event) =>
      event.creator_id === client.user?.id &&
      event.name === cut(name, longest.name) &&
      Date.parse(event.scheduled_start_time) === startsAt.getTime(),
  )
  return ours?.id ?? null
}
