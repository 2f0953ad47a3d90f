import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  type Interaction,
  type ModalSubmitInteraction,
  RESTJSONErrorCodes,
  type StringSelectMenuInteraction,
  type UserContextMenuCommandInteraction,
} from 'discord.js'
import type { Raw } from '../../src/commands/arguments.ts'
import { commands } from '../../src/commands/index.ts'
import { type Answer, formFor, perform } from '../../src/commands/perform.ts'
import { unpackPress, unpackSelect } from '../../src/commands/press.ts'
import type { App } from '../../src/kernel/context.ts'
import type { Press } from '../../src/kernel/press.ts'
import type { Screen } from '../../src/screens/screen.ts'
import { type Answerable, answer, isAnswerable } from './answer.ts'
import { callerOf, placeFor, placeOf } from './caller.ts'
import { userMenus } from './command-list.ts'
import { rawFromFields } from './fields.ts'
import { modal, partsMessage, partsOf, unmarked } from './forms.ts'
import { inTime, longestWait } from './in-time.ts'
import { personOf, rawFrom, spelled } from './options.ts'
import type { Panels } from './panels.ts'
import { type Payload, render } from './render.ts'
import { seeRoles } from './roles.ts'
import { formTooLate, notServed, oldButton, stranger, tryingAgain } from './sentences.ts'
import { showing } from './showing.ts'
import { suggestFor } from './suggestions.ts'

export type Answers = (interaction: Interaction) => Promise<void>

/** Turns whatever a person does on Discord into one request to the list of commands, and shows its answer. */
export function answering(app: App, panels: Panels): Answers {
  const commandNamed = new Map(commands.map((command) => [command.name, command]))
  const show = showing(app, panels)

  return async (interaction) => {
    try {
      await route(interaction)
    } catch (error) {
      if (!(error instanceof DiscordAPIError) || error.code !== RESTJSONErrorCodes.UnknownInteraction) throw error
      app.log.warn({ milliseconds: app.clock.now().getTime() - interaction.createdTimestamp }, 'an answer came too late for Discord')
    }
  }

  async function route(interaction: Interaction): Promise<void> {
    if (interaction.isAutocomplete()) return isAllowed(interaction) ? suggestFor(app, interaction) : interaction.respond([])
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
    const work = performing(interaction, press.command, args).then((done) => (done.refusal === 'invalid' ? openAgain(done, press) : done))
    return show(interaction, command, work, part !== null)
  }

  async function run(interaction: Answerable, command: string, args: Raw): Promise<void> {
    await show(interaction, commandNamed.get(command), performing(interaction, command, args), false)
  }

  async function performing(interaction: Answerable, command: string, args: Raw): Promise<Answer> {
    const [place] = await Promise.all([placeFor(command, interaction), seeRoles(app, interaction)])
    return perform(app, { caller: callerOf(interaction), command, args, place })
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
}

/** A modal is gone once it is sent: what it can't take is said with a way back into it. */
const openAgain = (done: Answer, press: Press): Answer => ({ ...done, screen: tryingAgain(done.screen, press) })

const sendPrivately = async (interaction: Answerable, payload: Payload): Promise<void> => {
  await answer(interaction, 'private', Promise.resolve({ payload, way: 'private' }))
}

const sayPrivately = (interaction: Answerable, screen: Screen): Promise<void> =>
  sendPrivately(interaction, render(screen, stranger(interaction.locale)))
