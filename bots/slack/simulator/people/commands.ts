import { isInstalled } from '../installing.ts'
import type { Json } from '../json.ts'
import { escapeTyped } from '../mrkdwn.ts'
import { actorPart, messagePart } from '../payloads.ts'
import { answerWith } from '../reply-url.ts'
import type { Simulation } from '../simulation.ts'
import { ApiError } from '../web-api/method.ts'
import type { Channel, Message, Team, User } from '../world.ts'
import { type Act, type Answer, act, failed, shown } from './answer.ts'

export const replyUrlOf = (sim: Simulation, id: string): string => `${sim.baseUrl}/response/${id}`

/** Types a slash command, with should_escape, into a channel. */
export async function typeCommand(
  sim: Simulation,
  team: Team,
  user: User,
  channel: Channel,
  command: string,
  text: string,
): Promise<Answer> {
  if (command !== sim.app.command || !isInstalled(sim, team) || !team.installation?.scopes.has('commands'))
    return failed(command, 'unknown_command')
  const trigger = sim.tickets.trigger(team.id, user.id)
  const reply = sim.tickets.reply(team.id, user.id, channel.id, null)
  const body: Json = {
    token: 'verification',
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channel.kind === 'private' ? 'privategroup' : channel.name,
    user_id: user.id,
    user_name: user.name,
    command,
    text: escapeTyped(team, text, true),
    api_app_id: sim.app.id,
    is_enterprise_install: 'false',
    response_url: replyUrlOf(sim, reply),
    trigger_id: trigger,
  }
  const where: Act = { user, channel, message: null, vias: [trigger, reply], seesHome: false }
  const send = () => sim.wire.deliver('slash_commands', body, null)
  return act(sim, command, where, send, ({ payload }) => answerInAck(sim, team, channel, user, command, payload, reply))
}

/** An acknowledgement of a command may carry a message; a refused one is an error to the person, as a bad answer is in Slack. */
function answerInAck(
  sim: Simulation,
  team: Team,
  channel: Channel,
  user: User,
  command: string,
  payload: Json,
  reply: string,
): Answer | null {
  if (payload.text === undefined && payload.blocks === undefined) return null
  try {
    const message = answerWith(sim, team, channel, user.id, payload, null, reply)
    if (message) sim.tickets.remember(reply, message.ts)
    return shown(message, null)
  } catch (error) {
    if (error instanceof ApiError) return failed(command, error.message)
    throw error
  }
}

/** Picks a shortcut of the app: global, or on a message. */
export async function pickShortcut(sim: Simulation, team: Team, user: User, callbackId: string, message: Message | null): Promise<Answer> {
  const trigger = sim.tickets.trigger(team.id, user.id)
  const channel = message ? (team.channels.get(message.channel) ?? null) : null
  const reply = channel ? sim.tickets.reply(team.id, user.id, channel.id, message?.ts ?? null) : null
  const on =
    message && channel && reply
      ? {
          type: 'message_action',
          message_ts: message.ts,
          message: messagePart(sim, team, message),
          channel: { id: channel.id, name: channel.name },
          response_url: replyUrlOf(sim, reply),
        }
      : { type: 'shortcut' }
  const body: Json = {
    ...actorPart(sim, team, user),
    ...on,
    callback_id: callbackId,
    trigger_id: trigger,
    action_ts: String(sim.now() / 1000),
  }
  const where: Act = { user, channel, message, vias: reply ? [trigger, reply] : [trigger], seesHome: false }
  return act(
    sim,
    callbackId,
    where,
    () => sim.wire.deliver('interactive', body, null),
    () => null,
  )
}
