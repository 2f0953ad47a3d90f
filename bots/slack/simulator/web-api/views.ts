import { checkView } from '../blocks/check.ts'
import { isJson, type Json, jsonList, textField } from '../json.ts'
import { mentionsIn } from '../mrkdwn.ts'
import { viewPart } from '../payloads.ts'
import type { Simulation } from '../simulation.ts'
import { initialValues } from '../values.ts'
import { newId, type Team, type View } from '../world.ts'
import { ApiError, type BotCall, type BotMethod, findUser, stringArg, structureArg } from './method.ts'

const LARGEST_VIEW_BYTES = 250_000
const DEEPEST_STACK = 3

/** Checks what the app sent as a view. Throws `invalid_arguments` with Slack's list of faults. */
export function readView(type: 'modal' | 'home', given: unknown): Json {
  if (isJson(given) && given.type !== type)
    throw new ApiError('invalid_arguments', { response_metadata: { messages: [`[ERROR] must be "${type}" [json-pointer:/view/type]`] } })
  if (JSON.stringify(given ?? null).length > LARGEST_VIEW_BYTES) throw new ApiError('view_too_large')
  const checked = checkView(type, given)
  if (!checked.ok) throw new ApiError('invalid_arguments', { response_metadata: { messages: checked.messages } })
  return checked.value
}

function drawView(team: Team, user: string, spec: Json, id: string, below: View | null): View {
  const blocks = jsonList(spec.blocks)
  const hash = newId('h')
  return {
    id,
    team: team.id,
    user,
    spec,
    hash,
    rootId: below?.rootId ?? id,
    previousId: below?.id ?? null,
    values: initialValues(blocks),
    mentions: mentionsIn('', blocks),
  }
}

const stackOf = (team: Team, user: string): readonly View[] => team.modals.get(user) ?? []

function announce(sim: Simulation, what: 'opened' | 'redrawn' | 'published', view: View, via: string | null): void {
  sim.deeds.announce({ what, team: view.team, channel: null, user: view.user, message: null, view, via })
}

/** Shows a modal on top of those a person has open. */
export function pushModal(sim: Simulation, team: Team, user: string, spec: Json, via: string | null): View {
  const stack = stackOf(team, user)
  if (stack.length >= DEEPEST_STACK) throw new ApiError('push_limit_reached')
  const view = drawView(team, user, spec, newId('V'), stack.at(-1) ?? null)
  team.modals.set(user, [...stack, view])
  announce(sim, 'opened', view, via)
  return view
}

/** Draws an open modal anew. What was typed into blocks that keep their ids stays, as in Slack. */
export function redrawModal(sim: Simulation, team: Team, old: View, spec: Json): View {
  const drawn = drawView(team, old.user, spec, old.id, null)
  const kept = Object.fromEntries(Object.entries(drawn.values).map(([block, actions]) => [block, { ...actions, ...old.values[block] }]))
  const view: View = { ...drawn, rootId: old.rootId, previousId: old.previousId, values: kept }
  team.modals.set(
    old.user,
    stackOf(team, old.user).map((one) => (one.id === old.id ? view : one)),
  )
  announce(sim, 'redrawn', view, null)
  return view
}

function findView(call: BotCall): View {
  const id = stringArg(call.args, 'view_id')
  const external = stringArg(call.args, 'external_id')
  for (const view of [...call.team.modals.values()].flat()) {
    if (view.id === id || (external !== null && textField(view.spec, 'external_id') === external)) return view
  }
  throw new ApiError('not_found')
}

function holdHash(call: BotCall, current: View | undefined): void {
  const hash = stringArg(call.args, 'hash')
  if (hash !== null && current !== undefined && hash !== current.hash) throw new ApiError('hash_conflict')
}

function openFromTrigger(call: BotCall, replacing: boolean): Json {
  const spec = readView('modal', structureArg(call.args, 'view'))
  const triggerId = stringArg(call.args, 'trigger_id') ?? ''
  const trigger = call.sim.tickets.spendTrigger(triggerId)
  if (typeof trigger === 'string') throw new ApiError(trigger)
  if (trigger.team !== call.team.id) throw new ApiError('invalid_trigger_id')
  if (replacing) call.team.modals.delete(trigger.user)
  else if (stackOf(call.team, trigger.user).length === 0) throw new ApiError('not_found')
  return { view: viewPart(call.sim, call.team, pushModal(call.sim, call.team, trigger.user, spec, triggerId)) }
}

const free = { token: 'bot', tier: 4, scopes: [] } as const

export const views: Readonly<Record<string, BotMethod>> = {
  'views.open': { ...free, run: (call) => openFromTrigger(call, true) },
  'views.push': { ...free, run: (call) => openFromTrigger(call, false) },
  'views.update': {
    ...free,
    run: (call) => {
      const old = findView(call)
      holdHash(call, old)
      return {
        view: viewPart(call.sim, call.team, redrawModal(call.sim, call.team, old, readView('modal', structureArg(call.args, 'view')))),
      }
    },
  },
  'views.publish': {
    ...free,
    run: (call) => {
      const user = findUser(call, stringArg(call.args, 'user_id'))
      const old = call.team.homes.get(user.id)
      holdHash(call, old)
      const view = drawView(call.team, user.id, readView('home', structureArg(call.args, 'view')), old?.id ?? newId('V'), null)
      call.team.homes.set(user.id, view)
      announce(call.sim, 'published', view, null)
      return { view: viewPart(call.sim, call.team, view) }
    },
  },
}
