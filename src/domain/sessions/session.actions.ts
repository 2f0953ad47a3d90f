import { type RawBuilder, sql } from 'kysely'
import type { SessionSource } from '../../db/schema.ts'
import type { Tx } from '../../kernel/context.ts'
import type { GapId, PersonId, PhaseId, PresenceId, RoomId, SessionId, SoloId, WorkspaceId } from '../../kernel/ids.ts'
import { countTogether } from '../achievements/together.actions.ts'
import { countSessions } from './count.actions.ts'
import { earnedAlone, earnedIn, secondsIn, shortestSessionSeconds } from './earned.queries.ts'

/**
 * Writes down who earned what in focus phases that are over: once per phase and person, with all totals. Of whom something is still
 * undecided gets it later (`creditOwed`), and the phase stays owed until then; what their seats were for is kept with it, since those
 * may be for something else by then. Phases of other types earn nothing.
 */
export async function creditPhases(tx: Tx, phases: readonly PhaseId[]): Promise<void> {
  if (phases.length === 0) return
  const isDue = sql`id = any(${phases as PhaseId[]}::uuid[]) and type = 'work' and ended_at is not null and credited_at is null`
  const over = sql`select * from phase where ${isDue}`
  const { rows, undecided } = earnedIn(over, tx.now)
  const written = await sql<{ id: SessionId }>`
    insert into session_history (user_id, room_id, phase_id, session_type, seconds, source, room_name, started_at, completed_at, earned,
      workspace_id, aim, subject, result)
    select e.user_id, p.room_id, e.phase_id, 'work', e.seconds, 'room', r.room_name, lower(e.earned), upper(e.earned), e.earned,
      coalesce(e.workspace_id, r.workspace_id), case when kept.phase_id is null then seat.aim else kept.aim end,
      case when kept.phase_id is null then seat.subject else kept.subject end, kept.result
    from (select x.*, ${secondsIn(sql`x.earned`)} as seconds from (${rows}) x) e
    join phase p on p.id = e.phase_id join room r on r.id = p.room_id
    left join phase_aim kept on kept.phase_id = e.phase_id and kept.user_id = e.user_id
    left join lateral (select aim, subject from participant t where t.room_id = p.room_id and t.user_id = e.user_id order by joined_at desc limit 1) seat on true
    where e.seconds >= ${shortestSessionSeconds}
    on conflict (phase_id, user_id) do nothing
    returning id`.execute(tx.db)
  const sessions = written.rows.map(({ id }) => id)
  await countSessions(tx, sessions, 1)
  await countTogether(tx, sessions)
  const { rows: settled } = await sql`
    with settled as (
      update phase set credited_at = greatest(ended_at, ${tx.now}::timestamptz)
      where ${isDue} and not exists (select from (${undecided}) u where u.phase_id = phase.id) returning id
    ), gone as (delete from phase_aim a using settled where a.phase_id = settled.id)
    select id from settled`.execute(tx.db)
  if (settled.length < phases.length) await keepAims(tx, over)
}

/** What the seats of phases were for when they ended, of those whose credit waits. */
async function keepAims(tx: Tx, phases: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into phase_aim (phase_id, user_id, aim, subject)
    select p.id, t.user_id, t.aim, t.subject
    from (${phases}) p cross join lateral (select distinct on (user_id) user_id, aim, subject from participant
      where room_id = p.room_id and joined_at < p.ended_at and coalesce(left_at, 'infinity') > p.started_at order by user_id, joined_at desc) t
    where not exists (select from session_history h where h.phase_id = p.id and h.user_id = t.user_id)
    on conflict do nothing`.execute(tx.db)
}

/** Focus phases `p` that are over and have not written everybody's credit. */
const isOwed = sql<boolean>`p.type = 'work' and p.ended_at is not null and p.credited_at is null`

/** What somebody was in, and what waits for them, is looked for so far back: a question about the end of a session stays open for a week. */
const longestWait = sql.raw("interval '31 days'")

/**
 * Writes what was owed in these rooms, of whom it is decided now, and what else of these people waited for it. The phases are locked, so
 * that of two signs at once the later sees both.
 */
export async function creditOwed(tx: Tx, rooms: readonly RoomId[]): Promise<void> {
  if (rooms.length === 0) return
  const { rows: owed } = await sql<{ id: PhaseId }>`
    select p.id from phase p where p.room_id = any(${rooms as RoomId[]}::uuid[]) and ${isOwed} order by p.id for no key update`.execute(
    tx.db,
  )
  await creditPhases(
    tx,
    owed.map(({ id }) => id),
  )
  await creditBeside(tx, rooms)
}

/** Writes what people earned by themselves and waited for these rooms, where they were before. */
export async function creditBeside(tx: Tx, rooms: readonly RoomId[]): Promise<void> {
  const { rows: waiting } = await sql<{ id: SoloId }>`
    select o.id from solo_session o where o.state = 'ended' and o.credited_at is null and exists (
      select from presence_interval i where i.user_id = o.user_id and i.room_id = any(${rooms as RoomId[]}::uuid[])
        and i.started_at < o.ended_at and coalesce(i.ended_at, 'infinity') > o.started_at)`.execute(tx.db)
  await creditSolo(
    tx,
    waiting.map(({ id }) => id),
  )
}

/** Writes what of these people waited until it was known how long they were in something that began earlier. */
export async function creditWaiting(tx: Tx, people: readonly PersonId[]): Promise<void> {
  if (people.length === 0) return
  const theirs = sql`any(${people as PersonId[]}::uuid[])`
  const { rows } = await sql<{ room: RoomId | null; solo: SoloId | null }>`
    select distinct p.room_id as room, null::uuid as solo from presence_interval i join phase p on p.room_id = i.room_id and ${isOwed}
      and p.ended_at > i.started_at and p.started_at < coalesce(i.ended_at, 'infinity')
    where i.user_id = ${theirs} and i.room_id is not null and i.started_at > ${tx.now}::timestamptz - ${longestWait}
    union all
    select null, o.id from solo_session o where o.user_id = ${theirs} and o.state = 'ended' and o.credited_at is null`.execute(tx.db)
  await creditOwed(
    tx,
    rows.flatMap(({ room }) => room ?? []),
  )
  await creditSolo(
    tx,
    rows.flatMap(({ solo }) => solo ?? []),
  )
}

/**
 * Writes down what solo sessions that ended earned, once each; of whom something earlier is still undecided later (`creditWaiting`).
 * One of the AFK channel, and one whose end nobody told, earns nothing.
 */
export async function creditSolo(tx: Tx, solos: readonly SoloId[]): Promise<void> {
  if (solos.length === 0) return
  const { rows: owed } = await sql<{ id: SoloId }>`
    select id from solo_session where id = any(${solos as SoloId[]}::uuid[]) and state = 'ended' and credited_at is null
    order by id for no key update`.execute(tx.db)
  if (owed.length === 0) return
  const ended = sql`select * from solo_session where id = any(${owed.map(({ id }) => id)}::uuid[])`
  const { rows } = await sql<{ id: SoloId; person: PersonId; session: SessionId | null }>`
    with earned as (select x.*, ${secondsIn(sql`x.earned`)} as seconds from (${earnedAlone(ended, tx.now)}) x),
    credited as (
      update solo_session o set credited_at = greatest(o.ended_at, ${tx.now}::timestamptz)
      where o.id = any(${owed.map(({ id }) => id)}::uuid[]) and not exists (select from earned e where e.solo_id = o.id and e.undecided)
      returning o.*
    ), written as (
      insert into session_history (user_id, solo_id, session_type, seconds, source, room_name, started_at, completed_at, earned, workspace_id, aim, subject, result)
      select e.user_id, e.solo_id, 'work', e.seconds, case when o.kind = 'voice' then 'voice' when o.is_reported then 'self-reported' else 'solo' end,
        o.channel_name, lower(e.earned), upper(e.earned), e.earned, o.workspace_id, o.aim, o.subject, o.result
      from earned e join credited o on o.id = e.solo_id
      where e.seconds >= ${shortestSessionSeconds}
      on conflict (solo_id) do nothing
      returning id, solo_id
    )
    select o.id, o.user_id as person, w.id as session from credited o left join written w on w.solo_id = o.id`.execute(tx.db)
  await countSessions(
    tx,
    rows.flatMap(({ session }) => session ?? []),
    1,
  )
  // What they cover is decided now, and what began after them may wait for it.
  if (rows.length > 0)
    await creditWaiting(
      tx,
      rows.map(({ person }) => person),
    )
}

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
