import type { MessageKey } from '../../locales/text.ts'
import { type Canvas, type Drawn, inner, margin } from './canvas.ts'
import { legend } from './legend.ts'
import type { StreakDay, WeekPicture } from './picture.ts'

const gap = 5
const meanings: Readonly<Record<StreakDay, MessageKey>> = {
  kept: 'chart.day.kept',
  rest: 'chart.day.rest',
  frozen: 'chart.day.frozen',
  protected: 'chart.day.protected',
  missed: 'chart.day.missed',
  open: 'chart.day.open',
}

/** The last days of the streak, each kind of day with a shape of its own, and what the shapes mean. */
export function strip(canvas: Canvas, { days, strip: all }: NonNullable<WeekPicture['streak']>, top: number): Drawn {
  const side = (inner - gap * (all.length - 1)) / all.length
  const cells = all.map((kind, n) => cell(canvas, kind, margin + n * (side + gap), top + 14, side))
  const title = canvas.words({ key: 'chart.streak', words: { days } }, margin, top, { size: 17, bold: true, role: 'ink' })
  const ends =
    canvas.words({ key: 'chart.days-ago', words: { days: all.length - 1 } }, margin, top + side + 36, { size: 16 }) +
    canvas.words({ key: 'chart.today' }, margin + inner, top + side + 36, { size: 16, anchor: 'end' })
  const kinds = [...new Set(all)]
  const below = legend(
    canvas,
    kinds.map((kind) => ({ label: { key: meanings[kind] }, draw: (x, y, size) => cell(canvas, kind, x, y, size) })),
    top + side + 66,
  )
  return { markup: title + cells.join('') + ends + below.markup, bottom: below.bottom }
}

function cell(canvas: Canvas, kind: StreakDay, x: number, y: number, side: number): string {
  const round = side / 5
  const well = canvas.rect(x, y, side, side, 'well', { round })
  const middle = { x: x + side / 2, y: y + side / 2 }
  switch (kind) {
    case 'kept':
      return canvas.rect(x, y, side, side, 'focus', { round })
    case 'rest':
      return well + canvas.rect(x + side * 0.25, middle.y - side * 0.06, side * 0.5, side * 0.12, 'calm-text', { round: 2 })
    case 'frozen': {
      const reach = side * 0.3
      return well + canvas.shape(`M0 ${-reach}L${reach} 0L0 ${reach}L${-reach} 0Z`, middle.x, middle.y, 'focus-text')
    }
    case 'protected':
      return well + canvas.circle(middle.x, middle.y, side * 0.24, 'break-text')
    case 'missed':
      return well
    case 'open':
      return canvas.frame(x + 1.25, y + 1.25, side - 2.5, side - 2.5, 'focus-text', { width: 2.5, dash: '5 4' }, round)
  }
  return kind satisfies never
}
