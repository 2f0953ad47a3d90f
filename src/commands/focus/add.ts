import { zoneOf } from '../../domain/people/calendar.queries.ts'
import { actingPerson } from '../../domain/people/person.queries.ts'
import { addManual, changeManual } from '../../domain/sessions/manual.actions.ts'
import { manualOf, sessionsOf } from '../../domain/sessions/manual.queries.ts'
import {
  begunBefore,
  isRecent,
  longestManualMinutes,
  longestNote,
  type ManualKind,
  oldestManualDays,
} from '../../domain/sessions/manual.ts'
import { recordCalled } from '../../domain/sessions/record.queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { typedTime, type WallClock } from '../../kernel/zones.ts'
import { manualWritten } from '../../screens/records.ts'
import type { Screen } from '../../screens/screen.ts'
import { askingReadZone } from '../../screens/zone.ts'
import { type Command, command } from '../command.ts'
import { recordMeant, recordOption } from './records.ts'

const tooOld = (at: Date, { now }: WallClock): Refusal | null =>
  isRecent(at, now) ? null : new Refusal('invalid', 'manual.too-old', { days: oldestManualDays })

const fields = {
  minutes: { type: 'integer', min: 1, max: longestManualMinutes, unit: 'minutes', about: 'record.option.minutes' },
  at: { type: 'time', past: true, wrong: tooOld, about: 'option.at.about' },
  kind: { type: 'choice', choices: ['focus', 'break'], about: 'option.kind.about' },
  note: { type: 'string', max: longestNote, about: 'option.note.about' },
} as const

const kindOf = (kind: 'focus' | 'break'): ManualKind => (kind === 'focus' ? 'work' : 'break')

/** Time studied elsewhere; without a beginning it ended just now. */
const add = command({
  name: 'focus add',
  summary: 'command.focus.add.summary',
  reply: 'private',
  options: { ...fields, minutes: { ...fields.minutes, required: true } },
  async run(tx, { minutes, at, kind, note }) {
    const from = at ?? begunBefore(tx.now, minutes)
    const id = await addManual(tx, { kind: kindOf(kind ?? 'focus'), minutes, from, note: note ?? null })
    const answer = await shown(tx, id)
    const { timezone, isGuess } = await zoneOf(tx, actingPerson(tx))
    const [record] = await sessionsOf(tx, id)
    if (at === undefined || !isGuess) return answer
    return askingReadZone(answer, timezone, tx.now, record === undefined ? undefined : { record })
  },
})

const edit = command({
  name: 'focus edit',
  summary: 'command.focus.edit.summary',
  reply: 'form',
  listed: false,
  options: { record: recordOption, ...fields },
  async fill(ctx, { record }) {
    const known = await manualOf(ctx, actingPerson(ctx), await manualBehind(ctx, record ?? ''))
    if (known === null) throw new Refusal('missing', 'record.missing')
    const { timezone } = await zoneOf(ctx, actingPerson(ctx))
    const kind = known.session_type === 'work' ? 'focus' : 'break'
    return { minutes: String(known.minutes), at: typedTime(known.started_at, timezone), kind, note: known.note ?? '' }
  },
  async run(tx, { record, minutes, at, kind, note }) {
    const id = await manualBehind(tx, record)
    await changeManual(tx, id, {
      ...(minutes === undefined ? {} : { minutes }),
      ...(at === undefined ? {} : { from: at }),
      ...(kind === undefined ? {} : { kind: kindOf(kind) }),
      ...(note === undefined ? {} : { note }),
    })
    return shown(tx, id)
  },
})

async function manualBehind(ctx: Ctx, record: string): Promise<string> {
  const found = await recordCalled(ctx, await recordMeant(ctx, record))
  if (found === null || found.manual_id === null || found.user_id !== actingPerson(ctx)) throw new Refusal('missing', 'record.missing')
  return found.manual_id
}

async function shown(ctx: Ctx, id: string): Promise<Screen> {
  const manual = await manualOf(ctx, actingPerson(ctx), id)
  if (manual === null) throw new Refusal('missing', 'record.missing')
  return manualWritten(manual)
}

export const adding: readonly Command[] = [add, edit]
