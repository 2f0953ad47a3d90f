/** A server's own list of events, by Discord's documentation of Guild Scheduled Event. */

import { PermissionFlagsBits } from 'discord.js'
import { z } from 'zod'
import { refusal } from '../errors.ts'
import { demand, type Permission, permissionsOf } from '../permissions.ts'
import { checked, fault, snowflake, text } from '../rules/fields.ts'
import { type Guild, guildOfBot, type ScheduledEvent } from '../world.ts'
import { type Call, type Route, route } from './route.ts'

const kinds = { stage: 1, voice: 2, external: 3 } as const
const states = { scheduled: 1, active: 2, completed: 3, cancelled: 4 } as const
/** Events of a server that are planned or going on. */
const mostEvents = 100

const guildOf = ({ world, param }: Call): Guild => guildOfBot(world, param('guild'))

const moment = z.iso.datetime({ offset: true })
const fields = {
  name: text(1, 100),
  description: text(0, 1000).nullish(),
  privacy_level: z.literal(2),
  scheduled_start_time: moment,
  scheduled_end_time: moment.nullish(),
  entity_type: z.union([z.literal(kinds.stage), z.literal(kinds.voice), z.literal(kinds.external)]),
  channel_id: snowflake.nullish(),
  entity_metadata: z.object({ location: text(1, 100) }).nullish(),
}
const newEvent = z.object(fields)
const changes = z.object({ ...fields, status: z.number().int() }).partial()

/** What is true of an event as a whole: an outside one has a place and an end, one in a voice channel has that channel. */
const whole = (now: number) =>
  newEvent.check((check) => {
    const { value: event, issues } = check
    const wrong = (path: string, message: string) => issues.push({ ...fault([path], 'BASE_TYPE_BAD_VALUE', message), input: event })
    if (Date.parse(event.scheduled_start_time) <= now) wrong('scheduled_start_time', 'Cannot schedule event in the past.')
    if (event.scheduled_end_time && event.scheduled_end_time <= event.scheduled_start_time)
      wrong('scheduled_end_time', 'Cannot schedule event to end before it starts.')
    const isOutside = event.entity_type === kinds.external
    if (isOutside && !event.scheduled_end_time) wrong('scheduled_end_time', 'This field is required')
    if (isOutside && !event.entity_metadata) wrong('entity_metadata', 'This field is required')
    if (isOutside && event.channel_id) wrong('channel_id', 'Channel must not be set for external events.')
    if (!isOutside && !event.channel_id) wrong('channel_id', 'This field is required')
  })

/** Events in a voice channel ask for the rights there, outside ones for those in the server. */
const demandRights = (call: Call, guild: Guild, event: { readonly channel_id?: string | null | undefined }, right: Permission): void => {
  const { world } = call
  const channel = event.channel_id ? guild.channels.get(event.channel_id) : undefined
  if (event.channel_id && channel === undefined) throw refusal('unknownChannel')
  if (channel !== undefined) {
    if (channel.type !== 'voice') throw refusal('notForThisChannelType')
    demand(world, channel, right, 'Connect')
  } else if ((permissionsOf(guild, world.bot.id) & PermissionFlagsBits[right]) === 0n) throw refusal('missingPermissions')
}

const payload = (guild: Guild, event: ScheduledEvent): object => ({
  id: event.id,
  guild_id: guild.id,
  creator_id: event.creatorId,
  status: event.status,
  entity_id: null,
  ...event.body,
})

const tell = ({ world }: Call, guild: Guild, what: 'CREATE' | 'UPDATE' | 'DELETE', event: ScheduledEvent): void =>
  world.tell({ t: `GUILD_SCHEDULED_EVENT_${what}`, d: payload(guild, event), guildId: guild.id })

const create = (call: Call): object => {
  const { world } = call
  const guild = guildOf(call)
  const body = checked(whole(world.now()), call.body)
  demandRights(call, guild, body, 'CreateEvents')
  const open = [...guild.scheduledEvents.values()].filter(({ status }) => status === states.scheduled || status === states.active)
  if (open.length >= mostEvents) throw refusal('tooManyEvents')
  const event: ScheduledEvent = { id: world.nextId(), creatorId: world.bot.id, status: states.scheduled, body }
  guild.scheduledEvents.set(event.id, event)
  tell(call, guild, 'CREATE', event)
  return payload(guild, event)
}

const found = (call: Call, guild: Guild): ScheduledEvent => {
  const event = guild.scheduledEvents.get(call.param('event'))
  if (!event) throw refusal('unknownScheduledEvent')
  return event
}

/** One's own events need the right to create them, those of others the right to manage. */
const mayChange = (call: Call, guild: Guild, event: ScheduledEvent): void =>
  demandRights(call, guild, event.body, event.creatorId === call.world.bot.id ? 'CreateEvents' : 'ManageEvents')

const change = (call: Call): object => {
  const guild = guildOf(call)
  const event = found(call, guild)
  mayChange(call, guild, event)
  const { status, ...body } = checked(changes, call.body)
  if (status !== undefined && status !== event.status) {
    const allowed = event.status === states.scheduled ? [states.active, states.cancelled] : [states.completed]
    if (event.status > states.active || !allowed.some((next) => next === status)) throw refusal('invalidStatusChange')
    event.status = status
  }
  if (Object.keys(body).length > 0) event.body = checked(whole(call.world.now()), { ...event.body, ...body })
  tell(call, guild, 'UPDATE', event)
  return payload(guild, event)
}

const remove = (call: Call): undefined => {
  const guild = guildOf(call)
  const event = found(call, guild)
  mayChange(call, guild, event)
  guild.scheduledEvents.delete(event.id)
  tell(call, guild, 'DELETE', event)
}

export const scheduledEventRoutes: readonly Route[] = [
  route('GET', '/guilds/{guild}/scheduled-events', (call) =>
    [...guildOf(call).scheduledEvents.values()].map((one) => payload(guildOf(call), one)),
  ),
  route('POST', '/guilds/{guild}/scheduled-events', create),
  route('GET', '/guilds/{guild}/scheduled-events/{event}', (call) => payload(guildOf(call), found(call, guildOf(call)))),
  route('PATCH', '/guilds/{guild}/scheduled-events/{event}', change),
  route('DELETE', '/guilds/{guild}/scheduled-events/{event}', remove),
]
