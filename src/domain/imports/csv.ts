import { CsvError, type Info, parse } from 'csv-parse/sync'
import { Temporal } from 'temporal-polyfill'
import { type Fault, type Hours, longestStretchSeconds, mostHours, type Read, type Stretch, subjectFrom, taken } from './import.ts'

type Line = { readonly line: number; readonly cells: Readonly<Record<string, string>> }

/** Columns by the names that people give them, in English and Korean. */
const columns: Readonly<Record<string, readonly string[]>> = {
  start: ['start', 'started_at', 'start_time', 'from', 'begin', '시작', '시작시각'],
  end: ['end', 'ended_at', 'end_time', 'to', '끝', '종료', '종료시각'],
  date: ['date', 'day', '날짜', '일자'],
  duration: ['duration', 'length', '길이', '시간'],
  seconds: ['seconds', 'secs', '초'],
  minutes: ['minutes', 'mins', '분'],
  hours: ['hours', '시간수'],
  subject: ['subject', 'tag', 'topic', '과목', '주제'],
  account: ['discord_id', 'user_id', 'userid', 'id', '디스코드id', '아이디'],
}

const columnNamed = (typed: string): string => {
  const name = typed
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
  return Object.entries(columns).find(([, names]) => names.includes(name) || names.includes(name.replaceAll('_', '')))?.[0] ?? name
}

/** The lines of a CSV (comma, semicolon or tab) under the names of its columns; null where it can't be read as one. */
function linesOf(text: string): readonly Line[] | null {
  try {
    const found = parse(text, {
      bom: true,
      info: true,
      columns: (names: readonly string[]) => names.map(columnNamed),
      delimiter: [',', ';', '\t'],
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as unknown as readonly { readonly record: Readonly<Record<string, string>>; readonly info: Info }[]
    return found.map(({ record, info }) => ({ line: info.lines, cells: record }))
  } catch (error) {
    if (error instanceof CsvError) return null
    throw error
  }
}

const noonHour = 12

/**
 * Stretches of a person's own CSV. A line needs `start` and either `end` or a length; or a `date` and a length: several of one date follow
 * each other from noon. Times without an offset are of `timezone`. Null where it is no CSV with such columns.
 */
export function readCsv(text: string, timezone: string, now: Date): Read<Stretch> | null {
  const lines = linesOf(text)
  const [first] = lines ?? []
  if (!lines || !first || !('start' in first.cells || 'date' in first.cells)) return null
  const faults: Fault[] = []
  const dayEnds = new Map<string, Date>()
  const told = lines.flatMap(({ line, cells }) => {
    const from = cells.start
      ? momentIn(cells.start, timezone)
      : cells.date
        ? (dayEnds.get(cells.date) ?? noonOf(cells.date, timezone))
        : null
    if (from === null) {
      faults.push({ line, why: 'time' })
      return []
    }
    const to = cells.end ? momentIn(cells.end, timezone) : endAfter(from, cells)
    if (to === null || (!cells.end && !isPossible(from, to))) {
      faults.push({ line, why: cells.end ? 'time' : 'length' })
      return []
    }
    if (!cells.start && cells.date) dayEnds.set(cells.date, to)
    return [{ line, from, to, subject: subjectFrom(cells.subject) }]
  })
  const { rows, faults: refused } = taken(told, now)
  return { rows, faults: [...faults, ...refused].toSorted((a, b) => a.line - b.line) }
}

/** Hours by Discord id. Null where it is no CSV with such columns. */
export function readHours(text: string): Read<Hours> | null {
  const lines = linesOf(text)
  const [first] = lines ?? []
  if (!lines || !first || !('account' in first.cells)) return null
  const faults: Fault[] = []
  const seen = new Set<string>()
  const rows = lines.flatMap(({ line, cells }): Hours[] => {
    const externalId = (cells.account ?? '').replace(/^<@!?(\d+)>$/, '$1')
    const seconds = secondsIn(cells)
    const isAccount = /^\d{15,22}$/.test(externalId)
    const why = !isAccount
      ? 'account'
      : seen.has(externalId)
        ? 'twice'
        : seconds === null || seconds < 1 || seconds > mostHours * 3600
          ? 'hours'
          : null
    if (why !== null) faults.push({ line, why })
    if (why !== null || seconds === null) return []
    seen.add(externalId)
    return [{ externalId, seconds }]
  })
  return { rows, faults }
}

/** What is too long for one stretch must not push those of the same date behind it. */
const isPossible = (from: Date, to: Date): boolean => to.getTime() - from.getTime() <= longestStretchSeconds * 1000

const endAfter = (from: Date, cells: Line['cells']): Date | null => {
  const seconds = secondsIn(cells)
  return seconds === null ? null : new Date(from.getTime() + seconds * 1000)
}

/** `1:30:00` and `1:30` (hours first), `1h 30m`, `1시간 30분`, `90` (minutes); or a number in a column of its unit. */
function secondsIn(cells: Line['cells']): number | null {
  for (const [column, unit] of [
    ['seconds', 1],
    ['minutes', 60],
    ['hours', 3600],
  ] as const) {
    const typed = cells[column]
    if (typed) return /^\d{1,9}([.,]\d{1,6})?$/.test(typed) ? Math.round(Number(typed.replace(',', '.')) * unit) : null
  }
  const typed = cells.duration ?? ''
  const clock = /^(\d{1,6}):([0-5]?\d)(?::([0-5]?\d))?$/.exec(typed)
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0)
  const words = /^(?:(\d{1,6})\s*(?:h|hrs?|hours?|시간))?\s*(?:(\d{1,6})\s*(?:m|mins?|minutes?|분)?)?$/i.exec(typed)
  if (!words || (words[1] === undefined && words[2] === undefined)) return null
  return Number(words[1] ?? 0) * 3600 + Number(words[2] ?? 0) * 60
}

function momentIn(typed: string, timezone: string): Date | null {
  const iso = typed
    .replace(
      /^(\d{4})[./](\d{1,2})[./](\d{1,2})/,
      (_, y: string, m: string, d: string) => `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`,
    )
    .replace(' ', 'T')
  if (!/^\d{4}-\d{2}-\d{2}T\d{1,2}:\d{2}/.test(iso)) return null
  const padded = iso.replace(/T(\d):/, 'T0$1:')
  try {
    if (/(Z|[+-]\d{2}:?\d{2})$/i.test(padded)) return new Date(Temporal.Instant.from(padded).epochMilliseconds)
    return new Date(Temporal.PlainDateTime.from(padded).toZonedDateTime(timezone).epochMilliseconds)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

const noonOf = (date: string, timezone: string): Date | null => momentIn(`${date} ${noonHour}:00`, timezone)
