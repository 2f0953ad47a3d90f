import type { Achieved, Unlocked } from '../domain/achievements/achievement.queries.ts'
import { type Achievement, achievements, reachable } from '../domain/achievements/achievement.ts'
import type { PersonId } from '../kernel/ids.ts'
import type { Text } from '../locales/text.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Block, Screen } from './screen.ts'

const nameOf = ({ id }: Achievement): Text => message(`achievement.${id}`)

/** What has to be done for it. */
const about = ({ cause, amount }: Achievement): Text => message(`achievement.about.${cause}`, { amount, time: { duration: amount * 60 } })

/** How many there are to unlock: those of causes that the product has, and whatever the person has besides. */
const state = (unlocked: readonly Unlocked[]): Text =>
  message('achievements.state', {
    count: unlocked.length,
    all: achievements.filter((one) => reachable.has(one.cause) || unlocked.some(({ achievement }) => achievement.id === one.id)).length,
  })

const unlockedTable = (unlocked: readonly Unlocked[]): Block => ({
  kind: 'table',
  columns: [
    { label: message('achievements.column.name') },
    { label: message('achievements.column.about') },
    { label: message('achievements.column.at') },
  ],
  rows: unlocked.map(({ achievement, at }) => [nameOf(achievement), about(achievement), { time: at, as: 'date' }]),
  empty: message('achievements.none'),
})

/** One's own: what is unlocked, the newest first, and the next of each kind with how far it is. */
export const achievementsScreen = ({ unlocked, ahead }: Achieved): Screen => ({
  tone: 'focus',
  title: message('achievements.title'),
  state: state(unlocked),
  blocks: [
    unlockedTable(unlocked),
    lines(message('achievements.ahead')),
    {
      kind: 'table',
      columns: [
        { label: message('achievements.column.name') },
        { label: message('achievements.column.about') },
        { label: message('achievements.column.progress'), numeric: true },
      ],
      rows: ahead.map(({ achievement, count }) => [
        nameOf(achievement),
        about(achievement),
        message('achievements.progress', { percent: Math.floor((100 * count) / achievement.amount) }),
      ]),
      empty: message('achievements.all'),
    },
    buttons(button('goal.show', { command: 'goal show', args: {} })),
  ],
})

/** What somebody shows to others. */
export const achievementsOfOthers = (person: PersonId, { unlocked }: Achieved): Screen => ({
  tone: 'calm',
  title: message('achievements.of', { name: { person } }),
  state: state(unlocked),
  blocks: [unlockedTable(unlocked)],
})

/** The same whatever the person's reason: nobody learns whether they hide or were never here. `isOff`: the workspace shows nobody to anybody. */
export const achievementsHidden = (person: PersonId, isOff: boolean): Screen => ({
  tone: 'calm',
  title: message('achievements.of', { name: { person } }),
  blocks: [lines(message(isOff ? 'stats.hidden.here' : 'achievements.hidden'))],
})

/** Told once. */
export const achievementUnlocked = (unlocked: Achievement): Screen => ({
  tone: 'calm',
  title: message('achievement.unlocked.title', { name: nameOf(unlocked) }),
  blocks: [lines(about(unlocked)), buttons(button('achievements.show', { command: 'achievements', args: {} }))],
})
