import type { ImportFormat } from '../src/db/schema.ts'
import { readCsv, readHours } from '../src/domain/imports/csv.ts'
import type { Draft } from '../src/domain/imports/import.queries.ts'
import { type Fault, type Hours, mostRows, type Stretch, secondsOf } from '../src/domain/imports/import.ts'
import { readLionbot } from '../src/domain/imports/lionbot.ts'

/** What an uploaded file holds, read by its format. */
export type Reading = {
  readonly format: ImportFormat
  readonly stretches: readonly Stretch[]
  readonly hours: readonly Hours[]
  readonly faults: readonly Fault[]
  readonly seconds: number
  /** Whose Discord account the file says it belongs to. */
  readonly account: string | null
}

/** JSON is LionBot's export; anything else is a CSV of the kind that was asked for. Null where it can't be read, or holds too much. */
export function readUpload(kind: 'own' | 'hours', content: Buffer, timezone: string, now: Date): Reading | null {
  const isJson = /^\s*[[{]/.test(
    content
      .subarray(0, 200)
      .toString()
      .replace(/^\ufeff/, ''),
  )
  return read({ format: kind === 'hours' ? 'hours' : isJson ? 'lionbot' : 'csv', content }, timezone, now)
}

export function read({ format, content }: Draft, timezone: string, now: Date): Reading | null {
  const text = content.toString().replace(/^\ufeff/, '')
  if (format === 'hours') {
    const found = readHours(text)
    if (found === null || found.rows.length > mostRows) return null
    const seconds = found.rows.reduce((sum, row) => sum + row.seconds, 0)
    return { format, stretches: [], hours: found.rows, faults: found.faults, seconds, account: null }
  }
  const found = format === 'lionbot' ? readLionbot(text, now) : readCsv(text, timezone, now)
  if (found === null || found.rows.length > mostRows) return null
  const account = 'account' in found && typeof found.account === 'string' ? found.account : null
  return { format, stretches: found.rows, hours: [], faults: found.faults, seconds: secondsOf(found.rows), account }
}
