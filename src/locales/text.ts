import type { PersonId } from '../kernel/ids.ts'
import type { en } from './en.ts'

export type Locale = 'en' | 'ko'
export type MessageKey = keyof typeof en
export type Words = Readonly<Record<string, Text | number | boolean>>
export type Message = { readonly key: MessageKey; readonly words?: Words }

/** Monday 2 March · Mo · 2 Mar · Mar · March 2026 · 2026, each in the language's own way. */
export type DayForm = 'day' | 'weekday' | 'date' | 'month' | 'month-year' | 'year'

/**
 * What a person reads. A plain string was typed by somebody, so every renderer escapes it; all else is ours.
 * `person` is a name; with `call` it is a mention that pings, where the platform has one.
 * `channel` and `role` are ids of the platform, which shows their names.
 * `copy` is a code or an address that somebody takes elsewhere.
 * `time` is shown in the reader's own clock; `duration` is in seconds; `day` is one of a calendar, as `2026-03-02`; `command` names a command as one types it on the surface,
 * with `example` followed by the arguments of its example in the catalogue, with `word` only its last word.
 */
export type Text =
  | string
  | Message
  | { readonly person: PersonId; readonly call?: true }
  | { readonly channel: string }
  | { readonly copy: string }
  | { readonly role: string }
  | { readonly time: Date; readonly as: 'clock' | 'countdown' | 'date' }
  | { readonly duration: number }
  | { readonly day: string; readonly as: DayForm }
  | { readonly command: string; readonly example?: true; readonly word?: true }
