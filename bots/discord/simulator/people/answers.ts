/** What a person gets back for a command or a press. */

import { type Choice, firstAnswerWithin, type Interaction, interactionTypes } from '../interactions.ts'
import type { Message } from '../messages.ts'
import type { ModalBody } from '../rules/modals.ts'
import { modalTextOf, textOf } from '../text.ts'

/** A form on the screen, with what Discord remembers of where it came from. */
export type Modal = { readonly body: ModalBody; readonly channelId: string; readonly source: Message | null }

export type Answer = {
  readonly kind: 'message' | 'deferred' | 'modal' | 'autocomplete' | 'deleted'
  readonly ephemeral: boolean
  /** The message as it is now: edits show in it. */
  readonly message: Message | null
  readonly modal: Modal | null
  readonly choices: readonly Choice[]
  /** What can be read in it now. */
  readonly text: string
  /** Messages that came after the first answer. */
  readonly followUps: readonly Message[]
  /** The answer once a deferral is filled in or deleted (kind `deleted`); rejects after `within` ms. */
  finished(within?: number): Promise<Answer>
  /** The nth further message (1 is the first); rejects after `within` ms. */
  followedUp(nth?: number, within?: number): Promise<Message>
}

/** Waits until `reached` holds; rejects with `words` after `ms`. */
const until = (interaction: Interaction, reached: () => boolean, ms: number, words: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const done = (): void => {
      if (!reached()) return
      clearTimeout(timer)
      interaction.listeners.delete(done)
      resolve()
    }
    const timer = setTimeout(() => {
      interaction.listeners.delete(done)
      reject(new Error(words))
    }, ms)
    interaction.listeners.add(done)
    done()
  })

const shown = (interaction: Interaction, kind: Answer['kind']): Answer => {
  const first = interaction.answer
  const message = kind === 'deleted' ? null : interaction.original
  const modal = first?.kind === 'modal' ? { body: first.modal, channelId: interaction.channelId, source: interaction.source } : null
  return {
    kind,
    ephemeral: message !== null && message.onlyFor !== null,
    message,
    modal,
    choices: first?.kind === 'autocomplete' ? first.choices : [],
    get text() {
      return message ? textOf(message) : modal ? modalTextOf(modal.body) : ''
    },
    followUps: interaction.followUps,
    finished: async (within = 5000) => {
      if (first?.kind !== 'deferred') return shown(interaction, kind)
      await until(interaction, () => interaction.settled, within, `Still thinking after ${within} ms: ${interaction.name ?? 'a press'}`)
      return shown(interaction, interaction.original ? 'message' : 'deleted')
    },
    followedUp: async (nth = 1, within = 5000) => {
      await until(interaction, () => interaction.followUps.length >= nth, within, `No follow-up number ${nth} within ${within} ms`)
      const message = interaction.followUps[nth - 1]
      if (!message) throw new RangeError(`Follow-ups are counted from 1, not ${nth}`)
      return message
    },
  }
}

/** The first answer, or what Discord writes when there was none in time. */
export const answerOf = async (interaction: Interaction): Promise<Answer> => {
  const words = interaction.type === interactionTypes.autocomplete ? 'Loading options failed' : 'The application did not respond'
  await until(interaction, () => interaction.answer !== null, firstAnswerWithin, words)
  return shown(interaction, interaction.answer?.kind ?? 'message')
}
