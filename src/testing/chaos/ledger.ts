import { sql } from 'kysely'
import type { App } from '../../kernel/context.ts'

/** The rows on which credit stands and those that were credited, times in milliseconds. */
export type Ledger = {
  readonly phases: readonly Phase[]
  readonly spans: readonly Stretch[]
  readonly presences: readonly Presence[]
  readonly sessions: readonly { readonly phase: string; readonly person: string; readonly seconds: number }[]
  readonly totals: readonly { readonly person: string; readonly seconds: number; readonly sessions: number }[]
  readonly moves: readonly { readonly room: string; readonly verb: string; readonly from: string | null; readonly times: number }[]
}
export type Phase = {
  readonly id: string
  readonly room: string
  readonly type: string
  readonly planned: number
  readonly outcome: string
  readonly from: number
  readonly to: number | null
}
export type Stretch = { readonly phase: string; readonly from: number; readonly to: number | null }
export type Presence = { readonly person: string; readonly room: string; readonly from: number; readonly to: number | null }

/** Reads the whole ledger of a database on which nobody works any more. */
export async function readLedger(app: App): Promise<Ledger> {
  const list = async <T>(query: ReturnType<typeof sql<T>>): Promise<readonly T[]> => (await query.execute(app.db)).rows
  return {
    phases: await list(sql<Phase>`
      select id, room_id as room, type, planned_seconds * 1000 as planned, outcome, ${milliseconds('started_at')} as from, ${milliseconds('ended_at')} as to
      from phase order by room_id, started_at, id`),
    spans: await list(sql<Stretch>`
      select phase_id as phase, ${milliseconds('started_at')} as from, ${milliseconds('ended_at')} as to from phase_span order by 1, 2`),
    presences: await list(sql<Presence>`
      select user_id as person, room_id as room, ${milliseconds('started_at')} as from, ${milliseconds('ended_at')} as to
      from presence_interval order by user_id, started_at, ended_at`),
    sessions: await list(sql`select phase_id as phase, user_id as person, seconds from session_history order by 1, 2`),
    totals: await list(sql`select id as person, total_focus_time as seconds, total_sessions as sessions from "user"`),
    moves: await list(sql`
      select room_id as room, data ->> 'verb' as verb, data ->> 'from' as from, count(*)::int as times
      from event where type = 'timer.moved' group by 1, 2, 3`),
  }
}

const milliseconds = (column: string) => sql<number>`(extract(epoch from ${sql.ref(column)}) * 1000)::float8`
