import { findTouchable } from '../blocks/elements-of.ts'
import { isJson, type Json, textField } from '../json.ts'
import { actorPart, viewPart } from '../payloads.ts'
import type { Simulation } from '../simulation.ts'
import { type Given, refusedByClient, valueFrom } from '../values.ts'
import { ApiError } from '../web-api/method.ts'
import { pushModal, readView, redrawModal } from '../web-api/views.ts'
import type { Team, User, View } from '../world.ts'
import { type Act, type Answer, act, failed, refused, shown } from './answer.ts'
import { blocksOf, fillIn } from './surface.ts'

/** Fills in a modal (by action_id, block_id or label) and submits it. Slack's own client refuses empty required fields first. */
export async function submit(sim: Simulation, team: Team, user: User, view: View, given: Readonly<Record<string, Given>>): Promise<Answer> {
  const open = (team.modals.get(user.id) ?? []).find((one) => one.id === view.id)
  if (!open) throw new Error('this modal is not open any more')
  const filled = Object.entries(given).reduce((before, [which, value]) => {
    const { block, element } = findTouchable(blocksOf(before), which)
    return fillIn(team, before, textField(block, 'block_id'), textField(element, 'action_id'), valueFrom(team, element, value))
  }, open)
  const faults = refusedByClient(blocksOf(filled), filled.values)
  if (Object.keys(faults).length > 0) return refused(faults)
  const trigger = sim.tickets.trigger(team.id, user.id)
  const body: Json = {
    type: 'view_submission',
    ...actorPart(sim, team, user),
    trigger_id: trigger,
    view: viewPart(sim, team, filled),
    response_urls: [],
  }
  const where: Act = { user, channel: null, message: null, vias: [trigger], seesHome: true }
  return act(
    sim,
    'the form',
    where,
    () => sim.wire.deliver('interactive', body, null),
    ({ payload }) => afterSubmit(sim, team, filled, payload),
  )
}

/** What a response_action does to the form; without one it closes, and the answer is whatever the app shows next. */
function afterSubmit(sim: Simulation, team: Team, view: View, payload: Json): Answer | null {
  try {
    switch (payload.response_action) {
      case 'errors':
        return refused(
          isJson(payload.errors)
            ? Object.fromEntries(Object.entries(payload.errors).map(([block, fault]) => [knownBlock(view, block), String(fault)]))
            : {},
        )
      case 'update':
        return shown(null, redrawModal(sim, team, view, readView('modal', payload.view)))
      case 'push':
        return shown(null, pushModal(sim, team, view.user, readView('modal', payload.view), null))
      case 'clear':
        team.modals.delete(view.user)
        return null
      case undefined:
        closeTop(team, view)
        return null
      default:
        return failed('the form', 'invalid_response_action')
    }
  } catch (error) {
    if (error instanceof ApiError) return failed('the form', error.message)
    throw error
  }
}

/** Slack shows "We had some trouble connecting" when an error names a block that is no input of the form. */
function knownBlock(view: View, block: string): string {
  if (blocksOf(view).some((one) => one.block_id === block && one.type === 'input')) return block
  throw new ApiError('invalid_error_block')
}

function closeTop(team: Team, view: View): void {
  const left = (team.modals.get(view.user) ?? []).filter((one) => one.id !== view.id)
  team.modals.set(view.user, left)
}

/** Closes the top modal without submitting it (the X closes all); the app hears of it if it asked to. */
export async function dismiss(sim: Simulation, team: Team, user: User): Promise<void> {
  const view = (team.modals.get(user.id) ?? []).at(-1)
  if (!view) return
  const all = view.spec.clear_on_close === true
  if (all) team.modals.delete(user.id)
  else closeTop(team, view)
  if (view.spec.notify_on_close !== true) return
  await sim.wire.deliver(
    'interactive',
    { type: 'view_closed', ...actorPart(sim, team, user), view: viewPart(sim, team, view), is_cleared: all },
    null,
  )
}
