import type { Selectable } from 'kysely'
import type { DB } from '../../db/schema.ts'
import { after, days, minutes } from '../../kernel/clock.ts'

export type Solo = Selectable<DB['solo_session']>

/** Without planned minutes a session is asked about after so long, and nothing later than that counts. */
export const soloLimitMinutes = 240

/** So long a session that is over stays at hand: what it counted, and the question how it went. */
export const freshMinutes = 60

/** So long the question when it was stopped stays open; then nothing counts. */
const questionDays = 7

/** What time does to a session by itself, and when: it ends as planned, is asked about, or lapses because nobody answered. */
type SoloStep = { readonly to: 'ended' | 'asking' | 'lapsed'; readonly at: Date; readonly endsAt: Date | null }

/** When the first step is due. */
export const firstDue = (startedAt: Date, plannedMinutes: number | null): Date =>
  after(startedAt, minutes(plannedMinutes ?? soloLimitMinutes))

/** The step that is due by `now`; null where nothing is. Late workers take it as of the moment at which it was due. */
export function stepDue({ state, ends_at: due, planned_minutes: planned }: Solo, now: Date): SoloStep | null {
  if (due === null || due > now) return null
  if (state === 'running')
    return planned === null ? { to: 'asking', at: due, endsAt: after(due, days(questionDays)) } : { to: 'ended', at: due, endsAt: null }
  return state === 'asking' ? { to: 'lapsed', at: due, endsAt: null } : null
}

/** The moment up to which a session can count that is asked about. */
export const limitOf = ({ started_at }: Pick<Solo, 'started_at'>): Date => after(started_at, minutes(soloLimitMinutes))

/** Answers in one tap: so many minutes ago. */
const answersAgo = { now: 0, hour: 60, 'two-hours': 120 } as const
export type AnsweredAgo = keyof typeof answersAgo

/** When it was stopped by such an answer; null where it had not begun then. What was after the limit does not count. */
export function stoppedAgo(solo: Pick<Solo, 'started_at'>, ago: AnsweredAgo, now: Date): Date | null {
  return stoppedAt(solo, after(now, -minutes(answersAgo[ago])), now)
}

export function stoppedAt(solo: Pick<Solo, 'started_at'>, told: Date, now: Date): Date | null {
  if (told <= solo.started_at || told > now) return null
  const limit = limitOf(solo)
  return told < limit ? told : limit
}
