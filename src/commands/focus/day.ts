import { Temporal } from 'temporal-polyfill'
import { ownDay, zoneOf } from '../../domain/people/calendar.queries.ts'
import { actingPerson } from '../../domain/people/person.queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { dayIn } from '../../kernel/zones.ts'
import type { Option } from '../command.ts'
import { labelOf, quoted } from '../labels.ts'
import { timeIn } from '../time/time-in.ts'

/** A day of one's own: it begins at one's own start of the day, so that after midnight the last one still lasts. */
export const dayOption = { type: 'string', max: 40, about: 'option.day.about' } as const satisfies Option

/**
 * The own day that the acting person means, and today's; today where they say nothing. Typed words are days of the calendar, as for every
 * other time that is typed: `yesterday` after midnight is the day that still lasts, and so is `today`, whose own day has not begun.
 * @throws Refusal `invalid` for what is no day, or one to come
 */
export async function myDay(
  ctx: Ctx,
  typed: string | undefined,
  command: string,
): Promise<{ readonly day: string; readonly today: string }> {
  const person = actingPerson(ctx)
  const today = await ownDay(ctx, person)
  if (typed === undefined) return { day: today, today }
  const { timezone } = await zoneOf(ctx, person)
  const begins = timeIn(typed, { now: ctx.now, timezone }, { past: true, day: true })
  const words = { option: labelOf('day'), typed: quoted(typed), example: { command, example: true } } as const
  if (begins === null) throw new Refusal('invalid', 'record.no-day', words)
  const day = dayIn(begins, timezone)
  if (day <= today) return { day, today }
  if (day !== dayIn(ctx.now, timezone)) throw new Refusal('invalid', 'record.day-to-come')
  return { day: today, today }
}

/** The days around a day; there is none after today. */
export function neighbours(day: string, today: string): { readonly before: string; readonly next: string | null } {
  const date = Temporal.PlainDate.from(day)
  return { before: date.subtract({ days: 1 }).toString(), next: day < today ? date.add({ days: 1 }).toString() : null }
}
