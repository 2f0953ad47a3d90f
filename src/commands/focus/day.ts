import { Temporal } from 'temporal-polyfill'
import { ownDay } from '../../domain/people/calendar.queries.ts'
import { actingPerson } from '../../domain/people/person.queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Option } from '../command.ts'
import { labelOf, quoted } from '../labels.ts'
import { timeIn } from '../time/time-in.ts'

/** A day of one's own: it begins at one's own start of the day, so `today` after midnight may still be yesterday's date. */
export const dayOption = { type: 'string', max: 40, about: 'option.day.about' } as const satisfies Option

/** The day that is meant, as `2026-03-02`, seen from `today`; one that was only half said is the last that has come. Null where none is. */
export function dayIn(typed: string, today: string): string | null {
  // Days are told apart by their date alone, so any zone will do.
  const noon = new Date(`${today}T12:00:00Z`)
  return timeIn(typed, { now: noon, timezone: 'UTC' }, { past: true, day: true })?.toISOString().slice(0, 10) ?? null
}

/**
 * The own day that the acting person means, and today's; today where they say nothing.
 * @throws Refusal `invalid` for what is no day, or one to come
 */
export async function myDay(
  ctx: Ctx,
  typed: string | undefined,
  command: string,
): Promise<{ readonly day: string; readonly today: string }> {
  const today = await ownDay(ctx, actingPerson(ctx))
  const day = typed === undefined ? today : dayIn(typed, today)
  const words = { option: labelOf('day'), typed: quoted(typed ?? ''), example: { command, example: true } } as const
  if (day === null) throw new Refusal('invalid', 'record.no-day', words)
  if (day > today) throw new Refusal('invalid', 'record.day-to-come')
  return { day, today }
}

/** The days around a day; there is none after today. */
export function neighbours(day: string, today: string): { readonly before: string; readonly next: string | null } {
  const date = Temporal.PlainDate.from(day)
  return { before: date.subtract({ days: 1 }).toString(), next: day < today ? date.add({ days: 1 }).toString() : null }
}
