import { suggestions } from '../blocks/elements.ts'
import { findTouchable, type Touchable } from '../blocks/elements-of.ts'
import { isJson, type Json, jsonList, textField } from '../json.ts'
import type { Simulation } from '../simulation.ts'
import { type Given, initialValues, valueFrom } from '../values.ts'
import type { Team, User, ViewValues } from '../world.ts'
import { type Act, type Answer, act } from './answer.ts'
import { replyUrlOf } from './commands.ts'
import { blocksOf, channelOf, fillIn, interactionPart, isView, type Surface, surfacePart } from './surface.ts'

/** Presses a button. A button that is only a link still tells the app, as Slack does. */
export async function press(sim: Simulation, team: Team, user: User, surface: Surface, which: string): Promise<Answer> {
  const touched = findTouchable(blocksOf(surface), which)
  if (touched.element.type !== 'button') throw new Error(`"${which}" is a ${textField(touched.element, 'type')}, not a button`)
  const { value } = touched.element
  return touch(sim, team, user, surface, touched, { text: touched.element.text, ...(value === undefined ? {} : { value }) }, null)
}

/** Chooses in a menu or picker. In a form's input the app hears of it only with dispatch_action. */
export async function choose(
  sim: Simulation,
  team: Team,
  user: User,
  surface: Surface,
  which: string,
  given: Given,
): Promise<Answer | null> {
  const touched = findTouchable(blocksOf(surface), which)
  const value = valueFrom(team, touched.element, given)
  const block = textField(touched.block, 'block_id')
  const action = textField(touched.element, 'action_id')
  const filled = isView(surface) ? fillIn(team, surface, block, action, value) : surface
  if (touched.isInput && touched.block.dispatch_action !== true) return null
  const fresh = initialValues(blocksOf(surface))
  const state: ViewValues = { ...fresh, [block]: { ...fresh[block], [action]: value } }
  return touch(sim, team, user, filled, touched, value, state)
}

async function touch(
  sim: Simulation,
  team: Team,
  user: User,
  surface: Surface,
  { block, element }: Touchable,
  value: Json,
  state: ViewValues | null,
): Promise<Answer> {
  const channel = channelOf(team, surface)
  const trigger = sim.tickets.trigger(team.id, user.id)
  const reply = channel && !isView(surface) ? sim.tickets.reply(team.id, user.id, channel.id, surface.ts) : null
  const action = {
    ...value,
    type: element.type,
    action_id: element.action_id,
    block_id: block.block_id,
    action_ts: String(sim.now() / 1000),
  }
  const body: Json = {
    type: 'block_actions',
    ...interactionPart(sim, team, user, trigger),
    ...surfacePart(sim, team, surface, reply && replyUrlOf(sim, reply), state),
    actions: [action],
  }
  const where: Act = {
    user,
    channel,
    message: isView(surface) ? null : surface,
    vias: reply ? [trigger, reply] : [trigger],
    seesHome: isView(surface) && surface.spec.type === 'home',
  }
  return act(
    sim,
    'the button',
    where,
    () => sim.wire.deliver('interactive', body, null),
    () => null,
  )
}

/** Types into an external select; the words of the choices the app offers, [] when it fails or offers something Slack refuses. */
export async function suggest(
  sim: Simulation,
  team: Team,
  user: User,
  surface: Surface,
  which: string,
  typed: string,
): Promise<readonly string[]> {
  const { block, element } = findTouchable(blocksOf(surface), which)
  const body: Json = {
    type: 'block_suggestion',
    ...interactionPart(sim, team, user, ''),
    ...surfacePart(sim, team, surface, null, null),
    action_id: element.action_id,
    block_id: block.block_id,
    value: typed,
  }
  const reply = await sim.wire.deliver('interactive', body, null)
  if (!reply.ok || !suggestions.safeParse(reply.payload).success) return []
  const offered = [...jsonList(reply.payload.options), ...jsonList(reply.payload.option_groups).flatMap((group) => jsonList(group.options))]
  return offered.map((option) => (isJson(option.text) ? textField(option.text, 'text') : ''))
}
