/** Interactions in the air: who started them, what was answered, what is still allowed. */

import { randomBytes } from 'node:crypto'
import { MessageFlags } from 'discord.js'
import { invalidField, refusal } from './errors.ts'
import { createMessage, deleteMessage, editMessage, isLoading, type Message, type Upload } from './messages.ts'
import { type CallbackBody, callbackBody } from './rules/callbacks.ts'
import { checked } from './rules/fields.ts'
import type { MessageBody } from './rules/messages.ts'
import type { ModalBody } from './rules/modals.ts'
import { type Channel, channelById, type World } from './world.ts'

/** Milliseconds for the first answer, and for everything after it. */
export const firstAnswerWithin = 3000
const tokenLife = 15 * 60_000

/** The numbers of Discord's interaction types. */
export const interactionTypes = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const
export type InteractionType = (typeof interactionTypes)[keyof typeof interactionTypes]

export type Choice = { readonly name: string; readonly value: string | number }
export type FirstAnswer =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'deferred'; readonly message: Message | null }
  | { readonly kind: 'modal'; readonly modal: ModalBody }
  | { readonly kind: 'autocomplete'; readonly choices: readonly Choice[] }

export type Interaction = {
  readonly id: string
  readonly token: string
  readonly type: InteractionType
  readonly userId: string
  readonly channelId: string
  readonly guildId: string | null
  readonly createdAt: number
  /** Words of a slash command, without options. */
  readonly name: string | null
  /** The message that a pressed component hangs on. */
  readonly source: Message | null
  answer: FirstAnswer | null
  /** What `@original` means; null before it is there and after it is deleted. */
  original: Message | null
  /** The original was filled in, or deleted, after a deferral. */
  settled: boolean
  readonly followUps: Message[]
  /** Called at every change. */
  readonly listeners: Set<() => void>
}

export type Interactions = {
  open(start: Pick<Interaction, 'type' | 'userId' | 'channelId' | 'guildId' | 'name' | 'source'>): Interaction
  byToken(token: string): Interaction | undefined
}

export const createInteractions = (world: World): Interactions => {
  const open = new Map<string, Interaction>()
  const forgetOld = (): void => {
    for (const [token, interaction] of open) {
      if (world.now() - interaction.createdAt < tokenLife) return
      open.delete(token)
    }
  }
  return {
    open: (start) => {
      forgetOld()
      const interaction: Interaction = {
        ...start,
        id: world.nextId(),
        token: `aW50ZXJhY3Rpb246${randomBytes(48).toString('base64url')}`,
        createdAt: world.now(),
        answer: null,
        original: null,
        settled: false,
        followUps: [],
        listeners: new Set(),
      }
      open.set(interaction.token, interaction)
      return interaction
    },
    byToken: (token) => open.get(token),
  }
}

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
