import { plotAt } from './axis.ts'
import type { Canvas, Drawn } from './canvas.ts'
import { columns } from './columns.ts'
import type { MonthsPicture } from './picture.ts'

/** Columns by month; the month that goes on is paler, since it is not over. */
export function drawMonths(canvas: Canvas, { months, current }: MonthsPicture, top: number): Drawn {
  return columns(
    canvas,
    plotAt(top, 170),
    months.map(({ month, seconds }) => ({
      seconds,
      label: { day: month, as: 'month' },
      ...(month === current ? { bold: true, faint: true } : {}),
    })),
    null,
    0.24,
  )
}
