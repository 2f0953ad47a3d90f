import { scaleBand } from 'd3-scale'
import type { Text } from '../../locales/text.ts'
import { type Plot, seconds } from './axis.ts'
import { type Canvas, widthOf } from './canvas.ts'

const size = 16

type Column = { readonly seconds: number; readonly label: Text | null; readonly bold?: boolean; readonly faint?: boolean }

/** Columns side by side on a common scale; `goal` is a line across them. Gives the markup and the lowest line of the labels. */
export function columns(canvas: Canvas, plot: Plot, all: readonly Column[], goal: number | null, gap: number) {
  const axis = seconds(canvas, plot, Math.max(...all.map((one) => one.seconds), goal ?? 0))
  const places = scaleBand(
    all.map((_, n) => n),
    [plot.left, plot.right],
  ).padding(gap)
  const thick = places.bandwidth()
  const widest = Math.max(...all.map(({ label }) => (label === null ? 0 : widthOf(canvas.say(label), size))))
  // Where neighbours would touch only some are lettered, the last one among them.
  const every = all.some(({ label }) => label === null) ? 1 : Math.ceil((widest + 4) / places.step())
  const drawn = all.map((one, n) => {
    const x = places(n) ?? plot.left
    const y = axis.y(one.seconds)
    const bar =
      one.seconds === 0
        ? ''
        : canvas.rect(x, Math.min(y, plot.bottom - 3), thick, Math.max(plot.bottom - y, 3), 'focus', {
            round: 5,
            ...(one.faint ? { opacity: 0.65 } : {}),
          })
    const label =
      one.label === null || (all.length - 1 - n) % every !== 0
        ? ''
        : canvas.words(one.label, x + thick / 2, plot.bottom + 24, {
            size,
            anchor: 'middle',
            ...(one.bold ? { bold: true, role: 'ink' as const } : {}),
          })
    return bar + label
  })
  const line =
    goal === null ? '' : canvas.line(plot.left, axis.y(goal), plot.right, axis.y(goal), 'break-text', { width: 2.5, dash: '7 5' })
  return { markup: axis.markup + drawn.join('') + line, bottom: plot.bottom + 32, y: axis.y }
}
