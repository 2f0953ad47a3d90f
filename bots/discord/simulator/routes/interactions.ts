/** Answers to interactions: the first one by callback, the others through the webhook of the interaction's token. */

import { MessageFlags } from 'discord.js'
import { answer, answered, deleteOriginal, editOriginal, followUp, messageOf } from '../answering.ts'
import { refusal } from '../errors.ts'
import type { Interaction } from '../interactions.ts'
import { messagePayload } from '../payloads/message.ts'
import { checked } from '../rules/fields.ts'
import { messageBody } from '../rules/messages.ts'
import { type Call, type Route, route } from './route.ts'

const resourceTypes = { message: 4, deferred: 5, modal: 9, autocomplete: 8 } as const

const callback = (call: Call): object | undefined => {
  const { world, interactions, query, param } = call
  const interaction = interactions.byToken(param('token'))
  const given = answer(world, interaction, param('interaction'), call.body, call.uploads)
  if (query.get('with_response') !== 'true' || !interaction) return undefined
  const message = 'message' in given ? given.message : null
  const update = message !== null && message === interaction.source
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(message
        ? {
            response_message_id: message.id,
            response_message_loading: (message.flags & MessageFlags.Loading) !== 0,
            response_message_ephemeral: message.onlyFor !== null,
          }
        : {}),
    },
    resource: {
      type: update ? (given.kind === 'deferred' ? 6 : 7) : resourceTypes[given.kind],
      ...(message ? { message: messagePayload(world, message, 'rest') } : {}),
    },
  }
}

const interactionOf = (call: Call): Interaction => {
  const { world, interactions, param } = call
  if (param('application') !== world.bot.id) throw refusal('unknownWebhook')
  return answered(world, interactions.byToken(param('token')))
}

const write = (call: Call): object =>
  messagePayload(call.world, followUp(call.world, interactionOf(call), checked(messageBody, call.body), call.uploads), 'rest')

const read = (call: Call): object => messagePayload(call.world, messageOf(interactionOf(call), call.param('message')), 'rest')

const edit = (call: Call): object => {
  const interaction = interactionOf(call)
  const message = messageOf(interaction, call.param('message'))
  return messagePayload(call.world, editOriginal(call.world, interaction, message, checked(messageBody, call.body), call.uploads), 'rest')
}

const remove = (call: Call): undefined => {
  const interaction = interactionOf(call)
  deleteOriginal(call.world, interaction, messageOf(interaction, call.param('message')))
}

const byToken = true
const webhook = '/webhooks/{application}/{token}'
const window = { limit: 5, ms: 2000 }

export const interactionRoutes: readonly Route[] = [
  route('POST', '/interactions/{interaction}/{token}/callback', callback, { byToken, window: { limit: 5, ms: 1000 } }),
  route('POST', webhook, write, { byToken, window }),
  route('GET', `${webhook}/messages/{message}`, read, { byToken, window }),
  route('PATCH', `${webhook}/messages/{message}`, edit, { byToken, window }),
  route('DELETE', `${webhook}/messages/{message}`, remove, { byToken, window }),
]
