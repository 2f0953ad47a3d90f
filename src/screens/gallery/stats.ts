import type { OwnStats } from '../../domain/stats/stats.ts'
import { daysAfter } from '../../kernel/dates.ts'
import { withSaid } from '../answers.ts'
import type { StreakDay } from '../charts/picture.ts'
import { message } from '../room.ts'
import type { Screen } from '../screen.ts'
import { hiddenStats, othersScreen, statsAnswer, statsPage, todayScreen } from '../stats.ts'
import type { Standing } from '../stats-parts.ts'
import { weekNote } from '../week-note.ts'
import { askingZone } from '../zone.ts'
import { hostileNames, person, sampleNow } from './cast.ts'

const hour = 3600

/** Some amount for each day of the year so far, the same at every run. */
const year: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 61 }, (_, n) => [daysAfter('2026-01-01', n), ((n * 6271) % 19) * 900] as const).filter(([, seconds]) => seconds > 0),
)

const strip: readonly StreakDay[] = [
  ...(['missed', 'kept', 'kept', 'rest', 'kept', 'frozen', 'kept'] as const),
  ...(['kept', 'protected', 'kept', 'rest', 'kept', 'kept', 'open'] as const),
]

const sampleStanding: Standing = { goal: 2 * hour, streak: { days: 7, best: 21, strip } }
const unknown: Standing = { goal: null, streak: null }

const week: OwnStats['week'] = {
  days: [1.6, 2.4, 0, 1.2, 1.5, 0, 0].map((length, n) => ({ day: daysAfter('2026-03-02', n), seconds: length * hour })),
  seconds: 24_120,
  sessions: 15,
  lastSeconds: 20_520,
}

const sampleStats: OwnStats = {
  person: person(1),
  today: '2026-03-06',
  period: 'week',
  total: { seconds: week.seconds, sessions: 15, days: 4 },
  before: { seconds: week.lastSeconds, sessions: 12, days: 5 },
  brought: 3 * hour,
  undated: 0,
  since: '2025-11-03',
  todaySeconds: 1.5 * hour,
  week,
  year: { year: 2026, days: year },
  months: Array.from({ length: 12 }, (_, n) => ({
    month: n < 9 ? `2025-${String(n + 4).padStart(2, '0')}` : `2026-0${n - 8}`,
    seconds: ((n * 5) % 7) * 6 * hour,
  })),
  hours: Array.from({ length: 24 }, (_, n) => (n < 7 ? 0 : ((n * 7) % 9) * 0.4 * hour)),
  topics: {
    room: [
      { name: 'Deep work', seconds: 4 * hour },
      { name: '새벽반', seconds: 2 * hour },
      ...hostileNames.map((name, n) => ({ name, seconds: 600 - n })),
    ],
    subject: [{ name: '수학', seconds: 3 * hour }],
    aim: [{ name: hostileNames[6] ?? '', seconds: hour }],
  },
  here: { name: hostileNames[3] ?? '', seconds: 132 * hour },
}

const nothing: OwnStats = {
  ...sampleStats,
  total: { seconds: 0, sessions: 0, days: 0 },
  before: { seconds: 0, sessions: 0, days: 0 },
  brought: 0,
  undated: 0,
  since: null,
  todaySeconds: 0,
  week: { days: week.days.map(({ day }) => ({ day, seconds: 0 })), seconds: 0, sessions: 0, lastSeconds: 0 },
  year: { year: 2026, days: new Map() },
  months: sampleStats.months.map(({ month }) => ({ month, seconds: 0 })),
  hours: sampleStats.hours.map(() => 0),
  topics: { room: [], subject: [], aim: [] },
  here: null,
}

const inTotal = (now: number, before: number): OwnStats => ({
  ...sampleStats,
  total: { ...sampleStats.total, seconds: now },
  before: { ...sampleStats.total, seconds: before },
})

const pages = Object.fromEntries(statsPage(sampleStats, sampleStanding).map((screen, n) => [`stats, part ${n + 1} of the page`, screen]))

/** What a person reads about their own time, and of others. */
export const stats: Readonly<Record<string, Screen>> = {
  'stats with the question about the zone': askingZone(
    statsAnswer({ ...sampleStats, period: 'week' }, sampleStanding),
    'Asia/Seoul',
    sampleNow,
  ),
  'stats after the answer about the zone': withSaid(
    statsAnswer(sampleStats, sampleStanding),
    message('zone.saved', { zone: 'Asia/Seoul' }),
  ),
  'stats of a day': statsAnswer({ ...sampleStats, period: 'day' }, sampleStanding),
  'stats of a week': statsAnswer(sampleStats, sampleStanding),
  'stats of a week, less than before': statsAnswer(inTotal(hour, 2 * hour), sampleStanding),
  'stats of a week, as much as before': statsAnswer(inTotal(hour, hour), sampleStanding),
  'stats of a first week': statsAnswer(inTotal(hour, 0), unknown),
  'stats of a week that just began': statsAnswer(inTotal(0, hour), sampleStanding),
  'stats of a month': statsAnswer({ ...sampleStats, period: 'month' }, sampleStanding),
  'stats of a year': statsAnswer({ ...sampleStats, period: 'year' }, sampleStanding),
  'stats of all time': statsAnswer({ ...sampleStats, period: 'all', before: null, undated: 120 * hour }, sampleStanding),
  'stats, nothing yet': statsAnswer(nothing, unknown),
  'stats of all time, nothing yet': statsAnswer({ ...nothing, period: 'all', before: null }, unknown),
  'stats of somebody else': othersScreen({ person: person(2), weekSeconds: 5 * hour }, 3),
  'stats that are not shown': hiddenStats(person(2), false),
  'stats that a workspace shows to nobody': hiddenStats(person(2), true),
  'today at home': todayScreen(sampleStats, sampleStanding),
  'today at home, the goal reached': todayScreen(sampleStats, { ...sampleStanding, goal: 60 }),
  'weekly note': weekNote(week, sampleStanding),
  ...pages,
}
