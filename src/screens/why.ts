import { type Span, secondsOf } from '../domain/sessions/spans.ts'
import type { Account, Blind, Credit, Explained, Piece, Verdict } from '../domain/sessions/why.ts'
import { after, hours } from '../kernel/clock.ts'
import type { Text } from '../locales/text.ts'
import type { StretchTone } from './charts/picture.ts'
import { dayButtons, rangeText, recordName } from './records.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Block, Button, Screen } from './screen.ts'

/** An explained day with the days around it; `next` is null on the last day there is. `canShow`: there are moderators who could look. */
export type WhyDay = {
  readonly day: string
  readonly before: string
  readonly next: string | null
  readonly account: Account
  readonly bounds: Span
  readonly canShow: boolean
}

/** More stays than this are counted, not told one by one; their sums stand in the total all the same. */
const mostStays = 12
/** Of so many stretches each is named by its time; of more, only the first and the last. */
const mostTimes = 3
/** The picture shows so many hours at least. */
const fewestHours = 6

/** How a day came about: each presence, what of it counted and what not, and by which rule. */
export function whyScreen(shown: WhyDay): Screen {
  const day = timeline(shown)
  return { ...day, blocks: [...day.blocks, buttons(...dayButtons('focus why', shown.before, shown.next), ...nextSteps(shown))] }
}

/** The same for a page that leads to the days around by itself. */
export function whyPage(shown: WhyDay): Screen {
  const day = timeline(shown)
  return { ...day, blocks: [...day.blocks, buttons(...nextSteps(shown))] }
}

const nextSteps = ({ day, canShow }: WhyDay): readonly Button[] => [
  button('solo.today', { command: 'focus list', args: { day } }),
  ...(canShow ? [button('why.show', { command: 'focus show', args: { day } })] : []),
]

/** The same as a moderator sees it, to whom the person showed it; each record of their workspace can be corrected. */
export function reviewScreen(shown: WhyDay, name: Text, event: string, records: readonly Credit[]): Screen {
  const correct = records.slice(0, 10).map(
    (record): Button => ({
      label: message('why.correct', { range: rangeText(record.from, record.to) }),
      look: 'plain',
      do: { command: 'focus correct', args: { shown: event, record: record.session }, ask: true },
    }),
  )
  const day = timeline(shown)
  return {
    ...day,
    title: message('why.of', { name, day: { day: shown.day, as: 'day' } }),
    blocks: [...day.blocks, ...(correct.length === 0 ? [] : [buttons(...correct)])],
  }
}

function timeline({ day, account, bounds }: WhyDay): Screen {
  const { stays, told, blinds, seconds } = account
  const nothing = stays.length === 0 && told.length === 0
  const runs = runsOf(stays)
  const more = runs.slice(mostStays).flat().length
  return {
    tone: 'calm',
    title: message('why.title', { day: { day, as: 'day' } }),
    state: seconds === 0 ? message('record.total.none') : message('record.total', { length: { duration: seconds } }),
    blocks: [
      ...(nothing ? [lines(message('why.nothing'))] : picture(day, account, bounds)),
      ...runs.slice(0, mostStays).map(stayBlock),
      ...(more > 0 ? [lines(message('why.more', { count: more }))] : []),
      ...(told.length === 0 ? [] : [lines(...told.slice(-mostStays).map(toldText))]),
      ...(blinds.length === 0 ? [] : [lines(...blinds.slice(-mostStays).map(blindText))]),
    ],
  }
}

const clock = (time: Date): Text => ({ time, as: 'clock' })
/** Seconds stand beside a length only where it does not say them itself. */
const lengthText = (seconds: number): Text =>
  seconds < 60 || seconds % 60 === 0 ? { duration: seconds } : message('why.length', { length: { duration: seconds }, seconds })

/** Stays that follow each other in one place and by one evidence are told together. */
function runsOf(stays: readonly Explained[]): readonly (readonly Explained[])[] {
  const kindOf = ({ stay }: Explained): string => `${stay.room ?? stay.solo?.kind ?? ''} ${stay.place ?? ''} ${stay.evidence}`
  const runs: Explained[][] = []
  for (const one of stays) {
    const run = runs.at(-1)
    const [first] = run ?? []
    if (run !== undefined && first !== undefined && kindOf(first) === kindOf(one)) run.push(one)
    else runs.push([one])
  }
  return runs
}

function stayBlock(run: readonly Explained[]): Block {
  const pieces = run.flatMap((one) => one.pieces).filter((piece) => secondsOf([piece]) > 0)
  const [first, last] = [run[0]?.stay, run.at(-1)?.stay]
  if (first === undefined || last === undefined) return lines()
  const from = pieces[0]?.from ?? first.from
  const to = pieces.at(-1)?.to ?? last.to ?? from
  const head = message('why.stay', {
    range: last.to === null ? message('why.since', { from: clock(from) }) : spanText(from, to),
    place: first.place ?? message(first.solo === null ? 'why.somewhere' : `why.alone.${first.solo.kind}`),
    evidence: message(`why.evidence.${first.evidence}`),
  })
  const groups = Map.groupBy(pieces, ({ verdict }) => JSON.stringify(verdict))
  const ends = new Set(run.flatMap(({ stay }) => (stay.endedBy === null ? [] : [stay.endedBy])))
  return lines(head, ...[...groups.values()].map(groupText), ...detailTexts(run), ...[...ends].map((by) => message(`why.ended-by.${by}`)))
}

function detailTexts(run: readonly Explained[]): readonly Text[] {
  const kinds = Map.groupBy(
    run.flatMap(({ stay }) => stay.details),
    ({ kind }) => kind,
  )
  return [...kinds].flatMap(([kind, details]) => {
    const seconds = details.reduce((sum, detail) => sum + detail.seconds, 0)
    return seconds === 0 ? [] : [message('why.detail', { what: message(`why.detail.${kind}`), length: { duration: seconds } })]
  })
}

/** All stretches that one rule decides, with their sum. */
function groupText(pieces: readonly Piece[]): Text {
  const [first] = pieces
  if (first === undefined) return ''
  const words = { length: lengthText(secondsOf(pieces)), times: timesText(pieces) }
  return message(first.verdict.rule === 'counted' ? 'why.counted' : 'why.not', { ...words, rule: ruleText(first.verdict) })
}

/** What begins and ends in one minute is named by it. */
const spanText = (from: Date, to: Date): Text =>
  Math.floor(from.getTime() / 60_000) === Math.floor(to.getTime() / 60_000) ? clock(from) : rangeText(from, to)

function timesText(pieces: readonly Piece[]): Text {
  const [first, ...others] = pieces.map(({ from, to }) => spanText(from, to))
  const last = others.at(-1)
  if (first === undefined || last === undefined) return first ?? ''
  if (pieces.length > mostTimes) return message('why.times', { count: pieces.length, first, last })
  return others.reduce<Text>((head, tail) => message('commands.list', { head, tail }), first)
}

function ruleText(verdict: Verdict): Text {
  switch (verdict.rule) {
    case 'counted':
      return message(`record.source.${verdict.source}`)
    case 'elsewhere':
      return verdict.place === null ? message('why.rule.elsewhere') : message('why.rule.elsewhere-in', { place: verdict.place })
    case 'corrected':
      if (verdict.by === null) return message('why.rule.removed')
      return message('why.rule.corrected', { name: verdict.by, reason: verdict.reason ?? '' })
    default:
      return message(`why.rule.${verdict.rule}`)
  }
}

/** What no presence proves: as the person told it, or as another bot did. */
function toldText(credit: Credit): Text {
  const length = credit.isBreak
    ? message('record.uncounted', { length: { duration: secondsOf(credit.stretches) } })
    : lengthText(credit.seconds)
  return message('why.told', {
    range: rangeText(credit.from, credit.to),
    name: recordName(credit),
    length,
    source: message(`record.source.${credit.source}`),
  })
}

const blindText = ({ platform, from, to, gap }: Blind): Text =>
  message(`why.blind.${gap}`, { platform: message(`why.platform.${platform}`), range: rangeText(from, to) })

const tones: Readonly<Record<Verdict['rule'], StretchTone>> = {
  counted: 'focus',
  break: 'break',
  asked: 'warning',
  waiting: 'warning',
  running: 'focus',
  idle: 'calm',
  pause: 'calm',
  short: 'calm',
  lapsed: 'calm',
  afk: 'calm',
  other: 'calm',
  elsewhere: 'calm',
  corrected: 'calm',
}

/** The day as a picture: a track for each place, and one for what was told; none of a day with imported records alone. */
function picture(day: string, { stays, told, seconds }: Account, bounds: Span): readonly Block[] {
  const places = Map.groupBy(stays, ({ stay }) => stay.room ?? stay.solo?.kind ?? '')
  const tracks = [...places.values()].slice(0, mostStays).flatMap((there) => {
    const [first] = there
    if (first === undefined) return []
    const { stay } = first
    const label: Text = stay.solo === null ? (stay.place ?? message('why.somewhere')) : message(`why.alone.${stay.solo.kind}`)
    const stretches = there.flatMap(({ pieces }) =>
      pieces.map((piece) => ({ from: piece.from, to: piece.to, tone: tones[piece.verdict.rule] })),
    )
    return [{ label, stretches }]
  })
  const own = told.filter(({ source }) => source !== 'import')
  const ownTrack = {
    label: message('why.told-track'),
    stretches: own.flatMap(({ stretches, isBreak }) =>
      stretches.map((one) => ({ ...one, tone: isBreak ? ('break' as const) : ('focus' as const) })),
    ),
  }
  const shown = own.length === 0 ? tracks : [...tracks, ownTrack]
  const used = new Set(shown.flatMap(({ stretches }) => stretches.map(({ tone }) => tone)))
  if (used.size === 0) return []
  const title = message('why.picture', { day: { day, as: 'day' }, length: { duration: seconds } })
  const block: Block = {
    kind: 'picture',
    picture: {
      kind: 'day',
      title,
      ...hoursOf(
        shown.flatMap(({ stretches }) => stretches),
        bounds,
      ),
      tracks: shown,
      legend: (['focus', 'break', 'calm', 'warning'] as const)
        .filter((tone) => used.has(tone))
        .map((tone) => ({ tone, label: message(`why.tone.${tone}`) })),
    },
    alt: title,
  }
  return [block]
}

/** The hours of the day in which something happened, a few of them at least: short stretches are still seen, and a quiet day has a scale. */
function hoursOf(stretches: readonly Span[], bounds: Span): Span {
  const into = (time: Date): number => (time.getTime() - bounds.from.getTime()) / hours(1)
  const whole = into(bounds.to)
  const last = Math.min(Math.ceil(Math.max(...stretches.map(({ to }) => into(to)))), whole)
  const first = Math.max(0, Math.min(Math.floor(Math.min(...stretches.map(({ from }) => into(from)))), last - fewestHours))
  return { from: after(bounds.from, hours(first)), to: after(bounds.from, hours(Math.min(whole, Math.max(last, first + fewestHours)))) }
}
