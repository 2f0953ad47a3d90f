import { emit } from '../../events/emit.ts'
import type { Tx } from '../../kernel/context.ts'
import { daysAfter } from '../../kernel/dates.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { type Grown, reach } from '../achievements/achievement.actions.ts'
import { reachGoals } from './reached.actions.ts'
import { advance, type Standing, standingsByDays, writeStandings, writtenStandings } from './standing.actions.ts'
import { noStreak, streakSeconds } from './streak.ts'
import { todays } from './today.queries.ts'

/** What a change of sessions did to one own day of a person; seconds are counted focus, `sessions` is the difference. */
export type DayChange = {
  readonly person: PersonId
  readonly day: string
  readonly focusBefore: number
  readonly focusAfter: number
  readonly sessions: number
}

/**
 * Lets streaks, goals and achievements follow from changed days, in the transaction of the sessions, after `user_day` is written and
 * with the people locked. A new last day lengthens a streak; what changes an older day has it worked out anew. A few queries for
 * however many people.
 */
export async function progress(tx: Tx, changes: readonly DayChange[]): Promise<void> {
  if (changes.length === 0) return
  const byPerson = Map.groupBy(changes, ({ person }) => person)
  const written = await writtenStandings(tx, [...byPerson.keys()])
  const anew: PersonId[] = []
  const steps: { standing: Standing; days: readonly string[] }[] = []
  for (const [person, own] of byPerson) {
    const standing = written.get(person)
    if (standing === undefined || own.some((change) => rewrites(change, standing))) anew.push(person)
    else steps.push(stepOf(standing, own))
  }
  const standings = [...(await advance(tx, steps)), ...(await standingsByDays(tx, anew))]
  await writeStandings(tx, standings, anew)
  await reachGoals(tx, changes)
  await reach(tx, grownOf(changes, standings, written))
  await tellFreezes(tx, standings, written)
}

const counts = (seconds: number): boolean => seconds >= streakSeconds

/** Whether a day that streaks have passed begins or ceases to count. */
const rewrites = ({ day, focusBefore, focusAfter }: DayChange, { streak: { last } }: Standing): boolean =>
  last !== null && day <= last && counts(focusBefore) !== counts(focusAfter)

function stepOf(standing: Standing, own: readonly DayChange[]): { standing: Standing; days: readonly string[] } {
  const { last } = standing.streak
  const days = own.filter(({ day, focusAfter }) => counts(focusAfter) && (last === null || day > last)).map(({ day }) => day)
  const seconds = own.reduce((sum, { focusBefore, focusAfter }) => sum + focusAfter - focusBefore, standing.seconds)
  const sessions = own.reduce((sum, one) => sum + one.sessions, standing.sessions)
  return { standing: { ...standing, seconds, sessions }, days: [...new Set(days)].toSorted() }
}

/** What grew, as achievements count it. Of whom nothing was written before, everything did. */
function grownOf(
  changes: readonly DayChange[],
  standings: readonly Standing[],
  written: ReadonlyMap<PersonId, Standing>,
): readonly Grown[] {
  const totals = standings.flatMap(({ person, seconds, sessions, streak }): Grown[] => {
    const before = written.get(person) ?? { seconds: 0, sessions: 0, streak: noStreak }
    return [
      { person, cause: 'sessions', from: before.sessions, to: sessions },
      { person, cause: 'minutes', from: inMinutes(before.seconds), to: inMinutes(seconds) },
      { person, cause: 'streak', from: before.streak.best, to: streak.best },
    ]
  })
  const days = changes.map(
    ({ person, focusBefore, focusAfter }): Grown => ({
      person,
      cause: 'day-minutes',
      from: inMinutes(focusBefore),
      to: inMinutes(focusAfter),
    }),
  )
  return [...totals, ...days]
}

const inMinutes = (seconds: number): number => Math.floor(seconds / 60)

/** Says it to those whose streak a freeze has just saved. Of what became so by a change of old days nobody is told. */
async function tellFreezes(tx: Tx, standings: readonly Standing[], written: ReadonlyMap<PersonId, Standing>): Promise<void> {
  const saved = standings.flatMap(({ person, streak, over }) => {
    const last = written.get(person)?.streak.last ?? null
    const frozen = over.filter(({ day, kind }) => kind === 'freeze' && last !== null && day > last).map(({ day }) => day)
    return frozen.length === 0 ? [] : [{ person, frozen, days: streak.days, last: streak.last ?? '' }]
  })
  if (saved.length === 0) return
  const today = await todays(
    tx,
    saved.map(({ person }) => person),
  )
  const news = saved.filter(({ person, last }) => last >= daysAfter(today(person), -1))
  await emit(tx, ...news.map(({ person, frozen, days }) => ({ type: 'streak.kept', room: null, by: null, person, days, frozen }) as const))
}
