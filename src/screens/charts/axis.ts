import { scaleLinear } from 'd3-scale'
import type { Text } from '../../locales/text.ts'
import { type Canvas, inner, margin } from './canvas.ts'

/** Where a column chart stands: its left and right edge, and the heights between which its columns rise. */
export type Plot = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }

const hour = 3600

/** Whole hours, or quarters of one where there is less than an hour, that divide the height into at most four parts. */
function stepFor(most: number): number {
  const steps = [hour / 4, hour, 2 * hour, 3 * hour, 5 * hour, 10 * hour, 20 * hour, 50 * hour, 100 * hour, 200 * hour]
  return steps.find((step) => most <= 4 * step) ?? Math.ceil(most / 4 / (100 * hour)) * 100 * hour
}

/** The height of a number of seconds, with its lines and their labels in hours. The scale begins at nothing. */
export function seconds(canvas: Canvas, plot: Plot, most: number): { readonly y: (value: number) => number; readonly markup: string } {
  const step = stepFor(Math.max(most, hour / 2))
  const count = Math.max(Math.ceil(most / step), 2)
  const scale = scaleLinear([0, count * step], [plot.bottom, plot.top])
  const marks = Array.from({ length: count + 1 }, (_, n) => n * step)
  const markup = marks.map((mark) => {
    const label: Text = mark === 0 ? '0' : { duration: mark }
    return (
      canvas.line(plot.left, scale(mark), plot.right, scale(mark), 'line', { width: mark === 0 ? 2 : 1 }) +
      canvas.words(label, plot.left - 9, scale(mark) + 5, { size: 16, anchor: 'end' })
    )
  })
  return { y: scale, markup: markup.join('') }
}

/** A plot over the whole width, with room for the labels of hours on its left. */
export const plotAt = (top: number, height: number, right = margin + inner): Plot => ({
  left: margin + 66,
  right,
  top,
  bottom: top + height,
})
