import type { Result } from '../db/schema.ts'
import { isRecent, type Manual } from '../domain/sessions/manual.ts'
import type { RecordFound } from '../domain/sessions/record.queries.ts'
import { secondsOf } from '../domain/sessions/spans.ts'
import type { Credit } from '../domain/sessions/why.ts'
import { written } from '../domain/todos/todo.ts'
import type { SessionId } from '../kernel/ids.ts'
import type { Text } from '../locales/text.ts'
import { done } from './answers.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Block, Button, Screen } from './screen.ts'

/** A day's records with the days around it; `next` is null on the last day there is. */
type RecordsDay = {
  readonly day: string
  readonly before: string
  readonly next: string | null
  readonly records: readonly Credit[]
}

/** A chosen record goes by its place and time. */
const mostChoices = 25

export const rangeText = (from: Date, to: Date): Text =>
  message('record.range', { from: { time: from, as: 'clock' }, to: { time: to, as: 'clock' } })

type Named = Pick<Credit, 'place' | 'aim' | 'subject' | 'source' | 'isBreak'>

/** Where it was, or what it was for. */
export const recordName = ({ place, aim, subject, isBreak }: Named): Text => {
  if (isBreak) return aim === null ? message('record.break') : written({ text: aim, subject })
  if (place !== null) return place
  return aim === null ? message('record.focus') : written({ text: aim, subject })
}

/** What an own day holds, each record with where it comes from; and a way to take one out. */
export function recordList({ day, before, next, records }: RecordsDay, now: Date, ...said: readonly Text[]): Screen {
  const counted = records.filter(({ isBreak, source }) => !isBreak && source !== 'import')
  const total = counted.reduce((sum, { seconds }) => sum + seconds, 0)
  return {
    tone: 'calm',
    title: { day, as: 'day' },
    state: total === 0 ? message('record.total.none') : message('record.total', { length: { duration: total } }),
    blocks: [
      ...(said.length === 0 ? [] : [lines(...said)]),
      table(records),
      ...remove(records),
      ...edit(records, now),
      buttons(...dayButtons('focus list', before, next), button('record.why', { command: 'focus why', args: { day } }), addButton(records)),
    ],
  }
}

const addButton = (records: readonly Credit[]): Button =>
  button('record.add', { command: 'focus add', args: {}, ask: true }, records.length === 0 ? 'primary' : 'plain')

/** To the day before, and to the one after where it has come. */
export const dayButtons = (command: string, before: string, next: string | null): readonly Button[] => [
  button('record.day-before', { command, args: { day: before } }),
  ...(next === null ? [] : [button('record.day-after', { command, args: { day: next } })]),
]

const table = (records: readonly Credit[]): Block => ({
  kind: 'table',
  columns: [
    { label: message('record.column.when') },
    { label: message('record.column.what') },
    { label: message('record.column.length'), numeric: true },
    { label: message('record.column.source') },
  ],
  rows: records.map((record): readonly Text[] => [
    rangeText(record.from, record.to),
    recordName(record),
    record.isBreak ? message('record.uncounted', { length: { duration: secondsOf(record.stretches) } }) : { duration: record.seconds },
    marks(record),
  ]),
  empty: message('record.empty'),
})

/** Where it comes from, how it went, and whether it was corrected: what somebody told is always marked. */
function marks({ source, result, corrections }: Credit): Text {
  const source_ = message(`record.source.${source}`)
  const results: readonly Result[] = result === null ? [] : [result]
  const more: readonly Text[] = [
    ...results.map((one) => message(`choice.result.${one}`)),
    ...(corrections.length === 0 ? [] : [message('record.corrected')]),
  ]
  return more.reduce<Text>((head, tail) => message('record.marks', { head, tail }), source_)
}

const choices = (records: readonly Credit[]) =>
  records.slice(-mostChoices).map((record) => ({
    label: message('record.choice', { range: rangeText(record.from, record.to), name: recordName(record) }),
    value: record.session,
    about: message(`record.source.${record.source}`),
  }))

const remove = (records: readonly Credit[]): readonly Block[] =>
  records.length === 0
    ? []
    : [
        {
          kind: 'select',
          label: message('record.remove'),
          press: { command: 'focus remove', args: {} },
          option: 'record',
          inRow: message('record.remove.row'),
          choices: choices(records),
        },
      ]

export const changeRecord = (record: SessionId, range: Text): Button => ({
  label: message('record.change', { range }),
  look: 'plain',
  do: { command: 'focus edit', args: { record }, ask: true },
})

/** What was written down by hand can be changed as long as it could still be written: the newest one in a tap, the others by removal. */
function edit(records: readonly Credit[], now: Date): readonly Block[] {
  const own = records.flatMap((record, row) => (record.manual !== null && isRecent(record.from, now) ? [{ ...record, row }] : [])).slice(-5)
  if (own.length === 0) return []
  return [
    {
      kind: 'buttons',
      buttons: own.map(({ session, from, to }) => changeRecord(session, rangeText(from, to))),
      inRows: { word: message('record.change.row'), rows: own.map(({ row }) => row) },
    },
  ]
}

/** What was written down by hand. */
export const manualWritten = ({ session_type: kind, minutes, started_at: from, ended_at: to, note }: Manual): Screen => ({
  tone: 'calm',
  title: message(kind === 'work' ? 'manual.added' : 'manual.added-break', { length: { duration: minutes * 60 } }),
  blocks: [
    lines(
      message('manual.when', { day: { time: from, as: 'date' }, range: rangeText(from, to) }),
      ...(note === null ? [] : [note]),
      message(kind === 'work' ? 'manual.marked' : 'manual.marked-break'),
    ),
    buttons(
      button('solo.today', { command: 'focus list', args: {} }),
      button('record.add-more', { command: 'focus add', args: {}, ask: true }),
    ),
  ],
})

const foundText = (
  key: 'record.removed' | 'record.remove.sure',
  { room_name, aim, subject, source, session_type, ...found }: RecordFound,
): Text =>
  message(key, {
    name: recordName({ place: room_name, aim, subject, source, isBreak: session_type !== 'work' }),
    day: { time: found.started_at, as: 'date' },
    range: rangeText(found.started_at, found.completed_at),
  })

/** What was written down by hand is deleted with its record, so it is asked about. */
export const removeQuestion = (record: RecordFound): Screen => ({
  tone: 'warning',
  title: foundText('record.remove.sure', record),
  blocks: [
    lines(message('record.remove.gone')),
    buttons(
      button('record.remove.yes', { command: 'focus remove', args: { record: record.id, sure: 'yes' } }, 'danger'),
      button('solo.today', { command: 'focus list', args: {} }),
    ),
  ],
})

/** A record is out of every total; what was seen can be brought back. */
export const recordRemoved = (record: RecordFound, correction: string | null): Screen =>
  done(
    foundText('record.removed', record),
    ...(correction === null ? [] : [button('record.undo', { command: 'focus undo', args: { correction } })]),
    button('solo.today', { command: 'focus list', args: {} }),
  )
