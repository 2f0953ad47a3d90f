import { IntlMessageFormat } from 'intl-messageformat'
import { en } from './en.ts'
import { ko } from './ko.ts'
import type { Locale, MessageKey } from './text.ts'

const catalogues: Readonly<Record<Locale, Readonly<Record<MessageKey, string>>>> = { en, ko }

/** At most one compiled message per key and language, so the cache is as large as the catalogue. */
const compiled: Readonly<Record<Locale, Map<MessageKey, IntlMessageFormat>>> = { en: new Map(), ko: new Map() }

/** The message as ICU understands it. A tag is plain text: markup belongs to the pen. */
export function messageOf(key: MessageKey, locale: Locale): IntlMessageFormat {
  const known = compiled[locale].get(key)
  if (known) return known
  const made = new IntlMessageFormat(catalogues[locale][key], locale, undefined, { ignoreTag: true })
  compiled[locale].set(key, made)
  return made
}

/** Whether there is such a message: for keys put together from names, as `option.<name>`. */
export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(en, key)

/** The message as it stands in the catalogue, or null: for texts without words in them. */
export const sentence = (key: string, locale: Locale): string | null => (isMessageKey(key) ? catalogues[locale][key] : null)
