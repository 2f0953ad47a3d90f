import type { Ctx } from '../../kernel/context.ts'
import { daysAfter } from '../../kernel/dates.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { ownDay } from '../people/calendar.queries.ts'
import { settingsOfWorkspace } from '../workspaces/settings.queries.ts'
import { daysOf, type Period, type Span, spanBefore, spanOf } from './period.ts'
import { daysWith, firstDay, hoursOf, monthsUpTo, topicsOf, totalOf, workspaceSeconds } from './stats.queries.ts'
import type { OwnStats, WeekTime } from './stats.ts'

const mostTopics = 5
const shownMonths = 12

/** Everything a person sees of their own time, as of their own day. */
export async function ownStats(ctx: Ctx, person: PersonId, period: Period): Promise<OwnStats> {
  const today = await ownDay(ctx, person)
  const span = spanOf(period, today)
  const beforeSpan = spanBefore(period, today)
  const topics = (kind: 'room' | 'subject' | 'aim') => topicsOf(ctx, person, kind, span, mostTopics)
  const year = await daysWith(ctx, person, spanOf('year', today))
  return {
    person,
    today,
    period,
    total: await totalOf(ctx, person, span),
    before: beforeSpan === null ? null : await totalOf(ctx, person, beforeSpan),
    since: await firstDay(ctx, person),
    ...(await nowOf(ctx, person)),
    year: { year: Number(today.slice(0, 4)), days: new Map(year.map(({ day, seconds }) => [day, seconds])) },
    months: await monthsUpTo(ctx, person, today.slice(0, 7), shownMonths),
    hours: await hoursOf(ctx, person, span),
    topics: { room: await topics('room'), subject: await topics('subject'), aim: await topics('aim') },
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
  const week = spanOf('week', day)
  const found = new Map((await daysWith(ctx, person, week)).map((one) => [one.day, one.seconds]))
  const { seconds, sessions } = await totalOf(ctx, person, week)
  const last = await totalOf(ctx, person, spanOf('week', daysAfter(week.from, -1)))
  return { days: daysOf(week).map((one) => ({ day: one, seconds: found.get(one) ?? 0 })), seconds, sessions, lastSeconds: last.seconds }
}

/** The sum of all, where the acting person's workspace lets its people see each other. */
async function hereOf(ctx: Ctx, span: Span): Promise<OwnStats['here']> {
  if (ctx.actor === 'clock') return null
  const { workspace } = ctx.actor
  const { name, others_stats: isShown } = await settingsOfWorkspace(ctx, workspace)
  const seconds = isShown ? await workspaceSeconds(ctx, workspace, span) : null
  return seconds === null ? null : { name, seconds }
}
