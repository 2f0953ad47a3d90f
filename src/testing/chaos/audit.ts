import type { Ledger, Phase, Presence, Stretch } from './ledger.ts'

/**
 * What is wrong with a ledger, in sentences; none where it is sound. Plain arithmetic over its rows, which shares nothing with the
 * product: presence ∩ running stretches of focus, counted from a whole minute. Every room must be closed.
 */
export const audit = (ledger: Ledger): readonly string[] => [
  ...brokenPhases(ledger),
  ...brokenPresence(ledger),
  ...wrongCredit(ledger),
  ...wrongTotals(ledger),
  ...wrongMoves(ledger),
]

/** A pause rounds what is left up to whole seconds. */
const roundingOfPause = 1000

function brokenPhases({ phases, spans }: Ledger): string[] {
  const spansOf = Map.groupBy(spans, ({ phase }) => phase)
  const problems: string[] = []
  for (const [n, phase] of phases.entries()) {
    const say = (what: string): number => problems.push(`phase ${phase.id} (${phase.type}, ${phase.outcome}) ${what}`)
    if (phase.outcome === 'running' || phase.to === null) {
      say('is still open')
      continue
    }
    const before = phases[n - 1]
    if (before?.room === phase.room && before.to !== null) {
      if (before.to > phase.from) say('begins before the one before it ended')
      if (followsAtOnce(before, phase) && before.to !== phase.from) say('does not begin where the one before it ended')
    }
    problems.push(...brokenSpans(phase, phase.to, spansOf.get(phase.id) ?? []))
  }
  return problems
}

/** What the clock ends or a person skips leads on at once; after a stop, and after the last round, somebody starts anew. */
const followsAtOnce = (before: Phase, phase: Phase): boolean =>
  before.outcome === 'skipped' || (before.outcome === 'ended' && before.type !== phase.type)

function brokenSpans(phase: Phase, to: number, spans: readonly Stretch[]): string[] {
  const problems: string[] = []
  const say = (what: string): number => problems.push(`phase ${phase.id} (${phase.type}, ${phase.outcome}) ${what}`)
  if (spans.length === 0) say('never ran')
  if (spans[0] !== undefined && spans[0].from !== phase.from) say('does not run from its beginning')
  if (spans.some((span) => span.to === null)) say('still runs')
  if (spans.some((span) => (span.to ?? to) > to)) say('runs beyond its end')
  if (spans.some((span, n) => span.from < (spans[n - 1]?.to ?? 0))) say('runs twice at once')
  const lived = spans.reduce((sum, span) => sum + ((span.to ?? to) - span.from), 0)
  const pauses = (spans.length - 1) * roundingOfPause
  if (phase.outcome === 'ended' && spans.at(-1)?.to !== to) say('ended while it stood still')
  if (phase.outcome === 'ended' && lived < phase.planned) say(`ended after ${lived} of ${phase.planned} ms`)
  if (lived > phase.planned + pauses) say(`ran ${lived} of ${phase.planned} ms`)
  return problems
}

function brokenPresence({ presences }: Ledger): string[] {
  return presences.flatMap((one, n) => {
    const before = presences[n - 1]
    if (one.to === null) return [`${one.person} is still present`]
    if (before?.person === one.person && (before.to ?? 0) > one.from) return [`${one.person} was in two rooms at ${one.from}`]
    return []
  })
}

const overlap = (presence: Presence, span: Stretch): number =>
  Math.max(0, Math.min(presence.to ?? 0, span.to ?? 0) - Math.max(presence.from, span.from))

/** Whole seconds by phase and person. */
function creditOf({ phases, spans, presences }: Ledger): Map<string, number> {
  const credit = new Map<string, number>()
  const presencesIn = Map.groupBy(presences, ({ room }) => room)
  const spansOf = Map.groupBy(spans, ({ phase }) => phase)
  for (const phase of phases.filter(({ type }) => type === 'work')) {
    const earned = new Map<string, number>()
    for (const presence of presencesIn.get(phase.room) ?? []) {
      for (const span of spansOf.get(phase.id) ?? []) {
        earned.set(presence.person, (earned.get(presence.person) ?? 0) + overlap(presence, span))
      }
    }
    for (const [person, milliseconds] of earned) {
      if (milliseconds >= 60_000) credit.set(`${phase.id} ${person}`, Math.floor(milliseconds / 1000))
    }
  }
  return credit
}

function wrongCredit(ledger: Ledger): string[] {
  const right = creditOf(ledger)
  const written = new Map(ledger.sessions.map(({ phase, person, seconds }) => [`${phase} ${person}`, seconds]))
  if (written.size !== ledger.sessions.length) return ['a phase was credited twice to one person']
  return [...new Set([...right.keys(), ...written.keys()])].flatMap((key) =>
    right.get(key) === written.get(key) ? [] : [`${key} was credited ${written.get(key) ?? 0} s instead of ${right.get(key) ?? 0} s`],
  )
}

function wrongTotals({ sessions, totals }: Ledger): string[] {
  const mine = Map.groupBy(sessions, ({ person }) => person)
  return totals.flatMap(({ person, seconds, sessions: count }) => {
    const list = mine.get(person) ?? []
    const sum = list.reduce((total, one) => total + one.seconds, 0)
    return sum === seconds && list.length === count
      ? []
      : [`${person} has ${seconds} s in ${count} sessions instead of ${sum} s in ${list.length}`]
  })
}

const verbs = { ended: 'end', skipped: 'skip', stopped: 'stop' } as const

/** Each end of a phase was said once: as many events as phases, room by room. */
function wrongMoves({ phases, moves }: Ledger): string[] {
  return [...Map.groupBy(phases, ({ room }) => room)].flatMap(([room, list]) =>
    Object.entries(verbs).flatMap(([outcome, verb]) => {
      const over = list.filter((phase) => phase.outcome === outcome).length
      const said = moves.filter((move) => move.room === room && move.verb === verb && move.from !== null)
      const times = said.reduce((sum, move) => sum + move.times, 0)
      return over === times ? [] : [`room ${room}: ${over} phases ${outcome}, said ${times} times`]
    }),
  )
}
