import type { GoalKind } from '../db/schema.ts'
import type { Text } from '../locales/text.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Screen } from './screen.ts'

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
  blocks: [
    lines(message('streak.kept', { days, count: frozen.length, frozen: joined(frozen.map((day) => ({ day, as: 'day' }) as const)) })),
    showGoal,
  ],
})

const joined = ([first = '', ...rest]: readonly Text[]): Text =>
  rest.reduce<Text>((head, tail) => message('commands.list', { head, tail }), first)
