import type { Evidence, PhaseType, Result, SessionSource, SoloKind, SoloState, VoiceDetail } from '../../db/schema.ts'
import type { Platform } from '../../kernel/context.ts'
import type { PhaseId, PresenceId, RoomId, SessionId, SoloId, WorkspaceId } from '../../kernel/ids.ts'
import type { Text } from '../../locales/text.ts'
import { clip, overlap, type Span, secondsOf, split, without } from './spans.ts'

/** Where somebody was: in a room, or by themselves. `to` is null while it lasts. Whole, though the day may hold only a part. */
export type Stay = {
  readonly id: PresenceId
  readonly from: Date
  readonly to: Date | null
  readonly evidence: Evidence
  readonly place: string | null
  readonly room: RoomId | null
  readonly workspace: WorkspaceId | null
  readonly solo: { readonly id: SoloId; readonly kind: SoloKind; readonly state: SoloState; readonly isDecided: boolean } | null
  /** What ended it, where that was not the person. */
  readonly endedBy: 'silence' | 'outage' | null
  /** How long they were muted by the server, deafened, on camera, or sharing a screen: recorded apart, it changes no credit. */
  readonly details: readonly { readonly kind: VoiceDetail; readonly seconds: number }[]
}

/** A phase of a room; `spans` are its running stretches. `isDecided`: everybody's credit is written. */
export type Course = {
  readonly phase: PhaseId
  readonly room: RoomId
  readonly type: PhaseType
  readonly from: Date
  readonly to: Date | null
  readonly spans: readonly { readonly from: Date; readonly to: Date | null }[]
  readonly isDecided: boolean
}

/** What was taken from a session, by whom, and why; `by` is null where it was the person. */
export type Correction = { readonly taken: readonly Span[]; readonly by: Text | null; readonly reason: string | null }

/** A record of the person. `stretches` is what counts. */
export type Credit = {
  readonly session: SessionId
  readonly source: SessionSource
  readonly isBreak: boolean
  readonly from: Date
  readonly to: Date
  readonly seconds: number
  readonly stretches: readonly Span[]
  readonly phase: PhaseId | null
  readonly solo: SoloId | null
  readonly place: string | null
  readonly aim: string | null
  readonly subject: string | null
  readonly result: Result | null
  readonly workspace: WorkspaceId | null
  readonly manual: string | null
  readonly corrections: readonly Correction[]
}

/** A time in which a platform could not be seen, and whether that was bridged or has to be answered. */
export type Blind = Span & { readonly platform: Platform; readonly gap: 'bridged' | 'open' | 'answered' }

export type Facts = {
  readonly day: Span
  readonly now: Date
  readonly stays: readonly Stay[]
  readonly courses: readonly Course[]
  readonly credits: readonly Credit[]
  readonly blinds: readonly Blind[]
}

/** By which rule a stretch counts, or does not. */
export type Verdict =
  | { readonly rule: 'counted'; readonly source: SessionSource }
  | { readonly rule: 'elsewhere'; readonly place: string | null }
  | { readonly rule: 'corrected'; readonly by: Text | null; readonly reason: string | null }
  | { readonly rule: 'idle' | 'pause' | 'break' | 'short' | 'running' | 'waiting' | 'asked' | 'lapsed' | 'afk' | 'other' }

export type Piece = Span & { readonly verdict: Verdict }

/** A stay with everything that became of it, piece by piece: the pieces fill the part of the stay that lies in the day. */
export type Explained = { readonly stay: Stay; readonly pieces: readonly Piece[] }

export type Account = {
  readonly stays: readonly Explained[]
  /** Records that no stay proves: told, imported, or of a room that is gone. */
  readonly told: readonly Credit[]
  readonly blinds: readonly Blind[]
  readonly seconds: number
}

const endIn = (facts: Facts, to: Date | null): Date => to ?? facts.now

/** The account of a day: for each moment of each stay the rule by which it counts or does not (domain.md, section 0). */
export function explain(facts: Facts): Account {
  const stays = facts.stays
    .toSorted((a, b) => a.from.getTime() - b.from.getTime())
    .flatMap((stay): readonly Explained[] => {
      const lived = overlap({ from: stay.from, to: endIn(facts, stay.to) }, facts.day)
      if (lived === null) return []
      const pieces = stay.solo === null ? piecesInRoom(facts, stay, lived) : piecesAlone(facts, stay, lived)
      return [{ stay, pieces: pieces.toSorted((a, b) => a.from.getTime() - b.from.getTime()) }]
    })
  const phases = new Set(facts.courses.map(({ phase }) => phase))
  const solos = new Set(facts.stays.map(({ solo }) => solo?.id))
  const told = facts.credits.filter(({ phase, solo }) => !(phase !== null && phases.has(phase)) && !(solo !== null && solos.has(solo)))
  return { stays, told, blinds: facts.blinds, seconds: countedOn(facts) }
}

/** Seconds of the day that count; imported ones count for no day's total. */
const countedOn = ({ credits, day }: Facts): number =>
  credits
    .filter(({ isBreak, source }) => !isBreak && source !== 'import')
    .reduce((sum, { stretches }) => sum + secondsOf(clip(stretches, day)), 0)

const judge = (spans: readonly Span[], verdict: Verdict): readonly Piece[] => spans.map((span) => ({ ...span, verdict }))

function piecesInRoom(facts: Facts, stay: Stay, lived: Span): readonly Piece[] {
  const courses = facts.courses.filter(({ room }) => room === stay.room)
  const whole = courses.flatMap((course) => overlap({ from: course.from, to: endIn(facts, course.to) }, lived) ?? [])
  return [...judge(without(lived, whole), { rule: 'idle' }), ...courses.flatMap((course) => piecesOfCourse(facts, stay, course, lived))]
}

function piecesOfCourse(facts: Facts, stay: Stay, course: Course, lived: Span): readonly Piece[] {
  const there = overlap({ from: course.from, to: endIn(facts, course.to) }, lived)
  if (there === null) return []
  const ran = course.spans.map(({ from, to }) => ({ from, to: endIn(facts, to) }))
  const { inside, outside } = split(there, ran)
  const paused = judge(outside, { rule: 'pause' })
  if (course.type !== 'work') return [...paused, ...judge(inside, { rule: 'break' })]
  const credit = facts.credits.find(({ phase }) => phase === course.phase)
  const open: Verdict | null = course.to === null ? { rule: 'running' } : course.isDecided ? null : { rule: 'waiting' }
  return [...paused, ...inside.flatMap((span) => verdicts(facts, stay, span, credit, open))]
}

function piecesAlone(facts: Facts, stay: Stay, lived: Span): readonly Piece[] {
  if (stay.solo === null) return []
  const { id, kind, state, isDecided } = stay.solo
  if (kind === 'afk') return judge([lived], { rule: 'afk' })
  const credit = facts.credits.find(({ solo }) => solo === id)
  const open = { running: 'running', asking: 'asked', lapsed: 'lapsed', ended: isDecided ? null : 'waiting' } as const
  const rule = open[state]
  return verdicts(facts, stay, lived, credit, rule === null ? null : { rule })
}

/** A stretch of focus: what of it counts, and for the rest, why not. `open`: nothing is decided yet, or ever. */
function verdicts(facts: Facts, stay: Stay, span: Span, credit: Credit | undefined, open: Verdict | null): readonly Piece[] {
  const { inside, outside } = split(span, credit?.stretches ?? [])
  const counted = credit === undefined ? [] : judge(inside, { rule: 'counted', source: credit.source })
  return [...counted, ...outside.flatMap((rest) => whyNot(facts, stay, rest, credit, open))]
}

function whyNot(facts: Facts, stay: Stay, span: Span, credit: Credit | undefined, open: Verdict | null): readonly Piece[] {
  const reasons: readonly (readonly [readonly Span[], Verdict])[] = [
    ...(credit?.corrections ?? []).map(({ taken, by, reason }) => [taken, { rule: 'corrected', by, reason }] as const),
    ...earlierThan(facts, stay).map(({ spans, place }) => [spans, { rule: 'elsewhere', place }] as const),
  ]
  let left: readonly Span[] = [span]
  const pieces: Piece[] = []
  for (const [taken, verdict] of reasons) {
    pieces.push(...left.flatMap((one) => judge(split(one, taken).inside, verdict)))
    left = left.flatMap((one) => without(one, taken))
  }
  const rest: Verdict = open ?? (credit === undefined ? { rule: 'short' } : { rule: 'other' })
  return [...pieces, ...judge(left, rest)]
}

/** Of two that began in the same moment one is the earlier all the same. */
const isEarlier = (one: Stay, other: Stay): boolean =>
  one.from.getTime() === other.from.getTime() ? one.id < other.id : one.from < other.from

/** What earlier opened stays earn, over all platforms: one minute is earned once. */
function earlierThan(facts: Facts, stay: Stay): readonly { readonly spans: readonly Span[]; readonly place: string | null }[] {
  return facts.stays
    .filter((other) => isEarlier(other, stay) && other.solo?.kind !== 'afk' && other.solo?.state !== 'lapsed')
    .map((other) => {
      const lived = { from: other.from, to: endIn(facts, other.to) }
      if (other.solo !== null) return { spans: [lived], place: other.place }
      const work = facts.courses.filter(({ room, type }) => room === other.room && type === 'work')
      const spans = work.flatMap(({ spans: ran }) => ran.map(({ from, to }) => ({ from, to: endIn(facts, to) })))
      return { spans: clip(spans, lived), place: other.place }
    })
}

/** What somebody of this workspace may see of it: what happened there, and no name of a place elsewhere. */
export function seenFrom({ stays, blinds }: Account, workspace: WorkspaceId): Account {
  const nameless = (piece: Piece): Piece =>
    piece.verdict.rule === 'elsewhere' ? { ...piece, verdict: { rule: 'elsewhere', place: null } } : piece
  const here = stays.filter(({ stay }) => stay.workspace === workspace).map(({ stay, pieces }) => ({ stay, pieces: pieces.map(nameless) }))
  const counted = here.flatMap(({ pieces }) => pieces.filter(({ verdict }) => verdict.rule === 'counted'))
  return { stays: here, told: [], blinds, seconds: secondsOf(counted) }
}

/** The records that were made in this workspace. */
export function recordsOf({ stays, courses, credits }: Facts, workspace: WorkspaceId): readonly Credit[] {
  const here = stays.filter((stay) => stay.workspace === workspace)
  const rooms = new Set(here.map(({ room }) => room))
  const phases = new Set(courses.filter(({ room }) => rooms.has(room)).map(({ phase }) => phase))
  const solos = new Set(here.flatMap(({ solo }) => solo?.id ?? []))
  return credits.filter(({ phase, solo }) => (phase !== null && phases.has(phase)) || (solo !== null && solos.has(solo)))
}
