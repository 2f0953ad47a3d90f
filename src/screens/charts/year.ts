import type { Text } from '../../locales/text.ts'
import { type Canvas, type Drawn, margin } from './canvas.ts'
import { type Entry, legend } from './legend.ts'
import type { YearPicture } from './picture.ts'

const step = 14.6
const cell = 12.4
const labels = 40
const dayMilliseconds = 86_400_000
const hour = 3600

/** From how many seconds on a day is drawn how strong. */
const levels = [
  { from: 1, opacity: 0.3 },
  { from: hour, opacity: 0.5 },
  { from: 2 * hour, opacity: 0.75 },
  { from: 4 * hour, opacity: 1 },
] as const

/** A square for each day, weeks from Monday, strongest where most was focused; half a year a row, so that a phone shows it large enough, and none that has not begun. */
export function drawYear(canvas: Canvas, picture: YearPicture, top: number): Drawn {
  const first = half(canvas, picture, 0, top)
  const second = picture.until < `${picture.year}-07` ? { markup: '', bottom: first.bottom } : half(canvas, picture, 6, first.bottom + 28)
  const below = legend(canvas, entries(canvas), second.bottom + 30)
  return { markup: first.markup + second.markup + below.markup, bottom: below.bottom }
}

function half(canvas: Canvas, { year, until, days }: YearPicture, month: number, top: number): Drawn {
  const begin = Date.UTC(year, month, 1)
  const end = Date.UTC(year, month + 6, 1)
  const lead = weekday(begin)
  const cells: string[] = []
  const months: string[] = []
  for (let time = begin; time < end; time += dayMilliseconds) {
    const day = new Date(time).toISOString().slice(0, 10)
    const n = lead + Math.round((time - begin) / dayMilliseconds)
    const x = margin + labels + Math.floor(n / 7) * step
    if (day.endsWith('-01')) months.push(canvas.words({ day, as: 'month' }, x, top + 6, { size: 16 }))
    if (day > until) continue
    cells.push(square(canvas, days.get(day) ?? 0, x, top + 18 + (n % 7) * step))
  }
  const names = ['2024-01-01', '2024-01-03', '2024-01-05'].map((day, n) =>
    canvas.words({ day, as: 'weekday' }, margin + labels - 8, top + 18 + n * 2 * step + 10, { size: 16, anchor: 'end' }),
  )
  return { markup: months.join('') + names.join('') + cells.join(''), bottom: top + 18 + 7 * step }
}

/** 0 is Monday. */
const weekday = (time: number): number => (new Date(time).getUTCDay() + 6) % 7

function square(canvas: Canvas, seconds: number, x: number, y: number): string {
  const level = levels.findLast(({ from }) => seconds >= from)
  return level === undefined
    ? canvas.rect(x, y, cell, cell, 'well', { round: 3 })
    : canvas.rect(x, y, cell, cell, 'focus-text', { round: 3, opacity: level.opacity })
}

/** How strong a square is drawn, from which amount on. */
function entries(canvas: Canvas): readonly Entry[] {
  const label = (from: number): Text => {
    if (from === 0) return { key: 'chart.heat.none' }
    return from === 1 ? { key: 'chart.heat.some' } : { key: 'chart.heat.from', words: { time: { duration: from } } }
  }
  return [0, ...levels.map(({ from }) => from)].map((from) => ({ label: label(from), draw: (x, y) => square(canvas, from, x, y + 3) }))
}
