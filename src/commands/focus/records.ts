import { calendarOf } from '../../domain/people/calendar.queries.ts'
import { actingPerson } from '../../domain/people/person.queries.ts'
import { undoCorrection } from '../../domain/sessions/correction.actions.ts'
import { removeRecord } from '../../domain/sessions/record.actions.ts'
import { newestRecords, recordCalled, recordsOn } from '../../domain/sessions/record.queries.ts'
import type { Credit } from '../../domain/sessions/why.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isUuid } from '../../kernel/ids.ts'
import { Refusal, type WayOut } from '../../kernel/refusal.ts'
import { typedTime } from '../../kernel/zones.ts'
import { called, folded } from '../../locales/names.ts'
import { done } from '../../screens/answers.ts'
import { recordList, recordRemoved, removeQuestion } from '../../screens/records.ts'
import { button, message } from '../../screens/room.ts'
import { type Command, command, type Option, type Suggest, type Suggestion } from '../command.ts'
import { dayOption, myDay, neighbours } from './day.ts'

/** A record as a line: when it began by the person's own clock, and what it was. */
type Line = Suggestion & { readonly name: string | null }

async function newestLines(ctx: Ctx): Promise<readonly Line[]> {
  const person = actingPerson(ctx)
  const { timezone } = await calendarOf(ctx, person)
  const labelOf = ({ from, place, aim, seconds }: Credit) =>
    [typedTime(from, timezone), place ?? aim, `${Math.floor(seconds / 60)}′`].filter((part) => part !== null).join(' · ')
  return (await newestRecords(ctx, person, 100)).map((record) => ({
    label: labelOf(record),
    value: record.session,
    name: record.place ?? record.aim,
  }))
}

/** A record is typed as its line, as that from the time on, or by its name alone. */
const spellingsOf = ({ label, name }: Line): readonly string[] => [
  label,
  label.slice('2026-03-02 '.length),
  ...(name === null ? [] : [name]),
]

const suggestRecords: Suggest = async (ctx, typed) =>
  (await newestLines(ctx)).filter(({ label }) => folded(label).includes(folded(typed))).map(({ label, value }) => ({ label, value }))

const toList: WayOut = { label: 'solo.today', press: { command: 'focus list', args: {} } }

/**
 * The record that was chosen, or the only new one that is called as it was typed, or begins so.
 * @throws Refusal `invalid` where nothing is said, `missing`, `conflict` where several do
 */
export async function recordMeant(ctx: Ctx, typed: string): Promise<string> {
  if (isUuid(typed)) return typed
  if (typed.trim() === '') throw new Refusal('invalid', 'record.unsaid', {}, toList)
  const [found, another] = called(typed, await newestLines(ctx), spellingsOf)
  if (found === undefined) throw new Refusal('missing', 'record.missing')
  if (another !== undefined) throw new Refusal('conflict', 'record.several', { one: found.label, other: another.label })
  return found.value
}

export const recordOption = {
  type: 'string',
  max: 100,
  suggest: suggestRecords,
  required: true,
  about: 'option.record.about',
} as const satisfies Option

const list = command({
  name: 'focus list',
  summary: 'command.focus.list.summary',
  reply: 'private',
  options: { day: dayOption },
  async look(ctx, { day: typed }) {
    const { day, today } = await myDay(ctx, typed, 'focus list')
    return recordList({ day, ...neighbours(day, today), records: await recordsOn(ctx, actingPerson(ctx), day) }, ctx.now)
  },
})

const remove = command({
  name: 'focus remove',
  summary: 'command.focus.remove.summary',
  reply: 'private',
  options: { record: recordOption, sure: { type: 'boolean', hidden: true, about: 'option.sure.about' } },
  async run(tx, { record, sure }) {
    const known = await recordCalled(tx, await recordMeant(tx, record))
    // What they wrote down themselves is gone for good, so it is asked about; anything else can be undone.
    if (known?.user_id === actingPerson(tx) && known.manual_id !== null && sure !== true) return removeQuestion(known)
    const { correction, record: removed } = await removeRecord(tx, known?.id ?? '')
    return recordRemoved(removed, correction)
  },
})

/** The buttons that it stands on carry what it is about, which nobody could type. */
const undo = command({
  name: 'focus undo',
  summary: 'command.focus.undo.summary',
  reply: 'private',
  listed: false,
  options: { correction: { type: 'string', max: 36, hidden: true, about: 'option.correction.about' } },
  async run(tx, { correction }) {
    if (correction === undefined) throw new Refusal('invalid', 'record.undo.where')
    await undoCorrection(tx, correction)
    return done(message('record.restored'), button('solo.today', { command: 'focus list', args: {} }))
  },
})

export const records: readonly Command[] = [remove, list, undo]
