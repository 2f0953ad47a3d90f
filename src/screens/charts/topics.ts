import { scaleLinear } from 'd3-scale'
import { type Canvas, cutTo, type Drawn, inner, margin, widthOf } from './canvas.ts'
import type { TopicsPicture } from './picture.ts'

const rowHeight = 54

/** A bar for each topic under its name, the time on the right. */
export function drawTopics(canvas: Canvas, { topics }: TopicsPicture, top: number): Drawn {
  const scale = scaleLinear([0, Math.max(...topics.map(({ seconds }) => seconds), 1)], [4, inner])
  const rows = topics.map(({ name, seconds }, n) => {
    const y = top + n * rowHeight + 10
    const time = canvas.say({ duration: seconds })
    const room = inner - widthOf(time, 17) - 16
    return (
      canvas.words(cutTo(canvas.say(name), 17, room), margin, y, { role: 'ink' }) +
      canvas.words({ duration: seconds }, margin + inner, y, { anchor: 'end' }) +
      canvas.rect(margin, y + 10, inner, 14, 'well', { round: 5 }) +
      canvas.rect(margin, y + 10, scale(seconds), 14, 'focus', { round: 5 })
    )
  })
  return { markup: rows.join(''), bottom: top + topics.length * rowHeight - 14 }
}
