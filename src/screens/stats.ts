import type { OthersStats } from '../domain/stats/others.queries.ts'
import { type Period, periods } from '../domain/stats/period.ts'
import type { OwnStats } from '../domain/stats/stats.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Block, Screen } from './screen.ts'
import {
  amount,
  finding,
  hoursPart,
  monthsPart,
  type Part,
  type Standing,
  sessionFacts,
  topicParts,
  untitled,
  weekPart,
  yearPart,
} from './stats-parts.ts'

/** The picture that answers for a period: hours of a day, days of a week, months, the heat map of a year. */
function leading(stats: OwnStats, standing: Standing): Part {
  switch (stats.period) {
    case 'day':
      return hoursPart(stats)
    case 'week':
      return weekPart(stats, standing)
    case 'year':
      return yearPart(stats)
    case 'month':
      return monthsPart(stats)
    case 'all':
      return monthsPart(stats, finding(stats))
  }
  return stats.period satisfies never
}

function facts(stats: OwnStats, { streak }: Standing): Block {
  const { period, total, brought, undated, here } = stats
  return {
    kind: 'facts',
    facts: [
      { label: message(`stats.total.${period}`), value: amount(total.seconds) },
      ...(brought === 0 ? [] : [{ label: message('stats.brought'), value: amount(brought) }]),
      ...(undated === 0 ? [] : [{ label: message('stats.undated'), value: amount(undated) }]),
      ...sessionFacts(total),
      ...(streak === null
        ? []
        : [
            { label: message('stats.streak'), value: message('stats.streak.days', { days: streak.days }) },
            { label: message('stats.best'), value: message('stats.streak.days', { days: streak.best }) },
          ]),
      ...(here === null ? [] : [{ label: message('stats.here', { name: here.name }), value: amount(here.seconds) }]),
    ],
  }
}

/** The answer to `/stats`: one picture, the same numbers in words, and the way to the other periods. */
export function statsAnswer(stats: OwnStats, standing: Standing): Screen {
  const part = leading(stats, standing)
  const others = periods.filter((period) => period !== stats.period)
  const steps = others.map((period) => button(`stats.show.${period}`, { command: 'stats', args: { period } }))
  return {
    tone: 'focus',
    title: finding(stats),
    blocks: [
      ...part.blocks,
      facts(stats, standing),
      ...(stats.since === null ? [begin] : []),
      buttons(...steps, button('stats.open', { open: `/stats?period=${stats.period}` })),
    ],
  }
}

/** Everything there is, for a page: what was found in the period with its picture, then the others with their numbers, or how to begin. */
export function statsPage(stats: OwnStats, standing: Standing): readonly Screen[] {
  const title = finding(stats)
  if (stats.since === null) return [{ tone: 'focus', title, blocks: [lines(message('stats.nothing')), begin] }]
  const first = leading(stats, standing)
  const others = [weekPart(stats, standing), hoursPart(stats), ...topicParts(stats), monthsPart(stats), yearPart(stats)].filter(
    ({ of, isEmpty }) => of.key !== first.of.key && !isEmpty,
  )
  return [
    { tone: 'focus', title, blocks: [...(first.isEmpty ? [] : untitled(first)), facts(stats, standing)] },
    ...others.map(({ of, blocks }): Screen => ({ tone: 'calm', title: of, blocks })),
  ]
}

const begin: Block = buttons(button('stats.start', { command: 'focus start', args: {} }, 'primary'))

/** What now counts, in three numbers, for the first page; the goal of the day until it is reached. */
export function todayScreen({ todaySeconds, week }: Pick<OwnStats, 'todaySeconds' | 'week'>, { goal, streak }: Standing): Screen {
  const time = amount(todaySeconds)
  const isDue = goal !== null && todaySeconds < goal
  return {
    tone: 'calm',
    title: message('stats.today'),
    blocks: [
      ...(isDue
        ? [{ kind: 'meter', value: todaySeconds, max: goal, text: message('goal.day', { time, goal: { duration: goal } }) } as const]
        : []),
      {
        kind: 'facts',
        facts: [
          ...(isDue ? [] : [{ label: message('stats.total.day'), value: time }]),
          { label: message('stats.this-week'), value: amount(week.seconds) },
          ...(streak === null ? [] : [{ label: message('stats.streak'), value: message('stats.streak.days', { days: streak.days }) }]),
        ],
      },
      buttons(button('stats.open', { open: '/stats' })),
    ],
  }
}

/** What a person shows to others: the total of the week and the streak. */
export function othersScreen({ person, weekSeconds }: OthersStats, streak: number | null): Screen {
  return {
    tone: 'calm',
    title: message('stats.of-person', { name: { person } }),
    blocks: [
      {
        kind: 'facts',
        facts: [
          { label: message('stats.this-week'), value: amount(weekSeconds) },
          ...(streak === null ? [] : [{ label: message('stats.streak'), value: message('stats.streak.days', { days: streak }) }]),
        ],
      },
    ],
  }
}

/** The same words whether the person shows nothing or never came. `isOff`: the workspace shows nobody to anybody. */
export const hiddenStats = (person: OthersStats['person'], isOff: boolean): Screen => ({
  tone: 'calm',
  title: message('stats.hidden.title'),
  blocks: [lines(isOff ? message('stats.hidden.here') : message('stats.hidden', { name: { person } }))],
})

export const isPeriod = (word: string | undefined): word is Period => periods.some((period) => period === word)
