import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  type Interaction,
  MessageFlags,
  type ModalMessageModalSubmitInteraction,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
  type UserContextMenuCommandInteraction,
} from 'discord.js'
import { inTime } from './in-time.ts'
import { filesOf } from './pictures.ts'
import type { Payload } from './render.ts'

type Pressed = ButtonInteraction | StringSelectMenuInteraction | ModalMessageModalSubmitInteraction
export type Answerable = ChatInputCommandInteraction | UserContextMenuCommandInteraction | Pressed | ModalSubmitInteraction

/** Where an answer goes: to the person alone, to the channel, or into the message that was pressed. */
export type Way = 'private' | 'public' | 'in place'
export type Said = { readonly payload: Payload; readonly way: Way }

/** How long an answer may take before something is shown, in milliseconds: Discord gives up after 3 s. */
export const patience = 1500

/** 40060: the answer arrived, and only the word of it was lost on its way back. */
const alreadyAnswered = 40060

/**
 * Shows the answer as soon as it is there: at once if it comes in time, which leaves its visibility free; else after deferring
 * in the declared way. Returns the id of the message that shows it, null where only one person sees it.
 */
export async function answer(interaction: Answerable, declared: 'private' | 'public', work: Promise<Said>): Promise<string | null> {
  const said = await inTime(work, patience)
  if (said !== 'late') return answerNow(interaction, said)
  if (isPressed(interaction)) {
    await once(interaction, interaction.deferUpdate())
    return answerPressLate(interaction, await work)
  }
  await once(interaction, interaction.deferReply(declared === 'private' ? { flags: MessageFlags.Ephemeral } : {}))
  return answerLate(interaction, declared, await work)
}

async function answerNow(interaction: Answerable, { payload, way }: Said): Promise<string | null> {
  if (way === 'in place' && isPressed(interaction)) {
    await once(interaction, interaction.update(await editOf(payload)))
    return interaction.message.id
  }
  if (way !== 'public') {
    await once(interaction, interaction.reply({ ...(await editOf(payload)), flags: payload.flags | MessageFlags.Ephemeral }))
    return null
  }
  const response = await once(interaction, interaction.reply({ ...(await editOf(payload)), withResponse: true }))
  return response?.resource?.message?.id ?? (await interaction.fetchReply()).id
}

/** A "thinking…" keeps the visibility that it began with: an answer of another one takes it away and follows up. */
async function answerLate(interaction: Answerable, declared: 'private' | 'public', { payload, way }: Said): Promise<string | null> {
  const wanted = way === 'public' ? 'public' : 'private'
  if (wanted === declared) {
    const { id } = await interaction.editReply(await editOf(payload))
    return wanted === 'public' ? id : null
  }
  await interaction.deleteReply()
  return followUp(interaction, payload, wanted)
}

async function answerPressLate(interaction: Answerable, { payload, way }: Said): Promise<string | null> {
  if (way === 'in place') return (await interaction.editReply(await editOf(payload))).id
  return followUp(interaction, payload, way)
}

/** One message more, after an answer; gives the id of a public one. */
export async function followUp(interaction: Answerable, payload: Payload, way: Exclude<Way, 'in place'>): Promise<string | null> {
  const { id } = await interaction.followUp({
    ...(await editOf(payload)),
    flags: payload.flags | (way === 'private' ? MessageFlags.Ephemeral : 0),
  })
  return way === 'public' ? id : null
}

/** Whether there is a message that the interaction can change: that of the button, also of one that opened a form. */
export const isPressed = (interaction: Answerable): interaction is Pressed =>
  interaction.isMessageComponent() || (interaction.isModalSubmit() && interaction.isFromMessage())

export const isAnswerable = (interaction: Interaction): interaction is Answerable =>
  interaction.isChatInputCommand() ||
  interaction.isUserContextMenuCommand() ||
  interaction.isButton() ||
  interaction.isStringSelectMenu() ||
  interaction.isModalSubmit()

/** Whether the pressed message is seen by one person alone. */
export const isAside = (interaction: Answerable): boolean => isPressed(interaction) && interaction.message.flags.has(MessageFlags.Ephemeral)

/** The payload as discord.js wants it. Of what was attached before nothing stays: each screen brings its own pictures. */
const editOf = async ({ components, pictures = [], allowed_mentions: { parse, users } }: Payload) => ({
  components,
  attachments: [],
  files: (await filesOf(pictures)).map(({ name, data, alt }) => ({ attachment: data, name, description: alt })),
  flags: MessageFlags.IsComponentsV2 as const,
  allowedMentions: { parse, ...(users ? { users } : {}) },
})

async function once<T>(interaction: Answerable, answering: Promise<T>): Promise<T | null> {
  try {
    return await answering
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || error.code !== alreadyAnswered) throw error
    interaction.replied = true
    return null
  }
}
