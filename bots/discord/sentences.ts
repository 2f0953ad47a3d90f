import { listed } from '../../src/commands/labels.ts'
import type { Press } from '../../src/kernel/press.ts'
import type { Locale, Text } from '../../src/locales/text.ts'
import type { Reader } from '../../src/locales/write.ts'
import { button, buttons, lines, message } from '../../src/screens/room.ts'
import type { Screen } from '../../src/screens/screen.ts'
import { type Needed, permissionName } from './permissions.ts'

/** What Discord itself gives cause to say, before or beside any command. */

const refusing = (said: Text): Screen => ({ tone: 'warning', title: message('answer.refused'), blocks: [lines(said)] })

/** The server is not among those that this installation serves. */
export const notServed: Screen = refusing(message('discord.not-served'))

/** A button or menu that no longer belongs to anything. */
export const oldButton: Screen = refusing(message('discord.old-button'))

/** A form has to be there within Discord's 3 s; pressing again finds everything warm. */
export const formTooLate = (press: Press): Screen => tryingAgain(refusing(message('discord.form.late')), press)

/** With a button that opens the form. */
export const tryingAgain = (screen: Screen, press: Press): Screen => ({
  ...screen,
  blocks: [...screen.blocks, buttons(button('discord.form.again', { ...press, ask: true }, 'primary'))],
})

/** What we may not do in this channel, by the names of Discord's own settings, and how to allow it. */
export const lacking = (missing: readonly Needed[]): Screen =>
  refusing(message('discord.lacking', { permissions: listed(missing.map((permission) => message(permissionName(permission)))) }))

/** Somebody of whom only the language of their Discord is known: enough for sentences that name nobody and tell no time. */
export const stranger = (told: string): Reader => {
  const locale: Locale = told === 'ko' ? 'ko' : 'en'
  return { locale, timezone: 'UTC', now: new Date(0), people: new Map(), web: null }
}
