import type { Ctx } from '../../kernel/context.ts'
import { daysAfter } from '../../kernel/dates.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { ownDay } from '../people/calendar.queries.ts'
import { settingsOfWorkspace } from '../workspaces/settings.queries.ts'
import { type Period, type Span, spanBefore, spanOf } from './period.ts'
import { broughtOf, daysWith, firstDay, hoursOf, topicsOf, totalOf, undatedOf, workspaceSeconds } from './stats.queries.ts'
import { monthsIn, type OwnStats, sumOf, type WeekTime, weekIn } from './stats.ts'

const mostTopics = 5
const shownMonths = 12

/** Everything a person sees of their own time, as of their own day. All sums but those of all time are made of two years of days. */
export async function ownStats(ctx: Ctx, person: PersonId, period: Period): Promise<OwnStats> {
  const today = await ownDay(ctx, person)
  const span = spanOf(period, today)
  const before = spanBefore(period, today)
  const year = spanOf('year', today)
  const days = await daysWith(ctx, person, { from: spanOf('year', daysAfter(year.from, -1)).from, to: year.to })
  const lived = days.filter(({ day, seconds }) => day >= year.from && seconds > 0)
  return {
    person,
    today,
    period,
    total: before === null ? await totalOf(ctx, person, span) : sumOf(days, span),
    before: before === null ? null : sumOf(days, before),
    brought: await broughtOf(ctx, person, span),
    undated: period === 'all' ? await undatedOf(ctx, person) : 0,
    since: await firstDay(ctx, person),
    todaySeconds: sumOf(days, spanOf('day', today)).seconds,
    week: weekIn(days, today),
    year: { year: Number(today.slice(0, 4)), days: new Map(lived.map(({ day, seconds }) => [day, seconds])) },
    months: monthsIn(days, today.slice(0, 7), shownMonths),
    hours: await hoursOf(ctx, person, span),
    topics: await topicsOf(ctx, person, span, mostTopics),
    here: await hereOf(ctx, span),
  }
}

/** What counts now: today and the week that goes on. */
export async function nowOf(ctx: Ctx, person: PersonId): Promise<Pick<OwnStats, 'todaySeconds' | 'week'>> {
  const today = await ownDay(ctx, person)
  const week = await weekOf(ctx, person, today)
  return { todaySeconds: week.days.find(({ day }) => day === today)?.seconds ?? 0, week }
}

/** The week in which the day lies. */
export async function weekOf(ctx: Ctx, person: PersonId, day: string): Promise<WeekTime> {
  const { from, to } = spanOf('week', day)
  return weekIn(await daysWith(ctx, person, { from: daysAfter(from, -7), to }), day)
}

/** The sum of all, where the acting person's workspace lets its people see each other. */
async function hereOf(ctx: Ctx, span: Span): Promise<OwnStats['here']> {
  if (ctx.actor === 'clock') return null
  const { workspace } = ctx.actor
  const { name, others_stats: isShown } = await settingsOfWorkspace(ctx, workspace)
  const seconds = isShown ? await workspaceSeconds(ctx, workspace, span) : null
  return seconds === null ? null : { name, seconds }
}
