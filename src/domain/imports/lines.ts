import { CsvError, type Info, parse } from 'csv-parse/sync'
import { mostRows } from './import.ts'

export type Cells = Readonly<Record<string, string>>
type Line = { readonly line: number; readonly cells: Cells }

type Columns = Readonly<Record<string, readonly string[]>>

/** Columns by the names that people give them, in English and Korean. */
export const ownColumns: Columns = {
  start: ['start', 'started_at', 'start_time', 'from', 'begin', '시작', '시작시각', '시작시간'],
  end: ['end', 'ended_at', 'end_time', 'to', '끝', '종료', '종료시각', '종료시간'],
  date: ['date', 'day', '날짜', '일자'],
  duration: ['duration', 'length', '길이', '시간'],
  seconds: ['seconds', 'secs', '초'],
  minutes: ['minutes', 'mins', '분'],
  hours: ['hours', '시간수'],
  subject: ['subject', 'tag', 'topic', '과목', '주제'],
}

/** Of hours by account 시간 says the unit. */
export const hoursColumns: Columns = {
  account: ['discord_id', 'user_id', 'userid', 'id', '디스코드id', '디스코드아이디', '아이디'],
  hours: ['hours', '시간', '시간수'],
  minutes: ['minutes', 'mins', '분'],
  seconds: ['seconds', 'secs', '초'],
  duration: ['duration', 'length', '길이'],
}

function columnNamed(typed: string, columns: Columns): string {
  const name = typed
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
  return Object.entries(columns).find(([, names]) => names.includes(name) || names.includes(name.replaceAll('_', '')))?.[0] ?? name
}

const separators = [',', ';', '\t'] as const

/** What stands most between the names of the columns: elsewhere it may be part of a number or a subject. */
function separatorOf(text: string): string {
  const [names = ''] = /\S.*/.exec(text) ?? []
  const bare = names.replace(/"[^"]*"/g, '')
  return separators.map((one) => ({ one, times: bare.split(one).length })).reduce((a, b) => (b.times > a.times ? b : a)).one
}

/** A line of more characters is none of ours. */
const longestLine = 10_000

/**
 * The lines of a CSV (comma, semicolon or tab) under the names of its columns, one more than can be taken at most; null where it can't
 * be read as one.
 */
export function linesOf(text: string, columns: Columns): readonly Line[] | null {
  try {
    const found = parse(text, {
      bom: true,
      info: true,
      columns: (names: readonly string[]) => names.map((name) => columnNamed(name, columns)),
      delimiter: separatorOf(text),
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: longestLine,
      to: mostRows + 1,
    }) as unknown as readonly { readonly record: Cells; readonly info: Info }[]
    return found.map(({ record, info }) => ({ line: info.lines, cells: record }))
  } catch (error) {
    if (error instanceof CsvError) return null
    throw error
  }
}
