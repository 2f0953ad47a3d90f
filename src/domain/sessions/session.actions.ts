import { type RawBuilder, sql } from 'kysely'
import type { SessionSource } from '../../db/schema.ts'
import type { Tx } from '../../kernel/context.ts'
import type { GapId, PersonId, PhaseId, PresenceId, RoomId, SessionId, SoloId, WorkspaceId } from '../../kernel/ids.ts'
import { countTogether } from '../achievements/together.actions.ts'
import { countSessions } from './count.actions.ts'
import { earnedAlone, earnedIn, secondsIn, shortestSessionSeconds } from './earned.queries.ts'

/**
 * Writes down who earned what in focus phases that are over: once per phase and person, with all totals. Of whom something is still
 * undecided gets it later (`creditOwed`), and the phase stays owed until then. Phases of other types earn nothing.
 */
export async function creditPhases(tx: Tx, phases: readonly PhaseId[]): Promise<void> {
  if (phases.length === 0) return
  const over = sql`select * from phase where id = any(${phases as PhaseId[]}::uuid[]) and type = 'work' and ended_at is not null and credited_at is null`
  const { rows, undecided } = earnedIn(over, tx.now)
  const written = await sql<{ id: SessionId }>`
    insert into session_history (user_id, room_id, phase_id, session_type, seconds, source, room_name, started_at, completed_at, earned,
      workspace_id, aim, subject)
    select e.user_id, p.room_id, e.phase_id, 'work', e.seconds, 'room', r.room_name, lower(e.earned), upper(e.earned), e.earned,
      ${seenIn(sql`coalesce(e.workspace_id, r.workspace_id)`)}, seat.aim, seat.subject
    from (select x.*, ${secondsIn(sql`x.earned`)} as seconds from (${rows}) x) e
    join phase p on p.id = e.phase_id join room r on r.id = p.room_id
    left join lateral (select aim, subject from participant t where t.room_id = p.room_id and t.user_id = e.user_id order by joined_at desc limit 1) seat on true
    where e.seconds >= ${shortestSessionSeconds}
    on conflict (phase_id, user_id) do nothing
    returning id`.execute(tx.db)
  const sessions = written.rows.map(({ id }) => id)
  await countSessions(tx, sessions, 1)
  await countTogether(tx, sessions)
  await sql`update phase set credited_at = greatest(ended_at, ${tx.now}::timestamptz)
    where id = any(${phases as PhaseId[]}::uuid[]) and type = 'work' and ended_at is not null and credited_at is null
      and not exists (select from (${undecided}) u where u.phase_id = phase.id)`.execute(tx.db)
}

/** Writes what was owed in these rooms, of whom it is decided now. The phases are locked, so that of two signs at once the later sees both. */
export async function creditOwed(tx: Tx, rooms: readonly RoomId[]): Promise<void> {
  if (rooms.length === 0) return
  const owed = await tx.db
    .selectFrom('phase')
    .select('id')
    .where(sql<boolean>`room_id = any(${rooms as RoomId[]}::uuid[])`)
    .where('type', '=', 'work')
    .where('ended_at', 'is not', null)
    .where('credited_at', 'is', null)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  await creditPhases(
    tx,
    owed.map(({ id }) => id),
  )
}

/** Writes down what solo sessions that ended earned, once each. One of the AFK channel, and one whose end nobody told, earns nothing. */
export async function creditSolo(tx: Tx, solos: readonly SoloId[], source?: 'self-reported'): Promise<void> {
  if (solos.length === 0) return
  const ended = sql`select * from solo_session where id = any(${solos as SoloId[]}::uuid[])`
  const { rows } = await sql<{ id: SessionId }>`
    insert into session_history (user_id, solo_id, session_type, seconds, source, room_name, started_at, completed_at, earned, workspace_id, aim, subject)
    select e.user_id, e.solo_id, 'work', e.seconds, coalesce(${source ?? null}::text, case o.kind when 'voice' then 'voice' else 'solo' end),
      o.channel_name, lower(e.earned), upper(e.earned), e.earned, ${seenIn(sql`o.workspace_id`)}, o.aim, o.subject
    from (select x.*, ${secondsIn(sql`x.earned`)} as seconds from (${earnedAlone(ended)}) x) e
    join solo_session o on o.id = e.solo_id
    where e.seconds >= ${shortestSessionSeconds}
    on conflict (solo_id) do nothing
    returning id`.execute(tx.db)
  await countSessions(
    tx,
    rows.map(({ id }) => id),
    1,
  )
}

/** The workspace for whose totals a session of `e.user_id` counts: none where the person is seen by nobody else, or never used the product. */
const seenIn = (workspace: RawBuilder<unknown>) => sql<WorkspaceId | null>`(
  select case when s.visibility <> 'me' then ${workspace} end from user_settings s join "user" u on u.id = s.user_id
  where s.user_id = e.user_id and u.first_used_at is not null)`

/** One stretch that a person, a moderator or another bot told. `seconds` alone, without a stretch, adds to the person's totals only. */
export type Told = {
  readonly person: PersonId
  readonly source: Extract<SessionSource, 'manual' | 'import' | 'self-reported'>
  readonly from: Date
  readonly to: Date
  readonly type?: 'work' | 'break'
  /** Of these moments only, as a multirange; all of them where it is absent, none where it is `{}`. */
  readonly earned?: string
  /** Counted where they are no sum of stretches. */
  readonly seconds?: number
  readonly room?: RoomId | null
  readonly roomName?: string | null
  readonly workspace?: WorkspaceId | null
  readonly manual?: string
  readonly import?: string
  readonly gap?: GapId
  readonly presence?: PresenceId
  readonly aim?: string | null
  readonly subject?: string | null
}

/** Writes down what was told, and counts it. Of what is already written (the same gap, presence or manual session) nothing is written again. */
export async function recordSessions(tx: Tx, told: readonly Told[]): Promise<readonly SessionId[]> {
  const ids: SessionId[] = []
  for (const one of told) {
    const earned = sql`coalesce(${one.earned ?? null}::tstzmultirange, tstzmultirange(tstzrange(${one.from}::timestamptz, ${one.to}::timestamptz)))`
    const row = await tx.db
      .insertInto('session_history')
      .values({
        user_id: one.person,
        room_id: one.room ?? null,
        phase_id: null,
        session_type: one.type ?? 'work',
        seconds: one.seconds ?? secondsIn(earned),
        source: one.source,
        room_name: one.roomName ?? null,
        started_at: one.from,
        completed_at: one.to,
        earned: sql<string>`${earned}`,
        solo_id: null,
        manual_id: one.manual ?? null,
        import_id: one.import ?? null,
        gap_id: one.gap ?? null,
        presence_id: one.presence ?? null,
        workspace_id: one.workspace ?? null,
        aim: one.aim ?? null,
        subject: one.subject ?? null,
        result: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (row !== undefined) ids.push(row.id)
  }
  await countSessions(tx, ids, 1)
  return ids
}

/** Takes sessions out of every total and out of history, for what a person edits or deletes themselves. */
export async function retractSessions(tx: Tx, sessions: readonly SessionId[]): Promise<void> {
  if (sessions.length === 0) return
  await countSessions(tx, sessions, -1)
  await sql`delete from session_history where id = any(${sessions as SessionId[]}::uuid[])`.execute(tx.db)
}
