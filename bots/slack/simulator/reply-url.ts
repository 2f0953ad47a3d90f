import { isJson, type Json } from './json.ts'
import type { Simulation } from './simulation.ts'
import type { ReplyUrl } from './tickets.ts'
import { composeMessage } from './web-api/compose.ts'
import { ApiError, flagArg } from './web-api/method.ts'
import { addMessage, type Channel, type Message, newTs, removeMessage, replaceMessage, type Team } from './world.ts'

/**
 * Answers where a person acted: ephemeral unless `in_channel`, in the place of the message acted on with `replace_original`,
 * or taking it away with `delete_original`. `via` is announced with it. Throws ApiError for refused content.
 */
export function answerWith(
  sim: Simulation,
  team: Team,
  channel: Channel,
  user: string,
  payload: Json,
  original: Message | null,
  via: string | null,
): Message | null {
  const announce = (what: 'posted' | 'updated' | 'deleted', message: Message): void =>
    sim.deeds.announce({ what, team: team.id, channel: channel.id, user: message.onlyFor, message, view: null, via })
  if (flagArg(payload, 'delete_original')) {
    if (!original || !removeMessage(channel, original.ts)) throw new ApiError('message_not_found')
    announce('deleted', original)
    return null
  }
  const replaces = flagArg(payload, 'replace_original') && original !== null
  const isForAll = replaces ? original.onlyFor === null : payload.response_type === 'in_channel'
  const content = composeMessage(
    { sim, team },
    payload.text === undefined && Array.isArray(payload.blocks) ? { ...payload, text: "This content can't be displayed." } : payload,
    isForAll ? channel.id : null,
  )
  if (replaces) {
    const next: Message = { ...original, ...content, edited: true }
    if (!replaceMessage(channel, next)) throw new ApiError('message_not_found')
    announce('updated', next)
    return next
  }
  const onlyFor = payload.response_type === 'in_channel' ? null : user
  const ts = newTs(sim.world, sim.now())
  const message: Message = {
    ...content,
    ts,
    channel: channel.id,
    author: team.installation?.bot.id ?? '',
    threadTs: null,
    onlyFor,
    edited: false,
  }
  addMessage(channel, message)
  announce('posted', message)
  return message
}

/** A post to a response_url: HTTP status and body as Slack gives them. */
export function postToReplyUrl(
  sim: Simulation,
  id: string,
  payload: Json | null,
): { readonly status: number; readonly body: string; readonly reply: ReplyUrl | null } {
  const reply = sim.tickets.spendReply(id)
  if (typeof reply === 'string') return { status: 404, body: reply, reply: null }
  const team = sim.world.teams.get(reply.team)
  const channel = team?.channels.get(reply.channel)
  if (!team || !channel || !isJson(payload)) return { status: 400, body: 'invalid_payload', reply }
  const original = channel.messages.findLast((one) => one.ts === reply.messageTs) ?? null
  try {
    const made = answerWith(sim, team, channel, reply.user, payload, original, id)
    // A command has no message of its own: replace_original then means what was said through this address before.
    if (made && reply.messageTs === null) sim.tickets.remember(id, made.ts)
    return { status: 200, body: 'ok', reply }
  } catch (error) {
    if (error instanceof ApiError) return { status: error.message === 'message_not_found' ? 404 : 400, body: error.message, reply }
    throw error
  }
}
