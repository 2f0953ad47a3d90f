import type { AchievementCategory } from '../../db/schema.ts'

/** What achievements count. The last line is of what people can't do here yet: nobody is shown those. */
export const causes = [
  ...(['sessions', 'minutes', 'day-minutes', 'streak', 'day-goals', 'week-goals', 'together', 'rooms', 'invitations'] as const),
  ...(['friends', 'matches', 'teams', 'team-seasons', 'posts', 'comments', 'likes-received'] as const),
] as const

export type Cause = (typeof causes)[number]

/** Causes that the product has: each is counted where it happens, in the same transaction. */
export const reachable: ReadonlySet<Cause> = new Set<Cause>([
  'sessions',
  'minutes',
  'day-minutes',
  'streak',
  'day-goals',
  'week-goals',
  'together',
  'rooms',
  'invitations',
])

/** Reached with `amount` of its cause: counted sessions, minutes, minutes of one day, days of a streak, or times. */
export type Achievement = {
  readonly id: AchievementName
  readonly category: AchievementCategory
  readonly cause: Cause
  readonly amount: number
}

const list = [
  { id: 'session-1', category: 'sessions', cause: 'sessions', amount: 1 },
  { id: 'session-10', category: 'sessions', cause: 'sessions', amount: 10 },
  { id: 'session-50', category: 'sessions', cause: 'sessions', amount: 50 },
  { id: 'session-100', category: 'sessions', cause: 'sessions', amount: 100 },
  { id: 'session-500', category: 'sessions', cause: 'sessions', amount: 500 },
  { id: 'session-1000', category: 'sessions', cause: 'sessions', amount: 1000 },
  { id: 'time-600', category: 'time', cause: 'minutes', amount: 600 },
  { id: 'time-6000', category: 'time', cause: 'minutes', amount: 6000 },
  { id: 'time-30000', category: 'time', cause: 'minutes', amount: 30_000 },
  { id: 'time-60000', category: 'time', cause: 'minutes', amount: 60_000 },
  { id: 'day-240', category: 'time', cause: 'day-minutes', amount: 240 },
  { id: 'goal-day-1', category: 'time', cause: 'day-goals', amount: 1 },
  { id: 'goal-day-30', category: 'time', cause: 'day-goals', amount: 30 },
  { id: 'goal-week-4', category: 'time', cause: 'week-goals', amount: 4 },
  { id: 'streak-3', category: 'streak', cause: 'streak', amount: 3 },
  { id: 'streak-7', category: 'streak', cause: 'streak', amount: 7 },
  { id: 'streak-30', category: 'streak', cause: 'streak', amount: 30 },
  { id: 'streak-100', category: 'streak', cause: 'streak', amount: 100 },
  { id: 'streak-365', category: 'streak', cause: 'streak', amount: 365 },
  { id: 'together-1', category: 'social', cause: 'together', amount: 1 },
  { id: 'together-50', category: 'social', cause: 'together', amount: 50 },
  { id: 'host-1', category: 'social', cause: 'rooms', amount: 1 },
  { id: 'host-10', category: 'social', cause: 'rooms', amount: 10 },
  { id: 'invite-1', category: 'social', cause: 'invitations', amount: 1 },
  { id: 'invite-10', category: 'social', cause: 'invitations', amount: 10 },
  { id: 'friend-1', category: 'social', cause: 'friends', amount: 1 },
  { id: 'match-1', category: 'social', cause: 'matches', amount: 1 },
  { id: 'team-1', category: 'team', cause: 'teams', amount: 1 },
  { id: 'team-season-1', category: 'team', cause: 'team-seasons', amount: 1 },
  { id: 'post-1', category: 'community', cause: 'posts', amount: 1 },
  { id: 'post-10', category: 'community', cause: 'posts', amount: 10 },
  { id: 'comment-10', category: 'community', cause: 'comments', amount: 10 },
  { id: 'like-50', category: 'community', cause: 'likes-received', amount: 50 },
] as const satisfies readonly {
  readonly id: string
  readonly category: AchievementCategory
  readonly cause: Cause
  readonly amount: number
}[]

/** The word of an achievement: its name and what it takes are said in the catalogue under it. */
export type AchievementName = (typeof list)[number]['id']

/** All that can be achieved, in the order in which they are shown; the table `achievement` holds the same. */
export const achievements: readonly Achievement[] = list

/** What a count that grew from `from` to `to` has reached on the way. */
export const reachedBetween = (cause: Cause, from: number, to: number): readonly Achievement[] =>
  achievements.filter((one) => one.cause === cause && from < one.amount && one.amount <= to)
