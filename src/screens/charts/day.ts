import { scaleTime } from 'd3-scale'
import { after, hours } from '../../kernel/clock.ts'
import { type Canvas, cutTo, type Drawn, inner, margin, widthOf } from './canvas.ts'
import { legend } from './legend.ts'
import type { DayPicture, StretchTone } from './picture.ts'

const trackHeight = 26
const rowHeight = 60
/** The page letters the picture so large where it is narrow, so that it can be read there; all that is lettered has room for it. */
const largest = 22
/** How many hours may lie between two times. */
const steps = [1, 2, 3, 4, 6, 8, 12]

/** Tracks of one day under each other, on a common clock in the reader's zone. */
export function drawDay(canvas: Canvas, picture: DayPicture, top: number): Drawn {
  const { from, to, tracks } = picture
  const scale = scaleTime([from, to], [margin, margin + inner]).clamp(true)
  const bottom = top + tracks.length * rowHeight
  const times = timesOf(canvas, picture)
  const rows = tracks.map(({ label, stretches }, n) => {
    const y = top + n * rowHeight
    const bars = stretches.map((one) => {
      const x = scale(one.from)
      return bar(canvas, one.tone, x, y + 18, Math.max(scale(one.to) - x, 2))
    })
    return (
      canvas.words(cutTo(canvas.say(label), largest, inner), margin, y + 8, { size: 17, role: 'ink' }) +
      canvas.rect(margin, y + 18, inner, trackHeight, 'well', { round: 5 }) +
      times.map((time) => canvas.line(scale(time), y + 18, scale(time), y + 18 + trackHeight, 'surface', { width: 2 })).join('') +
      bars.join('')
    )
  })
  const below = legend(
    canvas,
    picture.legend.map(({ tone, label }) => ({ label, draw: (x, y, side) => canvas.rect(x, y, side, side, tone, { round: 4 }) })),
    bottom + 50,
    largest,
  )
  return { markup: rows.join('') + clock(canvas, times, scale, bottom + 10) + below.markup, bottom: below.bottom }
}

/** What did not count is lower than what did, so that the difference needs no colour. */
function bar(canvas: Canvas, tone: StretchTone, x: number, y: number, wide: number): string {
  if (tone === 'focus') return canvas.rect(x, y, wide, trackHeight, tone, { round: 4 })
  const high = { break: 0.6, calm: 0.3, warning: 0.45 }[tone] * trackHeight
  return canvas.rect(x, y + trackHeight - high, wide, high, tone, { round: 3 })
}

/**
 * Every few hours from the begin of the day to its end, which may be an hour away from a whole step when the clocks change. The first and
 * the last are lettered inwards, so each neighbour is the width of one and a half away.
 */
function timesOf(canvas: Canvas, { from, to }: DayPicture): readonly Date[] {
  const span = (to.getTime() - from.getTime()) / hours(1)
  const apart = 1.5 * widthOf(canvas.say({ time: from, as: 'clock' }), largest) + 8
  const step = steps.find((hour) => (hour / span) * inner >= apart) ?? 24
  return Array.from({ length: Math.floor(span / step) + 1 }, (_, n) => after(from, hours(step) * n))
}

function clock(canvas: Canvas, times: readonly Date[], scale: (time: Date) => number, y: number): string {
  const anchor = (x: number) => (x < margin + 20 ? 'start' : x > margin + inner - 20 ? 'end' : 'middle')
  return times.map((time) => canvas.words({ time, as: 'clock' }, scale(time), y, { size: 16, anchor: anchor(scale(time)) })).join('')
}
