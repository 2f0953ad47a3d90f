import { Chrono, en, type Parser } from 'chrono-node'
import { clockReadings, minutesAway } from './korean-clock.ts'
import { dayReadings } from './korean-days.ts'
import type { Reading } from './korean-reading.ts'

const parser = ({ pattern, read }: Reading): Parser => ({ pattern: () => pattern, extract: (context, match) => read(match, context) })

const readings = [minutesAway, ...dayReadings, ...clockReadings]

/** English and Korean in any mix: a date in one and a time in the other still belong together. */
export const times: Chrono = (() => {
  const { parsers, refiners } = en.casual
  return new Chrono({ parsers: [...readings.map(parser), ...parsers], refiners: [...refiners] })
})()
