import type { PersonId } from '../kernel/ids.ts'
import { messageOf } from './catalogue.ts'
import { commandWord, exampleCommand, spokenCommand } from './names.ts'
import type { Locale, Message, MessageKey, Text, Words } from './text.ts'
import { calendarDay, clockTime, countdown, dayOf, duration, number } from './times.ts'

/** Who reads and when: language, zone (IANA), and the people of the text with their names already looked up. `web` is the address of the pages. */
export type Reader = {
  readonly locale: Locale
  readonly timezone: string
  readonly now: Date
  readonly people: ReadonlyMap<PersonId, { readonly name: string; readonly mention: string | null }>
  readonly web: string | null
  /** Which pictures the person likes in a chat; absent: those that go with the platform. */
  readonly theme?: 'light' | 'dark'
}

type TimeForm = Extract<Text, { time: Date }>['as']

/**
 * How a surface writes. `typed` and `words` escape what a person typed and what the catalogue says; the rest makes markup
 * and escapes by itself. `mention` is what pings the person on the platform, null where nothing does.
 * `command` gets the command as the reader would type it, and its English name.
 */
export type Pen = {
  typed(text: string): string
  words(text: string): string
  person(name: string, mention: string | null): string
  call(name: string, mention: string | null): string
  channel(id: string): string
  role(id: string): string
  time(time: Date, as: TimeForm, reader: Reader): string
  command(spoken: string, name: string): string
  /** What is taken elsewhere, where a surface can help with it; else it is written as if it was typed. */
  copy?(text: string): string
  /** A length of time, where a surface can keep it on one line; else it is words like any others. */
  length?(text: string): string
}

/** Letters nobody sees, among them those that turn the direction of what follows; lines break, and joined emoji need theirs. */
const unseen = /(?![\t\n\r]|\u200c|\u200d|[\u{e0020}-\u{e007f}])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** What a person typed, as far as it can be seen. */
export const visible = (text: string): string => text.replace(unseen, '')

/** Text without any markup. */
export const plainPen: Pen = {
  typed: visible,
  words: (text) => text,
  person: visible,
  call: visible,
  channel: (id) => `#${id}`,
  role: (id) => `@${id}`,
  time: plainTime,
  command: (spoken) => spoken,
}

/** A time in letters: in the reader's zone, or as the distance from the reader's now. */
export function plainTime(time: Date, as: TimeForm, reader: Reader): string {
  if (as === 'clock') return clockTime(time, reader.timezone)
  if (as === 'date') return dayOf(time, reader.now, reader.locale, reader.timezone)
  return countdown(time, reader.now, reader.locale, reader.timezone)
}

/** The text as the reader sees it, in the pen's markup. Throws where the catalogue asks for a word that was not given: that is a bug. */
export function write(text: Text, reader: Reader, pen: Pen): string {
  if (typeof text === 'string') return pen.typed(text)
  if ('key' in text) return writeMessage(text, reader, pen)
  if ('person' in text) return writePerson(text.person, text.call === true, reader, pen)
  if ('copy' in text) return (pen.copy ?? pen.typed)(text.copy)
  if ('channel' in text) return pen.channel(text.channel)
  if ('role' in text) return pen.role(text.role)
  if ('time' in text) return pen.time(text.time, text.as, reader)
  if ('duration' in text) return (pen.length ?? pen.words)(duration(text.duration, reader.locale))
  if ('day' in text) return pen.words(calendarDay(text.day, text.as, reader.locale))
  if (text.word) return pen.words(commandWord(text.command, reader.locale))
  const spoken = text.example ? exampleCommand : spokenCommand
  return pen.command(spoken(text.command, reader.locale), text.command)
}

/** A plain string for a place that has no reader: names no person and tells no time. */
export const say = (key: MessageKey, locale: Locale, words: Readonly<Record<string, string | number | boolean>> = {}): string =>
  writeMessage({ key, words }, { locale, timezone: 'UTC', now: new Date(0), people: new Map(), web: null }, plainPen)

function writeMessage(message: Message, reader: Reader, pen: Pen): string {
  const parts = messageOf(message.key, reader.locale).formatToParts<Slot>(slotsOf(message.words ?? {}))
  return parts
    .map(({ value }, n) => {
      if (typeof value !== 'string') return writeWord(value.word, reader, pen)
      const before = parts[n - 1]?.value
      return pen.words(before !== undefined && typeof before !== 'string' && isGone(before.word, reader) ? withoutHonorific(value) : value)
    })
    .join('')
}

/** Korean calls people by their name with this behind it, and somebody without a name not. */
const honorific = /^ 님(?:(이|은|을|과)(?!\p{L}))?/u

/** What is said instead of a name ends with a vowel, so the particle of the honorific becomes that of a vowel. */
const afterVowel: Readonly<Record<string, string>> = { 이: '가', 은: '는', 을: '를', 과: '와' }

const withoutHonorific = (text: string): string =>
  text.replace(honorific, (_, particle?: string) => (particle ? (afterVowel[particle] ?? '') : ''))

const isGone = (word: Words[string], reader: Reader): boolean =>
  typeof word === 'object' &&
  (('key' in word && word.key === 'commands.person.gone') || ('person' in word && !reader.people.has(word.person)))

function writeWord(word: Words[string], reader: Reader, pen: Pen): string {
  if (typeof word === 'number') return pen.words(number(word, reader.locale))
  if (typeof word === 'boolean') return writeMessage({ key: word ? 'commands.word.yes' : 'commands.word.no' }, reader, pen)
  return write(word, reader, pen)
}

/**
 * A word on its way through ICU, which must not become one with the catalogue's text before each is escaped in its own way.
 * `select` and `plural` still see the string and the number in it.
 */
type Slot = { readonly word: Words[string]; toString(): string; valueOf(): number }

const slotsOf = (words: Words): Record<string, Slot> =>
  Object.fromEntries(
    Object.entries(words).map(([name, word]) => [name, { word, toString: () => String(word), valueOf: () => Number(word) }]),
  )

function writePerson(person: PersonId, call: boolean, reader: Reader, pen: Pen): string {
  const known = reader.people.get(person)
  if (!known) return writeMessage({ key: 'commands.person.gone' }, reader, pen)
  return call ? pen.call(known.name, known.mention) : pen.person(known.name, known.mention)
}
