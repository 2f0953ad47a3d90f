import type { Reader } from '../../locales/write.ts'
import { type Canvas, canvasFor, type Drawn, escapeXml, inner, linesOf, margin, width } from './canvas.ts'
import { drawDay } from './day.ts'
import { drawHours } from './hours.ts'
import { filled, type Theme } from './ink.ts'
import { drawMonths } from './months.ts'
import type { Picture } from './picture.ts'
import { drawTopics } from './topics.ts'
import { drawWeek } from './week.ts'
import { drawYear } from './year.ts'

const titleSize = 22
const titleLine = 29
const titleTop = 42

/**
 * The picture as SVG in the reader's language. In `light` and `dark` it stands on a surface of its own; for a `page` it is transparent, takes
 * the page's font, and is coloured by the classes `fill-…` and `stroke-…`. `alt` is what a screen reader says in its place.
 */
export function svgOf(picture: Picture, reader: Reader, theme: Theme, alt = ''): string {
  const canvas = canvasFor(reader, theme)
  const titles = linesOf(canvas.say(picture.title), titleSize, inner, 3)
  const title = titles.map((line, n) => canvas.words(line, margin, titleTop + n * titleLine, { size: titleSize, bold: true, role: 'ink' }))
  const body = draw(canvas, picture, titles.length === 0 ? margin : titleTop + (titles.length - 1) * titleLine + 38)
  const height = Math.ceil((body.bottom + margin) / 2) * 2
  const size = `viewBox="0 0 ${width} ${height}"`
  const inside = title.join('') + body.markup
  if (theme === 'page')
    return `<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-${picture.kind}" ${size} role="img" aria-label="${escapeXml(alt)}">${inside}</svg>`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} width="${width}" height="${height}" font-family="Pretendard"><rect width="${width}" height="${height}" ${filled('surface', theme)}/>${inside}</svg>`
}

function draw(canvas: Canvas, picture: Picture, top: number): Drawn {
  switch (picture.kind) {
    case 'week':
      return drawWeek(canvas, picture, top)
    case 'year':
      return drawYear(canvas, picture, top)
    case 'hours':
      return drawHours(canvas, picture, top)
    case 'months':
      return drawMonths(canvas, picture, top)
    case 'topics':
      return drawTopics(canvas, picture, top)
    case 'day':
      return drawDay(canvas, picture, top)
  }
  return picture satisfies never
}
