import { plotAt } from './axis.ts'
import type { Canvas, Drawn } from './canvas.ts'
import { columns } from './columns.ts'
import type { HoursPicture } from './picture.ts'

/** Columns by hour of the local clock; every third hour has its number. */
export function drawHours(canvas: Canvas, { hours }: HoursPicture, top: number): Drawn {
  return columns(
    canvas,
    plotAt(top, 170),
    hours.map((seconds, hour) => ({ seconds, label: hour % 3 === 0 ? String(hour).padStart(2, '0') : null })),
    null,
    0.2,
  )
}
