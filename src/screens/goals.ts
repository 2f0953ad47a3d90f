import type { GoalKind } from '../db/schema.ts'
import type { GoalNow } from '../domain/goals/goal.queries.ts'
import type { StreakNow, StripDay } from '../domain/goals/streak.queries.ts'
import { daysFrom } from '../kernel/dates.ts'
import type { Text } from '../locales/text.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Block, Button, Screen } from './screen.ts'

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

type GoalView = { readonly goal: GoalNow; readonly streak: StreakNow; readonly rest: readonly number[] }

/** How far the day and the week have come, what the streak lives on, and the choice of rest days. `said` stands above. */
export function goalScreen({ goal, streak, rest }: GoalView, ...said: readonly Text[]): Screen {
  const forget: readonly Button[] =
    goal.exam === null || goal.exam < goal.date ? [] : [button('goal.exam.forget', { command: 'goal set', args: { no_exam: 'yes' } })]
  return {
    tone: 'focus',
    title: message('goal.title'),
    blocks: [
      ...(said.length === 0 ? [] : [lines(...said)]),
      ...meters(goal),
      lines(...exam(goal), ...streakLines(streak)),
      { kind: 'facts', facts: [...stripFacts(streak.strip), ...restFacts(rest)] },
      restChoice(rest),
      buttons(
        button('goal.change', { command: 'goal set', args: {}, ask: true }, 'primary'),
        button('achievements.show', { command: 'achievements', args: {} }),
        ...forget,
      ),
    ],
  }
}

function meters({ minutes, seconds, sessions, done }: GoalNow): readonly Block[] {
  const day = { time: { duration: seconds }, goal: { duration: minutes * 60 } }
  const week = { count: done, goal: sessions }
  return [
    ...(minutes === 0
      ? [lines(message('goal.day.none', day))]
      : [{ kind: 'meter', value: Math.min(seconds, minutes * 60), max: minutes * 60, text: message('goal.day', day) } as const]),
    ...(sessions === 0
      ? [lines(message('goal.week.none', week))]
      : [{ kind: 'meter', value: Math.min(done, sessions), max: sessions, text: message('goal.week', week) } as const]),
  ]
}

/** Counted as calendars count, also between midnight and the start of the own day. */
function exam({ exam: day, date }: GoalNow): readonly Text[] {
  if (day === null || day < date) return []
  return [message('goal.exam', { day: { day, as: 'day' }, left: daysFrom(date, day) })]
}

function streakLines({ current, best, today, freezesLeft }: StreakNow): readonly Text[] {
  const next = current === 0 ? 'goal.streak.begin' : today ? 'goal.streak.safe' : 'goal.streak.today'
  return [message('goal.streak', { days: current, best }), message(next), message('goal.streak.freezes', { count: freezesLeft })]
}

/** The last two weeks in words: how many days counted, and which of the others were kept by what. Today is told above. */
function stripFacts(strip: readonly StripDay[]): readonly { readonly label: Text; readonly value: Text }[] {
  const counted = strip.filter(({ kind }) => kind === 'counted').length
  const kept = (['rest', 'freeze', 'outage', 'travel'] as const).flatMap((kind) => {
    const days = strip.filter((one) => one.kind === kind)
    return days.length === 0
      ? []
      : [{ label: message(`goal.strip.${kind}`), value: joined(days.map(({ day }) => ({ day, as: 'date' }) as const)) }]
  })
  return [{ label: message('goal.strip.counted', { of: strip.length }), value: message('goal.strip.days', { count: counted }) }, ...kept]
}

function restFacts(rest: readonly number[]): readonly { readonly label: Text; readonly value: Text }[] {
  const days = weekdays.filter((_, n) => rest.includes(n + 1))
  return days.length === 0 ? [] : [{ label: message('goal.rest.on'), value: joined(days.map((day) => message(`choice.weekday.${day}`))) }]
}

const restChoice = (rest: readonly number[]): Block => ({
  kind: 'select',
  label: message('goal.rest'),
  press: { command: 'goal rest', args: {} },
  option: 'weekday',
  choices: [
    ...weekdays.map((value, n) => ({
      label: message(`choice.weekday.${value}`),
      value,
      ...(rest.includes(n + 1) ? { about: message('goal.rest.is') } : {}),
    })),
    { label: message('choice.weekday.none'), value: 'none' },
  ],
})

const showGoal = buttons(button('goal.show', { command: 'goal show', args: {} }))

/** Told once per day or week. `amount`: minutes of the day, or sessions of the week. */
export const goalReached = (kind: GoalKind, amount: number): Screen => ({
  tone: 'focus',
  title: message(`goal.reached.${kind}.title`),
  blocks: [lines(message(`goal.reached.${kind}`, kind === 'day' ? { time: { duration: amount * 60 } } : { count: amount })), showGoal],
})

/** Freezes say so when they were used; `frozen` are the days that they saved. */
export const streakKept = (days: number, frozen: readonly string[]): Screen => ({
  tone: 'calm',
  title: message('streak.kept.title'),
  blocks: [lines(message('streak.kept', { days, frozen: joined(frozen.map((day) => ({ day, as: 'day' }) as const)) })), showGoal],
})

const joined = ([first = '', ...rest]: readonly Text[]): Text =>
  rest.reduce<Text>((head, tail) => message('commands.list', { head, tail }), first)
