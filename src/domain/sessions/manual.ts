import type { Selectable } from 'kysely'
import type { DB } from '../../db/schema.ts'
import { after, days, minutes } from '../../kernel/clock.ts'

export type Manual = Selectable<DB['manual_sessions']>
export type ManualKind = Manual['session_type']

/** Time studied elsewhere, at most so long at once and so long ago (domain.md, section 2). */
export const longestManualMinutes = 480
export const oldestManualDays = 30

export const longestNote = 200

/** What somebody says they did: the stretch from `from` on. */
export type ManualWish = { readonly kind: ManualKind; readonly minutes: number; readonly from: Date; readonly note: string | null }

export const endOf = ({ from, minutes: length }: Pick<ManualWish, 'from' | 'minutes'>): Date => after(from, minutes(length))

/** Where no beginning is told, it ended just now. */
export const begunBefore = (now: Date, length: number): Date => after(now, -minutes(length))

/** Whether it may still be written, changed or deleted: it is no older than that. */
export const isRecent = (from: Date, now: Date): boolean => from >= after(now, -days(oldestManualDays))
