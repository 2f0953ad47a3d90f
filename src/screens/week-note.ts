import type { WeekTime } from '../domain/stats/stats.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Screen } from './screen.ts'
import { compared, type Standing, weekTable } from './stats-parts.ts'

/** The week that is over, for those who want to be told: what it was, and how to stop being told. */
export function weekNote(week: WeekTime, { goal }: Pick<Standing, 'goal'>): Screen {
  const found = message('note.week', compared(week.seconds, week.lastSeconds))
  return {
    tone: 'focus',
    title: found,
    blocks: [
      { kind: 'picture', picture: { kind: 'week', title: found, days: week.days, today: null, goal, streak: null }, alt: found },
      weekTable(week),
      lines(message('note.week.line', { days: week.days.filter(({ seconds }) => seconds > 0).length, sessions: week.sessions })),
      buttons(button('stats.open', { open: '/stats' }), button('note.week.off', { command: 'settings set', args: { weekly_note: 'no' } })),
    ],
  }
}
