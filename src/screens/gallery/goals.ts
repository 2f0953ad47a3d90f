import { achievements, reachable } from '../../domain/achievements/achievement.ts'
import type { GoalNow } from '../../domain/goals/goal.queries.ts'
import type { StreakNow, StripDay } from '../../domain/goals/streak.queries.ts'
import { after, days, hours } from '../../kernel/clock.ts'
import { daysAfter } from '../../kernel/dates.ts'
import { achievementsHidden, achievementsOfOthers, achievementsScreen, achievementUnlocked } from '../achievements.ts'
import { goalReached, goalScreen, streakKept } from '../goals.ts'
import { message } from '../room.ts'
import type { Screen } from '../screen.ts'
import { askingZone, zoneSaved } from '../zone.ts'
import { person, sampleNow } from './cast.ts'

const today = '2026-03-02'
const goal: GoalNow = { minutes: 120, sessions: 5, exam: '2026-11-12', today, date: today, monday: today, seconds: 4800, done: 3 }

const strip = (...kinds: readonly StripDay['kind'][]): readonly StripDay[] =>
  kinds.map((kind, n) => ({ day: daysAfter(today, n + 1 - kinds.length), kind }))

const lively: StreakNow = {
  current: 8,
  best: 21,
  today: true,
  freezesLeft: 1,
  strip: strip(
    'missed',
    'counted',
    'counted',
    'counted',
    'outage',
    'counted',
    'rest',
    'rest',
    'counted',
    'travel',
    'counted',
    'counted',
    'freeze',
    'counted',
  ),
}
const open: StreakNow = { ...lively, today: false, freezesLeft: 2, strip: strip('counted', 'counted', 'counted', 'today') }
const quiet: StreakNow = { current: 0, best: 0, today: false, freezesLeft: 0, strip: strip('missed', 'missed', 'today') }

const goals = goalScreen({ goal, streak: lively, rest: [6, 7] })
const newcomer = goalScreen({ goal: { ...goal, exam: null, seconds: 0, done: 0 }, streak: quiet, rest: [] })

const unlocked = achievements.slice(0, 4).map((achievement, n) => ({ achievement, at: after(sampleNow, -days(n)) }))
const ahead = [...reachable].flatMap((cause, n) => {
  const achievement = achievements.slice(4).find((one) => one.cause === cause)
  return achievement === undefined ? [] : [{ achievement, count: Math.floor((achievement.amount * n) / 10) }]
})

/** Goals, streaks, achievements, and the question about the zone. */
export const goalSamples: Readonly<Record<string, Screen>> = {
  goals,
  'goals of somebody new': newcomer,
  'goals of somebody new, with the question about the zone': askingZone(newcomer, 'Asia/Seoul', sampleNow),
  'goals before today counts, with an exam today': goalScreen({ goal: { ...goal, exam: today }, streak: open, rest: [] }),
  'goals, none wanted': goalScreen({ goal: { ...goal, minutes: 0, sessions: 0, exam: null }, streak: open, rest: [1] }),
  'goals saved': goalScreen({ goal, streak: lively, rest: [] }, message('goal.saved')),
  'rest days saved': goalScreen({ goal, streak: lively, rest: [7] }, message('goal.rest.saved')),
  'notice goal of the day': goalReached('day', 120),
  'notice goal of the week': goalReached('week', 5),
  'notice streak kept': streakKept(13, ['2026-03-01']),
  'notice streak kept by two freezes': streakKept(1, ['2026-02-28', '2026-03-01']),
  ...Object.fromEntries(achievements.map((one) => [`notice achievement ${one.id}`, achievementUnlocked(one)])),
  achievements: achievementsScreen({ unlocked, ahead }),
  'achievements, none yet': achievementsScreen({ unlocked: [], ahead }),
  'achievements, all': achievementsScreen({ unlocked, ahead: [] }),
  'achievements of somebody else': achievementsOfOthers(person(2), { unlocked, ahead }),
  'achievements hidden': achievementsHidden(person(12), false),
  'zone saved': zoneSaved('Asia/Seoul', { timezone: 'Asia/Seoul', dayStart: '04:00', next: null }),
  'zone saved, from tomorrow on': zoneSaved('Asia/Seoul', {
    timezone: 'UTC',
    dayStart: '04:00',
    next: { timezone: 'Asia/Seoul', dayStart: '04:00', from: after(sampleNow, hours(19)) },
  }),
}
