/** People: what they do, and what they see. */

import { refusal } from './errors.ts'
import type { Interactions } from './interactions.ts'
import { createMessage, type Message } from './messages.ts'
import type { Answer, Modal } from './people/answers.ts'
import { autocomplete, messageMenu, slash, userMenu } from './people/commands.ts'
import { type FieldValue, press, select, submit } from './people/components.ts'
import type { Person as Actor } from './people/interact.ts'
import type { OptionValues } from './people/options.ts'
import { may } from './permissions.ts'
import { type Channel, channelById, guildOfChannel, openDirectChannel, type User, type World } from './world.ts'

export type NewPerson = {
  readonly name: string
  /** As Discord writes it; `en-US` when absent. */
  readonly locale?: string
  /** Takes direct messages: yes when absent. */
  readonly acceptsDirectMessages?: boolean
  /** Has the application installed to the account. */
  readonly hasApp?: boolean
}

/** A message, or an answer that is one. */
type OnScreen = Message | Answer

export type Person = User & {
  slash(channel: Channel, words: string, options?: OptionValues): Promise<Answer>
  autocomplete(channel: Channel, words: string, options: OptionValues, focused?: string): Promise<Answer>
  press(on: OnScreen, customIdOrLabel: string): Promise<Answer>
  select(on: OnScreen, customId: string, values: readonly string[]): Promise<Answer>
  submit(form: Modal | Answer, fields?: Readonly<Record<string, FieldValue>>): Promise<Answer>
  userMenu(channel: Channel, name: string, target: User): Promise<Answer>
  messageMenu(channel: Channel, name: string, message: Message): Promise<Answer>
  /** Writes a message; bots hear of it as their intents allow. */
  say(channel: Channel, text: string): Message
  /** The messages that this person can read there, oldest first, the private ones included. */
  sees(channel: Channel): Message[]
  /** The direct messages with the bot. */
  directMessages(): Channel
  /** The messages there that notified this person. */
  pingedIn(channel: Channel): Message[]
}

const messageOn = (on: OnScreen): Message => {
  if (!('kind' in on)) return on
  if (!on.message) throw new Error(`The answer is no message but ${on.kind}`)
  return on.message
}

const formOf = (form: Modal | Answer): Modal => {
  if (!('kind' in form)) return form
  if (!form.modal) throw new Error(`The answer is no form but ${form.kind}: ${form.text}`)
  return form.modal
}

const visible = (world: World, user: User, channel: Channel): Message[] =>
  may(world, channel, user.id, 'ViewChannel')
    ? [...(channel.messages?.values() ?? [])].filter((message) => message.onlyFor === null || message.onlyFor === user.id)
    : []

const pinged = (world: World, user: User, channel: Channel, { pings, authorId }: Message): boolean => {
  const roles = guildOfChannel(world, channel)?.members.get(user.id)?.roles ?? []
  return authorId !== user.id && (pings.everyone || pings.users.includes(user.id) || pings.roles.some((role) => roles.includes(role)))
}

export const addPerson = (world: World, interactions: Interactions, made: NewPerson): Person => {
  const user: User = {
    id: world.nextId(),
    name: made.name,
    bot: false,
    locale: made.locale ?? 'en-US',
    acceptsDirectMessages: made.acceptsDirectMessages ?? true,
    hasApp: made.hasApp ?? false,
  }
  const actor: Actor = { world, interactions, user }
  const person: Person = Object.assign(user, {
    // Every deed is asynchronous, so that what a person cannot do is a rejection too.
    slash: async (channel: Channel, words: string, options?: OptionValues) => slash(actor, channel, words, options),
    autocomplete: async (channel: Channel, words: string, options: OptionValues, focused?: string) =>
      autocomplete(actor, channel, words, options, focused),
    press: async (on: OnScreen, wanted: string) => press(actor, messageOn(on), wanted),
    select: async (on: OnScreen, customId: string, values: readonly string[]) => select(actor, messageOn(on), customId, values),
    submit: async (form: Modal | Answer, fields: Readonly<Record<string, FieldValue>> = {}) => submit(actor, formOf(form), fields),
    userMenu: async (channel: Channel, name: string, target: User) => userMenu(actor, channel, name, target),
    messageMenu: async (channel: Channel, name: string, message: Message) => messageMenu(actor, channel, name, message),
    say: (channel: Channel, text: string) => {
      channelById(world, channel.id)
      if (!may(world, channel, user.id, 'SendMessages')) throw refusal('missingPermissions')
      return createMessage(world, channel, { authorId: user.id }, { content: text })
    },
    sees: (channel: Channel) => visible(world, user, channel),
    directMessages: () => openDirectChannel(world, user),
    pingedIn: (channel: Channel) => visible(world, user, channel).filter((message) => pinged(world, user, channel, message)),
  })
  world.users.set(user.id, person)
  return person
}
