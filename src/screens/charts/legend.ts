import type { Text } from '../../locales/text.ts'
import { type Canvas, type Drawn, inner, margin, widthOf } from './canvas.ts'

const size = 16
const side = 18
const lineHeight = 28
const between = 14

/** `draw` puts the sign of an entry into a square of `side` at its upper left corner. */
export type Entry = { readonly label: Text; draw(x: number, y: number, side: number): string }

/** What signs mean, in as few lines as they fit in; `top` is the first line of letters, for which there is room up to `largest`. */
export function legend(canvas: Canvas, entries: readonly Entry[], top: number, largest = size): Drawn {
  let x = margin
  let y = top
  const drawn = entries.map(({ label, draw }) => {
    const wide = side + 8 + widthOf(canvas.say(label), largest)
    if (x + wide > margin + inner && x > margin) {
      x = margin
      y += lineHeight
    }
    const entry = draw(x, y - side + 4, side) + canvas.words(label, x + side + 8, y, { size })
    x += wide + between
    return entry
  })
  return { markup: drawn.join(''), bottom: y + 4 }
}
