import type { Command } from '../../src/commands/command.ts'
import type { Answer } from '../../src/commands/perform.ts'
import { hangCard } from '../../src/domain/reservations/card.actions.ts'
import type { App } from '../../src/kernel/context.ts'
import { failed } from '../../src/screens/answers.ts'
import { digestOf } from '../../src/screens/cards.ts'
import { saidAlone } from '../../src/screens/room.ts'
import type { Screen, Subject } from '../../src/screens/screen.ts'
import { type Answerable, answer, followUp, isAside, isPressed, type Said, type Way } from './answer.ts'
import type { Panels } from './panels.ts'
import { missingForPanel } from './permissions.ts'
import { type Payload, render } from './render.ts'
import { lacking, stranger } from './sentences.ts'

type Drawn = Said & { readonly shows?: Subject; readonly aside?: Payload }

/** Shows the answer of a command where it belongs; a panel that everyone sees becomes the live one. */
export function showing(app: App, panels: Panels) {
  return show

  /** `staysBeside`: the message that was pressed is still needed, so the answer does not take its place. */
  async function show(interaction: Answerable, command: Command | undefined, work: Promise<Answer>, staysBeside: boolean): Promise<void> {
    const drawing = work.then((done) => draw(interaction, done, staysBeside))
    const message = await answer(interaction, command?.reply === 'public' ? 'public' : 'private', drawing)
    const { way, shows, aside } = await drawing
    if (aside !== undefined) await followUp(interaction, aside, 'private')
    if (message !== null && way === 'public') await hangCardOf(interaction, await work, message)
    if (shows === undefined || message === null || interaction.channelId === null || way === 'private' || isAside(interaction)) return
    await panels.hang(shows, { channel: interaction.channelId, message })
    if (way === 'public') await warnOfLacking(interaction)
  }

  /** A card that everyone sees is drawn again whenever its reservation changes. */
  async function hangCardOf(interaction: Answerable, { screen, reader }: Answer, message: string): Promise<void> {
    const { card: occurrence } = screen
    if (occurrence === undefined || interaction.channelId === null) return
    const card = { occurrence, channel: interaction.channelId, message, drawn: digestOf(screen, reader.locale) }
    await app.write('clock', null, (tx) => hangCard(tx, 'discord', card))
    await warnOfLacking(interaction)
  }

  async function draw(interaction: Answerable, done: Answer, staysBeside: boolean): Promise<Drawn> {
    const { screen, reader } = done
    try {
      const shown = (await isSaidBeside(interaction, screen)) ? saidAlone(screen) : screen
      const aside = screen.aside === undefined ? {} : { aside: render(screen.aside, reader) }
      const way = await wayOf(interaction, done, staysBeside)
      if (screen.shows === undefined) return { payload: render(shown, reader), way, ...aside }
      // A panel speaks to the whole channel, not to whoever asked for it or pressed in it.
      const isPublic = way === 'public' || (way === 'in place' && !isAside(interaction))
      const panel = isPublic ? await panels.drawn(screen.shows.room, interaction.channelId ?? '') : null
      return { ...(panel ?? { payload: render(shown, reader), shows: screen.shows }), way, ...aside }
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

  /** Beside the live panel that was pressed, only what is said to the person is new. */
  async function isSaidBeside(interaction: Answerable, { shows }: Screen): Promise<boolean> {
    return shows?.said === true && isPressed(interaction) && (await panels.isPanel(shows.room, interaction.message.id))
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
