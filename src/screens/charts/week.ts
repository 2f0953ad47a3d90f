import { arc } from 'd3-shape'
import type { Text } from '../../locales/text.ts'
import { plotAt } from './axis.ts'
import { type Canvas, type Drawn, inner, margin, widthOf } from './canvas.ts'
import { columns } from './columns.ts'
import type { WeekPicture } from './picture.ts'
import { strip } from './strip.ts'

const barsHeight = 170
const ringRadius = 56

/** Bars by day with the goal line, today's ring beside them, and the strip of the streak below. */
export function drawWeek(canvas: Canvas, picture: WeekPicture, top: number): Drawn {
  const { today, goal, streak } = picture
  const lead = goal === null ? top : top + 28
  const plot = plotAt(lead, barsHeight, margin + inner - (today === null ? 0 : 2 * ringRadius + 24))
  const bars = columns(
    canvas,
    plot,
    picture.days.map(({ day, seconds }) => ({ seconds, label: { day, as: 'weekday' }, ...(day === today ? { bold: true } : {}) })),
    goal,
    0.26,
  )
  const key = goal === null ? '' : goalKey(canvas, goal, plot.left, top + 6)
  const ring = today === null ? '' : drawRing(canvas, picture, margin + inner - ringRadius, lead + barsHeight / 2 - 8)
  const below = streak === null ? { markup: '', bottom: bars.bottom } : strip(canvas, streak, bars.bottom + 40)
  return { markup: key + bars.markup + ring + below.markup, bottom: below.bottom }
}

function goalKey(canvas: Canvas, goal: number, x: number, y: number): string {
  const words: Text = { key: 'chart.goal', words: { goal: { duration: goal } } }
  return (
    canvas.line(x, y - 6, x + 34, y - 6, 'break-text', { width: 2.5, dash: '7 5' }) +
    canvas.words(words, x + 44, y, { size: 16, role: 'break-text' })
  )
}

/** Today's share of the goal as an arc; without a goal the ring is whole as soon as there is anything. */
function drawRing(canvas: Canvas, { days, today, goal }: WeekPicture, x: number, y: number): string {
  const seconds = days.find(({ day }) => day === today)?.seconds ?? 0
  const share = goal === null || goal === 0 ? Math.min(seconds, 1) : Math.min(seconds / goal, 1)
  const ring = arc<null>()
    .innerRadius(ringRadius - 11)
    .outerRadius(ringRadius)
    .startAngle(0)
  const whole = ring.endAngle(2 * Math.PI)(null) ?? ''
  const part = share === 0 ? '' : canvas.shape(ring.cornerRadius(6).endAngle(2 * Math.PI * share)(null) ?? '', x, y, 'focus')
  const spoken: Text = seconds === 0 ? { key: 'stats.zero' } : { duration: seconds }
  const size = Math.min(21, (21 * (2 * ringRadius - 32)) / Math.max(widthOf(canvas.say(spoken), 21), 1))
  return (
    canvas.shape(whole, x, y, 'well') +
    part +
    canvas.words(spoken, x, y + 8, { size: Math.floor(size), anchor: 'middle', bold: true, role: 'ink' }) +
    canvas.words({ key: 'chart.today' }, x, y + ringRadius + 24, { size: 16, anchor: 'middle' })
  )
}
