/** What a bot may do with an interaction: the first answer, then everything through its token. */

import { MessageFlags } from 'discord.js'
import type { Upload } from './attachments.ts'
import { invalidField, refusal } from './errors.ts'
import { type FirstAnswer, firstAnswerWithin, type Interaction, type InteractionType, interactionTypes, tokenLife } from './interactions.ts'
import { createMessage, deleteMessage, editMessage, isLoading, type Message } from './messages.ts'
import { type CallbackBody, callbackBody } from './rules/callbacks.ts'
import { checked } from './rules/fields.ts'
import type { MessageBody } from './rules/messages.ts'
import { type Channel, channelById, type World } from './world.ts'

const changed = (interaction: Interaction): void => {
  for (const listener of interaction.listeners) listener()
}

const originOf = (world: World, interaction: Interaction, ephemeral: boolean, loading = false) => ({
  authorId: world.bot.id,
  onlyFor: ephemeral ? interaction.userId : null,
  interaction: { id: interaction.id, type: interaction.type, userId: interaction.userId, name: interaction.name },
  loading,
})

const isEphemeral = (body: MessageBody): boolean => ((body.flags ?? 0) & MessageFlags.Ephemeral) !== 0

const place = (world: World, interaction: Interaction): Channel => channelById(world, interaction.channelId)

const notPossible = (type: number): Error =>
  invalidField(['type'], 'INTERACTION_CALLBACK_TYPE_INVALID', `Callback type ${type} is not valid for this interaction`)

const allowed: Record<InteractionType, readonly number[]> = { 2: [4, 5, 9], 3: [4, 5, 6, 7, 9], 4: [8], 5: [4, 5, 6, 7] }

const mayAnswerWith = (interaction: Interaction, type: number): boolean => {
  if (interaction.type === interactionTypes.modal && (type === 6 || type === 7)) return interaction.source !== null
  return allowed[interaction.type].includes(type)
}

const firstAnswer = (world: World, interaction: Interaction, callback: CallbackBody, uploads: readonly Upload[]): FirstAnswer => {
  const { source } = interaction
  switch (callback.type) {
    case 4: {
      const origin = originOf(world, interaction, isEphemeral(callback.data))
      return { kind: 'message', message: createMessage(world, place(world, interaction), origin, callback.data, uploads) }
    }
    case 5: {
      const body = callback.data ?? {}
      const origin = originOf(world, interaction, isEphemeral(body), true)
      return { kind: 'deferred', message: createMessage(world, place(world, interaction), origin, {}) }
    }
    case 6:
      return { kind: 'deferred', message: source }
    case 7: {
      if (!source) throw notPossible(7)
      return { kind: 'message', message: editMessage(world, place(world, interaction), source, callback.data ?? {}, uploads) }
    }
    case 8:
      return { kind: 'autocomplete', choices: callback.data.choices ?? [] }
    case 9:
      return { kind: 'modal', modal: callback.data }
    default:
      callback satisfies never
      throw notPossible(0)
  }
}

/** The first answer: within three seconds (10062 after), once (40060 after), of a type that fits the interaction. */
export const answer = (
  world: World,
  interaction: Interaction | undefined,
  id: string,
  body: unknown,
  uploads: readonly Upload[],
): FirstAnswer => {
  if (!interaction || interaction.id !== id) throw refusal('unknownInteraction')
  if (interaction.answer) throw refusal('alreadyAcknowledged')
  if (world.now() - interaction.createdAt > firstAnswerWithin) throw refusal('unknownInteraction')
  const callback = checked(callbackBody, body)
  if (!mayAnswerWith(interaction, callback.type)) throw notPossible(callback.type)
  const given = firstAnswer(world, interaction, callback, uploads)
  interaction.answer = given
  interaction.original = given.kind === 'message' || given.kind === 'deferred' ? given.message : null
  changed(interaction)
  return given
}

/** The interaction behind a webhook token: 10015 when it was never answered, 50027 after fifteen minutes. */
export const answered = (world: World, interaction: Interaction | undefined): Interaction => {
  if (!interaction?.answer) throw refusal('unknownWebhook')
  if (world.now() - interaction.createdAt > tokenLife) throw refusal('expiredWebhookToken')
  return interaction
}

const settle = (interaction: Interaction): void => {
  interaction.settled = true
  changed(interaction)
}

/** A further message. The first one after a deferral takes the place of "thinking…", and its visibility. */
export const followUp = (world: World, interaction: Interaction, body: MessageBody, uploads: readonly Upload[]): Message => {
  const { original } = interaction
  if (original && isLoading(original)) return editOriginal(world, interaction, original, body, uploads)
  const message = createMessage(world, place(world, interaction), originOf(world, interaction, isEphemeral(body)), body, uploads)
  interaction.followUps.push(message)
  changed(interaction)
  return message
}

/** The message that an interaction's webhook means by `@original` or by an id; 10008 when it is gone or another's. */
export const messageOf = (interaction: Interaction, id: string): Message => {
  const { original, followUps } = interaction
  const message = id === '@original' || id === original?.id ? original : followUps.find((written) => written.id === id)
  if (!message) throw refusal('unknownMessage')
  return message
}

export const editOriginal = (
  world: World,
  interaction: Interaction,
  message: Message,
  body: MessageBody,
  uploads: readonly Upload[],
): Message => {
  const channel = place(world, interaction)
  if (!channel.messages?.has(message.id)) throw refusal('unknownMessage')
  const edited = editMessage(world, channel, message, body, uploads)
  if (message === interaction.original) settle(interaction)
  return edited
}

export const deleteOriginal = (world: World, interaction: Interaction, message: Message): void => {
  const channel = place(world, interaction)
  if (!channel.messages?.has(message.id)) throw refusal('unknownMessage')
  deleteMessage(world, channel, message)
  if (message !== interaction.original) return
  interaction.original = null
  settle(interaction)
}
