import type { MonthTime, OwnStats, Total } from '../domain/stats/stats.ts'
import { busiestHours } from '../domain/stats/stats.ts'
import type { Message, Text } from '../locales/text.ts'
import type { Picture, WeekPicture } from './charts/picture.ts'
import { message } from './room.ts'
import type { Block } from './screen.ts'

/** A picture with the same numbers as a table under it; `of` says what it is a picture of, `isEmpty` that there is nothing to see in it. */
export type Part = { readonly of: Message; readonly blocks: readonly Block[]; readonly isEmpty: boolean }

type Row = { readonly name: Text; readonly seconds: number }

const table = (column: Message, rows: readonly Row[]): Block => ({
  kind: 'table',
  columns: [{ label: column }, { label: message('stats.column.time'), numeric: true }],
  rows: rows.filter(({ seconds }) => seconds > 0).map(({ name, seconds }) => [name, { duration: seconds }]),
  empty: message('stats.nothing'),
})

const drawn = (of: Message, picture: Picture, numbers: Block): Part => ({
  of,
  blocks: [{ kind: 'picture', picture, alt: picture.title }, numbers],
  isEmpty: numbers.kind === 'table' && numbers.rows.length === 0,
})

/** The blocks of a part whose finding is said right above it. */
export const untitled = ({ blocks }: Part): readonly Block[] =>
  blocks.map((block) => (block.kind === 'picture' ? { ...block, picture: { ...block.picture, title: '' } } : block))

const part = (of: Message, picture: Picture, column: Message, rows: readonly Row[]): Part => drawn(of, picture, table(column, rows))

/** A sum in words; nothing is said in minutes. */
export const amount = (seconds: number): Text => (seconds === 0 ? message('stats.zero') : { duration: seconds })

/** How a sum stands beside the one before it. Less than before is said as it is, and not as a loss: the time goes on. */
export function compared(now: number, before: number) {
  const words = { time: { duration: now }, more: { duration: Math.abs(now - before) }, was: { duration: before } } as const
  if (now === 0) return { how: before === 0 ? 'none' : 'after', ...words }
  if (before === 0) return { how: 'first', ...words }
  // Under a minute more is not worth saying, and would be said in seconds.
  if (Math.abs(now - before) < 60) return { how: 'same', ...words }
  return { how: now > before ? 'more' : 'less', ...words }
}

/** Goal in seconds a day and the streak, as other pages of the person say them too. */
export type Standing = {
  readonly goal: number | null
  readonly streak: (NonNullable<WeekPicture['streak']> & { readonly best: number }) | null
}

export function weekPart({ week, today }: Pick<OwnStats, 'week' | 'today'>, { goal, streak }: Standing): Part {
  const title = message('stats.found.week', compared(week.seconds, week.lastSeconds))
  return drawn(message('stats.of.week'), { kind: 'week', title, days: week.days, today, goal, streak }, weekTable(week))
}

export const weekTable = ({ days }: Pick<OwnStats['week'], 'days'>): Block =>
  table(
    message('stats.column.day'),
    days.map(({ day, seconds }) => ({ name: { day, as: 'day' }, seconds })),
  )

export function yearPart({ year, today, months }: Pick<OwnStats, 'year' | 'today' | 'months'>): Part {
  const seconds = [...year.days.values()].reduce((sum, one) => sum + one, 0)
  const title = message('stats.year', {
    time: { duration: seconds },
    year: { day: `${year.year}-01-01`, as: 'year' },
    days: year.days.size,
  })
  const rows = months.filter(({ month }) => month.startsWith(String(year.year))).map(monthRow)
  return part(
    message('stats.of.year'),
    { kind: 'year', title, year: year.year, until: today, days: year.days },
    message('stats.column.month'),
    rows,
  )
}

const monthRow = ({ month, seconds }: MonthTime): Row => ({ name: { day: month, as: 'month-year' }, seconds })

/** `found`: what the months tell of the period that is asked about; else how this one stands beside the last. */
export function monthsPart({ months, today }: Pick<OwnStats, 'months' | 'today'>, found?: Message): Part {
  const title = found ?? message('stats.found.month', compared(months.at(-1)?.seconds ?? 0, months.at(-2)?.seconds ?? 0))
  const picture = { kind: 'months', title, months, current: today.slice(0, 7) } as const
  return part(message('stats.of.months'), picture, message('stats.column.month'), months.map(monthRow))
}

export function hoursPart({ hours, total }: Pick<OwnStats, 'hours' | 'total'>): Part {
  const busiest = busiestHours(hours)
  const words = { how: busiest === null ? 'none' : total.days > 1 ? 'some' : 'once', from: busiest?.from ?? 0, to: busiest?.to ?? 0 }
  const rows = hours.map((seconds, hour) => ({ name: message('stats.hour', { hour }), seconds }))
  return part(message('stats.of.hours'), { kind: 'hours', title: message('stats.hours', words), hours }, message('stats.column.hour'), rows)
}

/** What the time went into, one part for each kind of which there is something. */
export function topicParts({ topics }: Pick<OwnStats, 'topics'>): readonly Part[] {
  return (['room', 'subject', 'aim'] as const).flatMap((kind) => {
    const [first] = topics[kind]
    if (first === undefined) return []
    const picture = { kind: 'topics', title: message(`stats.topics.${kind}`, { name: first.name }), topics: topics[kind] } as const
    return [part(message(`stats.of.${kind}`), picture, message('stats.column.what'), topics[kind])]
  })
}

/** What was found in the period as one sentence. */
export function finding({ period, total, before, since }: Pick<OwnStats, 'period' | 'total' | 'before' | 'since'>): Message {
  if (period !== 'all') return message(`stats.found.${period}`, compared(total.seconds, before?.seconds ?? 0))
  const words = { time: { duration: total.seconds }, days: total.days, since: { day: since ?? '2026-01-01', as: 'month-year' } } as const
  return message('stats.found.all', { how: since === null ? 'none' : 'some', ...words })
}

export const sessionFacts = ({ sessions, days }: Total) => [
  { label: message('stats.sessions'), value: message('stats.sessions.count', { count: sessions }) },
  { label: message('stats.days'), value: message('stats.days.count', { count: days }) },
]
