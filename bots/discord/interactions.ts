import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  type Interaction,
  MessageFlags,
  type ModalSubmitInteraction,
  RESTJSONErrorCodes,
  type StringSelectMenuInteraction,
  type UserContextMenuCommandInteraction,
} from 'discord.js'
import type { Raw } from '../../src/commands/arguments.ts'
import type { Command } from '../../src/commands/command.ts'
import { commands } from '../../src/commands/index.ts'
import { type Answer, formFor, perform, suggest } from '../../src/commands/perform.ts'
import { unpackPress, unpackSelect } from '../../src/commands/press.ts'
import type { App } from '../../src/kernel/context.ts'
import type { Press } from '../../src/kernel/press.ts'
import { failed } from '../../src/screens/answers.ts'
import type { Screen } from '../../src/screens/screen.ts'
import { type Answerable, answer, followUp, isPressed, type Said, type Way } from './answer.ts'
import { callerOf, placeOf } from './caller.ts'
import { userMenus } from './command-list.ts'
import { rawFromFields } from './fields.ts'
import { modal, partsMessage, partsOf, unmarked } from './forms.ts'
import { inTime } from './in-time.ts'
import { limits } from './limits.ts'
import { cut } from './markdown.ts'
import { personOf, rawFrom } from './options.ts'
import type { Panels } from './panels.ts'
import { missingForPanel } from './permissions.ts'
import { type Payload, render } from './render.ts'
import { formTooLate, lacking, notServed, oldButton, stranger } from './sentences.ts'

/** Discord waits 3 s for a form or for suggestions, which can't be deferred; what is left is for the way there. */
const longestWait = 2400

export type Answers = (interaction: Interaction) => Promise<void>

/** Turns whatever a person does on Discord into one request to the list of commands, and shows its answer. */
export function answering(app: App, panels: Panels): Answers {
  const commandNamed = new Map(commands.map((command) => [command.name, command]))

  return async (interaction) => {
    try {
      await route(interaction)
    } catch (error) {
      if (!(error instanceof DiscordAPIError) || error.code !== RESTJSONErrorCodes.UnknownInteraction) throw error
      app.log.warn({ milliseconds: app.clock.now().getTime() - interaction.createdTimestamp }, 'an answer came too late for Discord')
    }
  }

  async function route(interaction: Interaction): Promise<void> {
    if (interaction.isAutocomplete()) return suggestFor(interaction)
    if (!isAnswerable(interaction)) return
    if (!isAllowed(interaction)) return sayPrivately(interaction, notServed)
    if (interaction.isChatInputCommand()) return slash(interaction)
    if (interaction.isUserContextMenuCommand()) return menu(interaction)
    return pressed(interaction)
  }

  function isAllowed({ guildId }: Interaction): boolean {
    const { allowedWorkspaces } = app.config
    return guildId === null || allowedWorkspaces.length === 0 || allowedWorkspaces.includes(guildId)
  }

  async function slash(interaction: ChatInputCommandInteraction): Promise<void> {
    const name = spelled(interaction)
    const args = rawFrom(interaction.options.data)
    const command = commandNamed.get(name)
    if (command?.reply === 'form' && Object.keys(args).length === 0)
      return openForm(interaction, { command: name, args: {}, ask: true }, null)
    return run(interaction, name, args)
  }

  async function menu(interaction: UserContextMenuCommandInteraction): Promise<void> {
    const chosen = userMenus.find(({ name }) => name === interaction.commandName)
    if (chosen === undefined) return sayPrivately(interaction, oldButton)
    return run(interaction, chosen.command, { [chosen.option]: personOf(interaction.targetUser) })
  }

  async function pressed(interaction: ButtonInteraction | StringSelectMenuInteraction | ModalSubmitInteraction): Promise<void> {
    const { part, packed } = unmarked(interaction.customId)
    const press = interaction.isStringSelectMenu() ? unpackSelect(packed, interaction.values[0] ?? '') : unpackPress(packed)
    const command = press && commandNamed.get(press.command)
    if (!press || !command) return sayPrivately(interaction, oldButton)
    if (!interaction.isModalSubmit()) return press.ask ? openForm(interaction, press, part) : run(interaction, press.command, press.args)
    const args = { ...press.args, ...rawFromFields(command, interaction.fields.fields.values()) }
    return run(interaction, press.command, args, part !== null)
  }

  async function run(interaction: Answerable, command: string, args: Raw, staysBeside = false): Promise<void> {
    const request = { caller: callerOf(interaction), command, args, place: placeOf(interaction) }
    const work = perform(app, request)
    await show(interaction, commandNamed.get(command), work, staysBeside)
  }

  /** `staysBeside`: the message that was pressed is still needed, so the answer does not take its place. */
  async function show(interaction: Answerable, command: Command | undefined, work: Promise<Answer>, staysBeside: boolean): Promise<void> {
    const shown = work.then(async (done) => ({ done, said: await said(interaction, done, staysBeside) }))
    const words = shown.then((both) => both.said)
    const message = await answer(interaction, command?.reply === 'public' ? 'public' : 'private', words)
    const { shows } = (await shown).done.screen
    const { way } = await words
    if (shows === undefined || message === null || interaction.channelId === null || way === 'private' || isAside(interaction)) return
    await panels.hang(shows, { channel: interaction.channelId, message })
    if (way === 'public') await warnOfLacking(interaction)
  }

  async function said(interaction: Answerable, done: Answer, staysBeside: boolean): Promise<Said> {
    try {
      return { payload: render(done.screen, done.reader), way: await wayOf(interaction, done, staysBeside) }
    } catch (error) {
      return { payload: drawingFailed(interaction, error), way: 'private' }
    }
  }

  /**
   * A message that only its reader sees gives place to what follows from it; a panel becomes its own next state, and nobody is
   * told twice. A panel is news only where the room lives.
   */
  async function wayOf(interaction: Answerable, { screen, audience, outcome }: Answer, staysBeside: boolean): Promise<Way> {
    const { shows } = screen
    if (outcome !== 'done') return 'private'
    if (isAside(interaction)) return staysBeside ? 'private' : 'in place'
    if (shows === undefined) return audience === 'channel' ? 'public' : 'private'
    if (isPressed(interaction)) return !shows.said && (await panels.isPanel(shows.room, interaction.message.id)) ? 'in place' : 'private'
    return audience === 'channel' && (await panels.livesIn(shows.room, interaction.channelId ?? '')) ? 'public' : 'private'
  }

  async function openForm(interaction: Exclude<Answerable, ModalSubmitInteraction>, press: Press, part: number | null): Promise<void> {
    const opening = formFor(app, callerOf(interaction), press, placeOf(interaction))
    const opened = await inTime(opening, longestWait)
    if (opened === 'late') return sayPrivately(interaction, formTooLate(press))
    if (!('form' in opened))
      return show(
        interaction,
        commandNamed.get(press.command),
        opening.then(() => opened),
        true,
      )
    const { form, reader } = opened
    const parts = partsOf(form)
    const chosen = part === null ? parts.length === 1 && parts[0] : parts[part]
    if (chosen) await interaction.showModal(modal(chosen, reader, part !== null))
    else await sendPrivately(interaction, partsMessage(form, reader))
  }

  async function suggestFor(interaction: AutocompleteInteraction): Promise<void> {
    if (!isAllowed(interaction)) return interaction.respond([])
    const { name: option, value: typed } = interaction.options.getFocused(true)
    const asked = { command: spelled(interaction), option, typed, place: placeOf(interaction) }
    const found = await inTime(suggest(app, callerOf(interaction), asked), longestWait)
    const fitting =
      found === 'late' ? [] : found.filter(({ label, value }) => label !== '' && value.length > 0 && value.length <= limits.suggestion)
    await interaction.respond(fitting.slice(0, limits.choices).map(({ label, value }) => ({ name: cut(label, limits.suggestion), value })))
  }

  /** A panel that can't be redrawn later would tell wrong times: whoever asked for it hears what is missing. */
  async function warnOfLacking(interaction: Answerable): Promise<void> {
    if (interaction.guild === null) return
    const missing = missingForPanel(interaction.appPermissions)
    if (missing.length > 0) await followUp(interaction, render(lacking(missing), stranger(interaction.locale)), 'private')
  }

  function drawingFailed(interaction: Answerable, error: unknown): Payload {
    const reference = interaction.id.slice(-8)
    app.log.error({ err: error, reference }, 'an answer could not be drawn')
    return render(failed(reference), stranger(interaction.locale))
  }
}

const sendPrivately = async (interaction: Answerable, payload: Payload): Promise<void> => {
  await answer(interaction, 'private', Promise.resolve({ payload, way: 'private' }))
}

const sayPrivately = (interaction: Answerable, screen: Screen): Promise<void> =>
  sendPrivately(interaction, render(screen, stranger(interaction.locale)))

const isAnswerable = (interaction: Interaction): interaction is Answerable =>
  interaction.isChatInputCommand() ||
  interaction.isUserContextMenuCommand() ||
  interaction.isButton() ||
  interaction.isStringSelectMenu() ||
  interaction.isModalSubmit()

/** Whether the pressed message is seen by one person alone. */
const isAside = (interaction: Answerable): boolean => isPressed(interaction) && interaction.message.flags.has(MessageFlags.Ephemeral)

/** The command with its subcommand, as the list of commands names it. */
const spelled = ({ commandName, options }: ChatInputCommandInteraction | AutocompleteInteraction): string =>
  [commandName, options.getSubcommand(false)].filter((word) => word !== null).join(' ')
