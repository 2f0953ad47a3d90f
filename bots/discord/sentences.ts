import { ButtonStyle, ComponentType, type Locale as DiscordLocale } from 'discord.js'
import { packPress } from '../../src/commands/press.ts'
import type { Press } from '../../src/kernel/press.ts'
import type { Locale } from '../../src/locales/text.ts'
import { say } from '../../src/locales/write.ts'
import type { Tone } from '../../src/screens/screen.ts'
import { fit, type Piece } from './fit.ts'
import { escapeMarkdown } from './markdown.ts'
import { type Needed, permissionName } from './permissions.ts'
import { container, type Payload } from './render.ts'

/** What Discord itself gives cause to say, before or beside any command: there is no reader yet, only the language of the person's Discord. */
const spoken = (told: DiscordLocale): Locale => (told === 'ko' ? 'ko' : 'en')

const message = (locale: Locale, tone: Tone, lines: readonly string[], rows: readonly Piece[] = []): Payload =>
  container(tone, fit([{ lines: lines.map(escapeMarkdown) }, ...rows], say('discord.cut', locale)))

/** The server is not among those that this installation serves. */
export function strangers(told: DiscordLocale): Payload {
  const locale = spoken(told)
  return message(locale, 'calm', [say('discord.not-served', locale)])
}

/** A button or menu that no longer belongs to anything. */
export function oldButton(told: DiscordLocale): Payload {
  const locale = spoken(told)
  return message(locale, 'calm', [say('discord.old-button', locale)])
}

/** A form has to be there within Discord's 3 s; pressing again finds everything warm. */
export function formTooLate(told: DiscordLocale, press: Press): Payload {
  const locale = spoken(told)
  const again = {
    type: ComponentType.Button as const,
    style: ButtonStyle.Primary as const,
    label: say('discord.form.again', locale),
    custom_id: packPress({ ...press, ask: true }),
  }
  return message(locale, 'warning', [say('discord.form.late', locale)], [{ row: [again] }])
}

export function unexpected(told: DiscordLocale, reference: string): Payload {
  const locale = spoken(told)
  return message(locale, 'warning', [say('discord.unexpected', locale, { reference })])
}

/** What we may not do in this channel, by the names of Discord's own settings, and how to allow it. */
export function lacking(told: DiscordLocale, missing: readonly Needed[]): Payload {
  const locale = spoken(told)
  const names = missing.map((permission) => `**${say(permissionName(permission), locale)}**`).join(', ')
  const [first = '', second = ''] = say('discord.lacking', locale, { permissions: '\u0001' }).split('\u0001')
  return container('warning', fit([{ lines: [escapeMarkdown(first) + names + escapeMarkdown(second)] }], say('discord.cut', locale)))
}
