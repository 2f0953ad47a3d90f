import { actingPerson, nameOf } from '../../domain/people/person.queries.ts'
import { longestCorrectedMinutes } from '../../domain/sessions/correction.actions.ts'
import { correctShown, showDay, shownDay } from '../../domain/sessions/dispute.actions.ts'
import { moderatorsToAsk } from '../../domain/sessions/dispute.queries.ts'
import { factsOf } from '../../domain/sessions/why.queries.ts'
import { explain, recordsOf, seenFrom } from '../../domain/sessions/why.ts'
import type { Ctx } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { done } from '../../screens/answers.ts'
import { button, message } from '../../screens/room.ts'
import { reviewScreen, type WhyDay, whyScreen } from '../../screens/why.ts'
import { type Command, command } from '../command.ts'
import { dayOption, myDay, neighbours } from './day.ts'

const why = command({
  name: 'focus why',
  summary: 'command.focus.why.summary',
  reply: 'private',
  options: { day: dayOption },
  async look(ctx, { day: typed }) {
    return whyScreen(await whyDay(ctx, typed))
  },
})

/**
 * An own day of the acting person, explained; today's where none is named.
 * @throws Refusal `invalid` for what is no day, or one to come
 */
export async function whyDay(ctx: Ctx, typed: string | undefined): Promise<WhyDay> {
  const { day, today } = await myDay(ctx, typed, 'focus why')
  const facts = await factsOf(ctx, actingPerson(ctx), day)
  const canShow = facts.stays.length > 0 && (await moderatorsToAsk(ctx)).length > 0
  return { day, ...neighbours(day, today), account: explain(facts), bounds: facts.day, canShow }
}

const show = command({
  name: 'focus show',
  summary: 'command.focus.show.summary',
  reply: 'private',
  listed: false,
  options: { day: dayOption },
  async run(tx, { day: typed }) {
    const { day } = await myDay(tx, typed, 'focus show')
    return done(message('dispute.shown', { count: await showDay(tx, day) }))
  },
})

/** What a moderator sees of a day that was shown to them: what happened in their workspace, and nothing of elsewhere. */
const review = command({
  name: 'focus review',
  summary: 'command.focus.review.summary',
  reply: 'private',
  listed: false,
  options: { shown: { type: 'string', max: 36, hidden: true, about: 'option.shown.about' } },
  async look(ctx, { shown }) {
    if (shown === undefined) throw new Refusal('invalid', 'dispute.look.where')
    const { id, by, day, workspace } = await shownDay(ctx, shown)
    const facts = await factsOf(ctx, by, day)
    const account = seenFrom(explain(facts), workspace)
    const records = recordsOf(facts, workspace).filter(({ seconds }) => seconds > 0)
    const around = neighbours(day, day)
    return reviewScreen({ day, ...around, account, bounds: facts.day, canShow: false }, await nameOf(ctx, by), id, records)
  },
})

const correct = command({
  name: 'focus correct',
  summary: 'command.focus.correct.summary',
  reply: 'form',
  listed: false,
  options: {
    shown: { type: 'string', max: 36, hidden: true, about: 'option.shown.about' },
    record: { type: 'string', max: 36, hidden: true, about: 'option.record.about' },
    minutes: { type: 'integer', min: 0, max: longestCorrectedMinutes, unit: 'minutes', required: true, about: 'option.corrected.about' },
    reason: { type: 'string', max: 200, required: true, about: 'option.reason.about' },
  },
  async fill(_ctx, { shown, record }) {
    if (shown === undefined || record === undefined) throw new Refusal('invalid', 'dispute.correct.where')
    return {}
  },
  async run(tx, { shown, record, minutes, reason }) {
    if (shown === undefined || record === undefined) throw new Refusal('invalid', 'dispute.correct.where')
    const correction = await correctShown(tx, shown, record, minutes, reason)
    const { by } = await shownDay(tx, shown)
    return done(
      message('correction.done', { name: await nameOf(tx, by) }),
      button('record.undo', { command: 'focus undo', args: { correction } }),
      button('dispute.look', { command: 'focus review', args: { shown } }),
    )
  },
})

export const accounts: readonly Command[] = [why, show, review, correct]
