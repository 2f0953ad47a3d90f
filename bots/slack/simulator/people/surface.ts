import { type Json, jsonList } from '../json.ts'
import { actorPart, messagePart, viewPart } from '../payloads.ts'
import type { Simulation } from '../simulation.ts'
import { initialValues } from '../values.ts'
import type { Channel, Message, Team, User, View, ViewValues } from '../world.ts'

/** Something with buttons and menus in front of a person: a message, a modal or their home. */
export type Surface = Message | View

export const isView = (surface: Surface): surface is View => 'spec' in surface
export const blocksOf = (surface: Surface): readonly Json[] => (isView(surface) ? jsonList(surface.spec.blocks) : surface.blocks)

export function channelOf(team: Team, surface: Surface): Channel | null {
  if (isView(surface)) return null
  const channel = team.channels.get(surface.channel)
  if (!channel) throw new Error('the channel of this message is gone')
  return channel
}

/** Puts what a person filled in into the view; the fresh view. A home or modal that has been closed keeps it to itself. */
export function fillIn(team: Team, view: View, block: string, action: string, value: Json): View {
  const values: ViewValues = { ...view.values, [block]: { ...view.values[block], [action]: value } }
  const next: View = { ...view, values }
  if (team.homes.get(view.user)?.id === view.id) team.homes.set(view.user, next)
  const stack = team.modals.get(view.user) ?? []
  team.modals.set(
    view.user,
    stack.map((one) => (one.id === view.id ? next : one)),
  )
  return next
}

/** The container of an interaction: which message or view it happened in. `reply` is the response_url of a message. */
export function surfacePart(sim: Simulation, team: Team, surface: Surface, reply: string | null, state: ViewValues | null): Json {
  if (isView(surface)) return { container: { type: 'view', view_id: surface.id }, view: viewPart(sim, team, surface) }
  const channel = team.channels.get(surface.channel)
  return {
    container: { type: 'message', message_ts: surface.ts, channel_id: surface.channel, is_ephemeral: surface.onlyFor !== null },
    channel: { id: surface.channel, name: channel?.kind === 'private' ? 'privategroup' : channel?.name },
    message: messagePart(sim, team, surface),
    state: { values: state ?? initialValues(surface.blocks) },
    response_url: reply,
  }
}

/** Everything a block action or suggestion carries besides the action itself. */
export const interactionPart = (sim: Simulation, team: Team, user: User, trigger: string): Json => ({
  ...actorPart(sim, team, user),
  trigger_id: trigger,
})
