import { isUuid, type PersonId } from '../kernel/ids.ts'
import { folded } from '../locales/names.ts'
import type { Option } from './command.ts'

/** A person by the id of the platform where it was said: what the platform itself writes in a mention. */
export type External = { readonly external: string; readonly displayName?: string }

/** A person as named in an argument, not looked up yet. */
export type PersonRef = External | { readonly username: string } | { readonly person: PersonId }

/** Text that the database can hold: well-formed, in one form of every letter, without control characters other than line breaks. */
export const cleaned = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim()

export const integerIn = (text: string): number | null => (/^-?\d{1,9}$/.test(folded(text)) ? Number(folded(text)) : null)

/** `25`, `25m`, `25 min`, `1h30m`, `1h 30`, `25분`, `1시간 30분` in minutes; null for anything else. */
export function minutesIn(text: string): number | null {
  const [all, hours, minutes] = lengthPattern.exec(folded(text)) ?? []
  if (!all) return null
  return Number(hours ?? 0) * 60 + Number(minutes ?? 0)
}
const lengthPattern = /^(?:(\d{1,4})\s*(?:h|hrs?|hours?|시간))?\s*(?:(\d{1,6})\s*(?:m|mins?|minutes?|분)?)?$/

const yes = new Set(['yes', 'y', 'true', 'on', '1', '예', '네', '켜기', '켬'])
const no = new Set(['no', 'n', 'false', 'off', '0', '아니요', '아니오', '끄기', '끔'])

export function booleanIn(text: string): boolean | null {
  const word = folded(text)
  if (yes.has(word)) return true
  return no.has(word) ? false : null
}

/** A mention (`<@123>`, `<@U1|ada>`), a `@username`, the name that others read (behind an `@` whatever it is made of), or the uuid of a person. */
export function personRefIn(text: string): PersonRef | null {
  const [, external, displayName] = /^<@!?([A-Za-z0-9]{1,64})(?:\|([^>]*))?>$/.exec(text) ?? []
  if (external) return displayName ? { external, displayName: unescaped(displayName) } : { external }
  if (isUuid(text)) return { person: text as PersonId }
  const [, marked, plain] = namePattern.exec(text.normalize('NFKC')) ?? []
  const username = marked ?? plain
  return username === undefined ? null : { username }
}
const namePattern = /^(?:@(\S(?:.{0,78}\S)?)|([\p{L}\p{M}\p{N}._'’-](?:[\p{L}\p{M}\p{N}._'’ -]{0,78}[\p{L}\p{M}\p{N}._'’-])?))$/u

/** Several of the kind, with spaces or commas between them; null if one is none. */
export function personRefsIn(text: string): readonly PersonRef[] | null {
  const people = (text.match(/<@[^>]*>|[^\s,]+/gu) ?? []).map(personRefIn)
  return people.every((person) => person !== null) ? people : null
}

/** A channel's mention (`<#123>`, `<#C1|general>`) or bare id. */
export function channelIn(text: string): string | null {
  const [, mentioned, bare] = /^(?:<#([A-Za-z0-9]{1,64})(?:\|[^>]*)?>|([A-Za-z0-9]{1,64}))$/.exec(text) ?? []
  return mentioned ?? bare ?? null
}

/** How a list of channels or roles is emptied. */
export const none = 'none'
const noneWords = new Set([none, '없음', '-'])

/** Several channels with spaces or commas between them; none for the word of it; null if one is no channel. */
export const channelsIn = (text: string): readonly string[] | null => severalIn(text, channelIn)

/** The same of roles: a mention (`<@&123>`) or a bare id. */
export const rolesIn = (text: string): readonly string[] | null =>
  severalIn(
    text,
    (one) =>
      /^(?:<@&(\d{1,64})>|(\d{1,64}))$/
        .exec(one)
        ?.slice(1)
        .find((id) => id !== undefined) ?? null,
  )

function severalIn(text: string, read: (one: string) => string | null): readonly string[] | null {
  if (noneWords.has(folded(text))) return []
  const found = text
    .split(/[\s,]+(?![^<]*>)/u)
    .filter((one) => one !== '')
    .map(read)
  return found.every((id) => id !== null) ? [...new Set(found)] : null
}

/** Types that take a mention as the platform writes it. */
export const namesThings: ReadonlySet<Option['type']> = new Set(['user', 'users', 'channel', 'channels', 'roles'])

/** Slack sends mentions, links and `&` in a code of its own: this is what people see, and typed. */
export const decoded = (text: string): string =>
  unescaped(
    text
      .replace(/<([@#!])(?:[^<>|]*\|)?[@#]?([^<>|]*)>/gu, (_, kind: string, name: string) => (kind === '#' ? '#' : '@') + name)
      .replace(/<((?:https?|mailto|tel):[^<>|]*)(?:\|([^<>]*))?>/gu, (_, address: string, shown?: string) => shown ?? address),
  )

/** Slack sends `&`, `<` and `>` of a text as entities. */
export const unescaped = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
