import { sql } from 'kysely'
import { rows } from '../db/rows.ts'
import { creditSolo } from '../domain/sessions/session.actions.ts'
import { laterOf } from '../domain/timers/course.ts'
import type { Line } from '../domain/todos/todo.ts'
import { after, hours, minutes } from '../kernel/clock.ts'
import type { Tx } from '../kernel/context.ts'
import { newId, type PersonId, type SoloId, type WorkspaceId } from '../kernel/ids.ts'
import type { Dice } from './dice.ts'
import { isFree, type Resident } from './people.ts'
import { aimOf } from './sittings.ts'

/** Time that somebody focused without a room: by themselves, or in a voice channel that has none. */
export type Alone = {
  readonly id: SoloId
  readonly person: PersonId
  readonly workspace: WorkspaceId | null
  readonly kind: 'self-run' | 'voice' | 'afk'
  readonly channel: string | null
  readonly planned: number | null
  readonly from: Date
  readonly to: Date
  readonly aim: Line | null
}

/** When the owner begins every morning, after the border of the own day and before any room of the day. */
const ownersMorning = hours(4) + minutes(5)

/** Before the rooms of the day fill: the owner every morning, some of the others here and there. */
export function morningsOf(day: Date, dice: Dice, residents: readonly Resident[], horizon: Date): readonly Alone[] {
  return residents.flatMap((one) => {
    const isOwner = one.platform === 'web'
    if (!isOwner && !dice.chance(Math.ceil(one.diligence / 6))) return []
    const start = after(day, isOwner ? ownersMorning : dice.between(0, hours(2)))
    return take(dice, one, 'self-run', start, minutes(isOwner ? dice.between(32, 45) : dice.between(20, 55)), horizon)
  })
}

/** After the rooms of the day: by themselves, or in the lounge of the server. */
export function eveningsOf(day: Date, dice: Dice, residents: readonly Resident[], horizon: Date): readonly Alone[] {
  return residents.flatMap((one) => {
    if (one.platform === 'web' || !dice.chance(Math.ceil(one.diligence / 4))) return []
    const kind = one.platform === 'slack' || dice.chance(35) ? 'self-run' : dice.chance(94) ? 'voice' : 'afk'
    const start = after(day, hours(20) + dice.between(0, hours(3)))
    return take(dice, one, kind, start, dice.between(minutes(15), minutes(95)), horizon)
  })
}

const channels = { 'self-run': null, voice: 'Lounge', afk: 'AFK' } as const

function take(dice: Dice, one: Resident, kind: Alone['kind'], from: Date, length: number, horizon: Date): readonly Alone[] {
  const to = after(from, length)
  if (to >= horizon || !isFree(one, from, to)) return []
  one.freeFrom = to
  const isTimed = kind === 'self-run' && dice.chance(50)
  const aim = kind === 'self-run' ? aimOf(dice, one) : null
  const planned = isTimed ? Math.ceil(length / minutes(1)) : null
  return [{ id: newId(), person: one.id, workspace: one.workspaces[0] ?? null, kind, channel: channels[kind], planned, from, to, aim }]
}

const columns = {
  id: 'uuid',
  person: 'uuid',
  workspace: 'uuid',
  kind: 'text',
  channel: 'text',
  planned: 'int',
  '"from"': 'timestamptz',
  '"to"': 'timestamptz',
  aim: 'text',
  subject: 'text',
}

/** Writes it down as the product would have, with what it credits. */
export async function recordAlone(tx: Tx, alone: readonly Alone[]): Promise<void> {
  if (alone.length === 0) return
  const list = alone.map(({ aim, ...one }) => ({ ...one, aim: aim?.text ?? null, subject: aim?.subject ?? null }))
  await sql`insert into solo_session (id, user_id, workspace_id, kind, channel, channel_name, aim, subject, planned_minutes, state, started_at, ended_at)
    select id, person, workspace, kind, channel, channel, aim, subject, planned, 'ended', "from", "to" from ${rows(list, 'x', columns)}`.execute(
    tx.db,
  )
  await sql`insert into presence_interval (user_id, solo_id, workspace_id, channel, evidence, started_at, ended_at)
    select person, id, workspace, channel, case kind when 'self-run' then 'self-run' else 'voice' end, "from", "to"
    from ${rows(list, 'x', columns)}`.execute(tx.db)
  await creditSolo(
    tx,
    alone.map(({ id }) => id),
  )
}

/** The end of the last of these, or `otherwise`. */
export const lastEnd = (alone: readonly Alone[], otherwise: Date): Date => alone.reduce((last, { to }) => laterOf(last, to), otherwise)
