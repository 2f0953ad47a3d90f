import { type Fault, longestStretchSeconds, type Read, type Stretch, subjectFrom, taken } from './import.ts'
import { secondsIn } from './length.ts'
import { type Cells, linesOf, ownColumns } from './lines.ts'
import { momentIn } from './moment.ts'

const noonHour = 12

/**
 * Stretches of a person's own CSV. A line needs `start` and either `end` or a length; or a `date` and a length: several of one date follow
 * each other from noon. Times without an offset are of `timezone`. Null where it is no CSV with such columns.
 */
export function readCsv(text: string, timezone: string, now: Date): Read<Stretch> | null {
  const lines = linesOf(text, ownColumns)
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
    if (cells.end && to < from) {
      faults.push({ line, why: 'order' })
      return []
    }
    if (!cells.start && cells.date) dayEnds.set(cells.date, to)
    return [{ line, from, to, subject: subjectFrom(cells.subject) }]
  })
  const { rows, faults: refused } = taken(told, now)
  return { rows, faults: [...faults, ...refused].toSorted((a, b) => a.line - b.line) }
}

/** What is too long for one stretch must not push those of the same date behind it. */
const isPossible = (from: Date, to: Date): boolean => to.getTime() - from.getTime() <= longestStretchSeconds * 1000

const endAfter = (from: Date, cells: Cells): Date | null => {
  const seconds = secondsIn(cells)
  return seconds === null ? null : new Date(from.getTime() + seconds * 1000)
}

const noonOf = (date: string, timezone: string): Date | null => momentIn(`${date} ${noonHour}:00`, timezone)
