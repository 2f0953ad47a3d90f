import type { Cells } from './lines.ts'

const units = [
  ['seconds', 1],
  ['minutes', 60],
  ['hours', 3600],
  ['duration', 60],
] as const

/** The seconds that a line tells in one of its columns; null where they can't be read. */
export function secondsIn(cells: Cells): number | null {
  for (const [column, unit] of units) {
    const typed = cells[column]
    if (typed) return numberIn(typed, unit) ?? (column === 'hours' || column === 'duration' ? written(typed) : null)
  }
  return null
}

/** `90`, `1.5`, `1,5`; not `1,500`, which is a thousand to one and one and a half to another. */
function numberIn(typed: string, unit: number): number | null {
  if (!/^\d{1,9}([.,]\d{1,12})?$/.test(typed) || /^[1-9]\d{0,2},\d{3}$/.test(typed)) return null
  return Math.round(Number(typed.replace(',', '.')) * unit)
}

/** `1:30:00` and `1:30` (hours first), `1h 30m`, `1시간 30분`. */
function written(typed: string): number | null {
  const clock = /^(\d{1,6}):([0-5]?\d)(?::([0-5]?\d))?$/.exec(typed)
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0)
  const words = /^(?:(\d{1,6}(?:\.\d{1,6})?)\s*(?:h|hrs?|hours?|시간))?\s*(?:(\d{1,6})\s*(?:m|mins?|minutes?|분))?$/i.exec(typed)
  if (!words || (words[1] === undefined && words[2] === undefined)) return null
  return Math.round(Number(words[1] ?? 0) * 3600) + Number(words[2] ?? 0) * 60
}
