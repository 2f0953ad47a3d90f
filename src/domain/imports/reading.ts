import type { ImportFormat } from '../../db/schema.ts'
import { readCsv } from './csv.ts'
import { textOf } from './encoding.ts'
import { readHours } from './hours.ts'
import { type Fault, type Hours, mostRows, type Read, type Stretch, secondsOf, type Unreadable } from './import.ts'
import { readLionbot } from './lionbot.ts'

export type Upload = {
  /** One's own history, or the hours of a server's members. */
  readonly kind: 'own' | 'hours'
  readonly bytes: Uint8Array
  readonly timezone: string
  readonly now: Date
}

/** What a preview says of a file. */
export type Summary = {
  readonly count: number
  readonly seconds: number
  readonly from: string | null
  readonly to: string | null
  /** The first few; `faultCount` are all. */
  readonly faults: readonly Fault[]
  readonly faultCount: number
  /** Whose Discord account the file says it belongs to. */
  readonly account: string | null
}

/** A file, read. `rows` is the JSON of a list of `Stretch`, or of `Hours`. */
export type Reading = { readonly format: ImportFormat; readonly summary: Summary; readonly rows: string }

/** Faults that are named. */
const faultsNamed = 20

/** Reads a file: JSON is LionBot's export; anything else is a CSV of the kind that was asked for. */
export function readUpload({ kind, bytes, timezone, now }: Upload): Reading | Unreadable {
  const decoded = textOf(bytes)
  if (typeof decoded === 'string') return decoded
  const { text } = decoded
  if (kind === 'hours') {
    return readingOf('hours', readHours(text), (rows) => ({ seconds: rows.reduce((sum, row) => sum + row.seconds, 0) }))
  }
  if (!/^\s*[[{]/.test(text)) return readingOf('csv', readCsv(text, timezone, now), aboutStretches)
  const found = readLionbot(text, now)
  return readingOf('lionbot', found, (rows) => ({ ...aboutStretches(rows), account: found?.account ?? null }))
}

const aboutStretches = (rows: readonly Stretch[]): Partial<Summary> => ({
  seconds: secondsOf(rows),
  from: rows[0]?.from ?? null,
  to: rows.at(-1)?.to ?? null,
})

function readingOf<Row extends Stretch | Hours>(
  format: ImportFormat,
  found: Read<Row> | null,
  about: (rows: readonly Row[]) => Partial<Summary>,
): Reading | Unreadable {
  if (found === null) return 'unreadable'
  const { rows, faults } = found
  if (rows.length + faults.length > mostRows) return 'many'
  const none = { seconds: 0, from: null, to: null, account: null }
  const counts = { count: rows.length, faults: faults.slice(0, faultsNamed), faultCount: faults.length }
  return { format, summary: { ...none, ...counts, ...about(rows) }, rows: JSON.stringify(rows) }
}
