/** One stretch of focus that a file tells of; times in ISO, so that a list of them goes to the database as it is. */
export type Stretch = { readonly from: string; readonly to: string; readonly subject: string | null }

/** Hours of one chat account. */
export type Hours = { readonly externalId: string; readonly seconds: number }

/** What is wrong with one line of a file, or one entry of a list: it is left out, the rest is taken. */
export type Fault = { readonly line: number; readonly why: FaultReason }
export type FaultReason = 'time' | 'length' | 'order' | 'future' | 'old' | 'overlap' | 'account' | 'rounded' | 'hours' | 'twice'

/** Why nothing of a file can be taken: no text, none that we can decode, nothing we know, or too much. */
export type Unreadable = 'binary' | 'encoding' | 'unreadable' | 'many'

export type Read<Row> = { readonly rows: readonly Row[]; readonly faults: readonly Fault[] }

/** A file may be this large, in bytes, and tell of so much; lines that are left out count as well. */
export const largestFile = 5 * 1024 * 1024
export const mostRows = 50_000
export const oldestYears = 10
export const longestStretchSeconds = 24 * 3600
export const shortestStretchSeconds = 60
export const mostHours = 100_000
const longestSubject = 40

/** What a subject is kept as: one line, at most 40 characters; null where nothing is left. */
export function subjectFrom(text: string | null | undefined): string | null {
  const subject = Array.from(
    (text ?? '')
      .toWellFormed()
      .normalize('NFC')
      .replace(/[\p{Cc}\s]+/gu, ' ')
      .trim(),
  )
    .slice(0, longestSubject)
    .join('')
    .trim()
  return subject === '' ? null : subject
}

type Told = { readonly line: number; readonly from: Date; readonly to: Date; readonly subject: string | null }

/**
 * The stretches that can be taken: of a length that a person can focus, over already, not older than ten years, and none over another of
 * the same file, of which the one that began first stays.
 */
export function taken(told: readonly Told[], now: Date): Read<Stretch> {
  const faults: Fault[] = []
  const oldest = new Date(now)
  oldest.setUTCFullYear(oldest.getUTCFullYear() - oldestYears)
  const rows: Stretch[] = []
  let end = oldest
  for (const { line, from, to, subject } of told.toSorted((a, b) => a.from.getTime() - b.from.getTime() || a.line - b.line)) {
    const seconds = (to.getTime() - from.getTime()) / 1000
    const why: FaultReason | null =
      seconds < shortestStretchSeconds || seconds > longestStretchSeconds
        ? 'length'
        : to > now
          ? 'future'
          : from < oldest
            ? 'old'
            : from < end
              ? 'overlap'
              : null
    if (why !== null) faults.push({ line, why })
    else {
      rows.push({ from: from.toISOString(), to: to.toISOString(), subject })
      end = to
    }
  }
  return { rows, faults: faults.toSorted((a, b) => a.line - b.line) }
}

export const secondsOf = (rows: readonly Stretch[]): number =>
  rows.reduce((sum, { from, to }) => sum + (Date.parse(to) - Date.parse(from)) / 1000, 0)
