/** Interactions in the air: who started them, what was answered, what is still allowed. */

import { randomBytes } from 'node:crypto'
import type { Message } from './messages.ts'
import type { ModalBody } from './rules/modals.ts'
import type { World } from './world.ts'

/** Milliseconds for the first answer, and for everything after it. */
export const firstAnswerWithin = 3000
export const tokenLife = 15 * 60_000

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
