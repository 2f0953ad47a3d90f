import type { Locale } from '../../locales/text.ts'

/** What a chat platform says about a person when they act or are named. */
export type Sighting = {
  readonly platform: 'discord' | 'slack'
  /** Discord user id; on Slack team id and user id, joined by a colon. */
  readonly externalId: string
  readonly displayName: string
  readonly locale: Locale | null
  readonly timezone: string | null
}

const reserved = new Set(['everyone', 'here', 'channel', 'admin'])
const longestUsername = 50
const longestDisplayName = 80

/** A name as a row holds it: one line, never empty, cut to 80 characters. */
export function displayNameFrom(told: string): string {
  const name = Array.from(
    told
      .normalize('NFC')
      .replace(/[\p{C}\p{Z}\s]+/gu, ' ')
      .trim(),
  )
    .slice(0, longestDisplayName)
    .join('')
    .trim()
  return name === '' ? 'Somebody' : name
}

/** 2–50 letters and digits of any script and `. _ -` in NFKC, made from a display name; never a reserved word. */
export function usernameFrom(displayName: string): string {
  const kept = displayName
    .normalize('NFKC')
    .replace(/\s+/g, '.')
    .replace(/[^\p{L}\p{N}._-]/gu, '')
    .replace(/^[._-]+|[._-]+$/g, '')
  const name = Array.from(kept)
    .slice(0, longestUsername - 6)
    .join('')
  return Array.from(name).length < 2 || reserved.has(name.toLowerCase()) ? `${name}friend` : name
}

/** Whether it is a zone of the IANA list. A bare offset, which Node takes too, would stay behind when the clocks change. */
export const isTimezone = (name: string): boolean => {
  if (/^[+-]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
