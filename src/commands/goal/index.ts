import { changeRest, setGoal } from '../../domain/goals/goal.actions.ts'
import { goalOf, restOf } from '../../domain/goals/goal.queries.ts'
import { streakOf } from '../../domain/goals/streak.queries.ts'
import { ownDay } from '../../domain/people/calendar.queries.ts'
import { actingPerson } from '../../domain/people/person.queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { WallClock } from '../../kernel/zones.ts'
import type { Text } from '../../locales/text.ts'
import { goalScreen } from '../../screens/goals.ts'
import { message } from '../../screens/room.ts'
import type { Screen } from '../../screens/screen.ts'
import { zoneQuestion } from '../../screens/zone.ts'
import { type Command, command } from '../command.ts'
import { labelOf, quoted } from '../labels.ts'
import { timeIn } from '../time/time-in.ts'

/** The goals and the streak of the acting person. */
export async function myGoals(ctx: Ctx, ...said: readonly Text[]): Promise<Screen> {
  const person = actingPerson(ctx)
  return goalScreen({ goal: await goalOf(ctx, person), streak: await streakOf(ctx, person), rest: await restOf(ctx, person) }, ...said)
}

const show = command({
  name: 'goal show',
  summary: 'command.goal.show.summary',
  reply: 'private',
  options: {},
  async run(tx) {
    return zoneQuestion(tx, await myGoals(tx), 'goal')
  },
})

/** A text that is no day in any zone. */
const examFault = (typed: string, { now }: WallClock): Refusal | null =>
  timeIn(typed, { now, timezone: 'UTC' }, { day: true }) === null ? noSuchDay(typed) : null

const set = command({
  name: 'goal set',
  summary: 'command.goal.set.summary',
  reply: 'form',
  options: {
    daily_time: { type: 'integer', min: 0, max: 1440, unit: 'minutes', about: 'option.daily_time.about' },
    weekly_sessions: { type: 'integer', min: 0, max: 100, about: 'option.weekly_sessions.about' },
    exam: { type: 'string', max: 40, wrong: examFault, about: 'option.exam.about' },
    no_exam: { type: 'boolean', hidden: true, about: 'option.no_exam.about' },
  },
  async fill(ctx) {
    const { minutes, sessions, exam } = await goalOf(ctx, actingPerson(ctx))
    return { daily_time: String(minutes), weekly_sessions: String(sessions), exam: exam ?? '' }
  },
  async run(tx, { daily_time: minutes, weekly_sessions: sessions, exam: typed, no_exam: noExam }) {
    const exam = noExam ? null : typed === undefined ? undefined : await dayToCome(tx, typed)
    await setGoal(tx, {
      ...(minutes === undefined ? {} : { minutes }),
      ...(sessions === undefined ? {} : { sessions }),
      ...(exam === undefined ? {} : { exam }),
    })
    return myGoals(tx, message('goal.saved'))
  },
})

/** The calendar day that is meant, seen from the own day of today. Days are told apart by their date alone, so any zone will do. */
async function dayToCome(ctx: Ctx, typed: string): Promise<string> {
  const noon = new Date(`${await ownDay(ctx, actingPerson(ctx))}T12:00:00Z`)
  const day = timeIn(typed, { now: noon, timezone: 'UTC' }, { day: true })
  if (day === null) throw noSuchDay(typed)
  return day.toISOString().slice(0, 10)
}

const noSuchDay = (typed: string): Refusal =>
  new Refusal('invalid', 'goal.exam.unknown', {
    option: labelOf('exam'),
    typed: quoted(typed),
    example: { command: 'goal set', example: true },
  })

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** Chosen under the goals: a day of the week becomes one of rest, or no longer. */
const rest = command({
  name: 'goal rest',
  summary: 'command.goal.rest.summary',
  reply: 'private',
  listed: false,
  options: { weekday: { type: 'choice', choices: [...weekdays, 'none'], required: true, about: 'option.weekday.about' } },
  async run(tx, { weekday }) {
    await changeRest(tx, weekday === 'none' ? null : weekdays.indexOf(weekday) + 1)
    return myGoals(tx, message('goal.rest.saved'))
  },
})

export const goal: readonly Command[] = [set, show, rest]
