import { type RawBuilder, sql } from 'kysely'
import { isUnseen } from '../presence/blind.queries.ts'

/** A stretch shorter than this is no session. */
export const shortestSessionSeconds = 60

/**
 * Whether a `row` of `presence_interval` may still change what it proves up to `until`: away for a moment, not signed since, or
 * on a platform that can't be seen just now.
 */
const isUndecided = (row: string, until: RawBuilder<unknown>, now: Date): RawBuilder<boolean> => {
  const of = (column: string) => sql.ref(`${row}.${column}`)
  return sql<boolean>`(${of('ended_at')} is null and (${of('last_sign_at')} < ${until} or ${of('away_since')} < ${until}
    or (${of('evidence')} in ('voice', 'huddle', 'web') and ${isUnseen(row, until, now)})))`
}

/** The same of a solo session `o`: without planned minutes it may be asked about, and end earlier than it seems. */
const isUndecidedAlone = (row: string, until: RawBuilder<unknown>, now: Date): RawBuilder<boolean> => sql<boolean>`(
  ${isUndecided(row, until, now)} or (o.kind = 'self-run' and o.planned_minutes is null and o.state in ('running', 'asking')))`

/** Of two that began in the same moment one is the earlier all the same: a moment is earned once. */
const isEarlier = (one: string, other: string): RawBuilder<boolean> => {
  const order = (row: string) => sql`(${sql.ref(`${row}.started_at`)}, ${sql.ref(`${row}.id`)})`
  return sql<boolean>`${order(one)} < ${order(other)}`
}

/** Solo sessions `o` that take their moments from what began later. */
const takes = sql<boolean>`o.kind <> 'afk' and o.state <> 'lapsed'`

/** Where the presence `q` of a solo session `o` ends: where it will be ended, also before the clock gets to it. */
const soloEnd = sql`coalesce(q.ended_at, o.ends_at, 'infinity')`

/**
 * What people earn in focus phases that are over, a row (phase_id, user_id, workspace_id, earned) each: presence ∩ running stretches,
 * without the moments that an earlier opened solo session of the same person earns (domain.md, section 0). Whoever is undecided
 * has no row yet; `undecided` names their phases.
 */
export const earnedIn = (
  phases: RawBuilder<unknown>,
  now: Date,
): { readonly rows: RawBuilder<unknown>; readonly undecided: RawBuilder<unknown> } => {
  const here = sql`
    select i.*, p.id as phase_id, p.ended_at as phase_end, ${isUndecided('i', sql`p.ended_at`, now)}
      or exists (select from presence_interval q join solo_session o on o.id = q.solo_id
        where q.user_id = i.user_id and q.solo_id is not null and ${isEarlier('q', 'i')} and ${soloEnd} > i.started_at
          and ${takes} and ${isUndecidedAlone('q', sql`p.ended_at`, now)}) as undecided
    from (${phases}) p
    join presence_interval i on i.room_id = p.room_id and i.started_at < p.ended_at and coalesce(i.ended_at, 'infinity') > p.started_at`
  return {
    rows: sql`
      with here as materialized (${here})
      select h.phase_id, h.user_id, (array_agg(h.workspace_id order by h.started_at))[1] as workspace_id,
        range_agg(tstzmultirange(tstzrange(greatest(h.started_at, s.started_at), least(coalesce(h.ended_at, 'infinity'), s.ended_at))) - coalesce(e.taken, '{}')) as earned
      from here h
      join phase_span s on s.phase_id = h.phase_id and s.started_at < coalesce(h.ended_at, 'infinity') and s.ended_at > h.started_at
      left join lateral (
        select range_agg(tstzrange(q.started_at, ${soloEnd})) as taken
        from presence_interval q join solo_session o on o.id = q.solo_id
        where q.user_id = h.user_id and q.solo_id is not null and ${isEarlier('q', 'h')} and ${soloEnd} > h.started_at
          and ${takes}) e on true
      where not exists (select from here u where u.phase_id = h.phase_id and u.user_id = h.user_id and u.undecided)
      group by h.phase_id, h.user_id`,
    undecided: sql`select h.phase_id from (${here}) h where h.undecided`,
  }
}

/**
 * What solo sessions that ended earn, a row (solo_id, user_id, earned, undecided) each: all of them, without the moments that an
 * earlier opened presence of the same person earns, in a room that ran or in another solo session. Of whom it is not known yet how
 * long that was, `earned` is not decided.
 */
export const earnedAlone = (solos: RawBuilder<unknown>, now: Date): RawBuilder<unknown> => sql`
  select o.id as solo_id, o.user_id, tstzmultirange(tstzrange(i.started_at, i.ended_at)) - coalesce(e.taken, '{}') as earned,
    coalesce(e.undecided, false) as undecided
  from (${solos}) o join presence_interval i on i.solo_id = o.id
  left join lateral (
    select range_agg(x.taken) as taken, bool_or(x.undecided) as undecided from (
      select tstzrange(greatest(q.started_at, s.started_at), least(coalesce(q.ended_at, 'infinity'), coalesce(s.ended_at, 'infinity'))) as taken,
        ${isUndecided('q', sql`i.ended_at`, now)} as undecided
      from presence_interval q
      join phase p on p.room_id = q.room_id and p.type = 'work' and p.started_at < i.ended_at and coalesce(p.ended_at, 'infinity') > i.started_at
      join phase_span s on s.phase_id = p.id and s.started_at < least(coalesce(q.ended_at, 'infinity'), i.ended_at)
        and coalesce(s.ended_at, 'infinity') > i.started_at
      where q.user_id = i.user_id and ${isEarlier('q', 'i')} and coalesce(q.ended_at, 'infinity') > i.started_at
      union all
      select tstzrange(q.started_at, ${soloEnd}), ${isUndecidedAlone('q', sql`i.ended_at`, now)}
      from presence_interval q join solo_session o on o.id = q.solo_id
      where q.user_id = i.user_id and q.solo_id <> i.solo_id and ${isEarlier('q', 'i')} and ${soloEnd} > i.started_at
        and ${takes}
      union all
      -- The clock has not got to what was due there: nobody knows yet which focus began since.
      select null, true from presence_interval q join timer t on t.room_id = q.room_id
      where q.user_id = i.user_id and ${isEarlier('q', 'i')} and t.status = 'running' and t.ends_at < i.ended_at
        and coalesce(q.ended_at, 'infinity') > greatest(t.ends_at, i.started_at)
    ) x) e on true
  where o.kind <> 'afk' and o.state = 'ended' and i.ended_at > i.started_at`

/**
 * Where a person may still earn what is not written yet, a row (from, to, name) each, `to` null while it goes on: running focus of
 * rooms, and solo sessions, that touch the time from `from` to `to`.
 */
export const earning = (person: RawBuilder<unknown>, from: RawBuilder<unknown>, to: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select greatest(i.started_at, s.started_at) as "from", least(i.ended_at, s.ended_at) as "to", r.room_name as name
  from presence_interval i
  join phase p on p.room_id = i.room_id and p.type = 'work' and p.credited_at is null
  join phase_span s on s.phase_id = p.id
  join room r on r.id = i.room_id
  where i.user_id = ${person} and i.started_at < ${to} and coalesce(i.ended_at, 'infinity') > ${from}
    and s.started_at < ${to} and coalesce(s.ended_at, 'infinity') > ${from}
    and greatest(i.started_at, s.started_at) < least(i.ended_at, s.ended_at, 'infinity')
    and not exists (select from session_history h where h.phase_id = p.id and h.user_id = i.user_id)
  union all
  select i.started_at, i.ended_at, coalesce(o.channel_name, o.aim)
  from presence_interval i join solo_session o on o.id = i.solo_id and ${takes} and o.credited_at is null
  where i.user_id = ${person} and i.started_at < ${to} and coalesce(i.ended_at, 'infinity') > ${from}`

/**
 * Up to when a presence `row` counts already: what was written of its person, in the room they were in last or in their last solo
 * session, follows from it. A late word that they left earlier ends it here.
 */
export const creditedUntil = (row: string): RawBuilder<Date> => {
  const of = (column: string) => sql.ref(`${row}.${column}`)
  return sql<Date>`greatest(${of('started_at')},
    (select least(p.ended_at, q.ended_at) from (
        select l.room_id, l.ended_at from presence_interval l where l.user_id = ${of('user_id')} and l.room_id is not null order by l.started_at desc, l.id desc limit 1) q
      join phase p on p.room_id = q.room_id and p.type = 'work' and p.started_at < coalesce(q.ended_at, 'infinity')
        and (p.credited_at is not null or exists (select from session_history h where h.phase_id = p.id and h.user_id = ${of('user_id')}))
      order by p.started_at desc limit 1),
    (select o.ended_at from solo_session o where o.user_id = ${of('user_id')} and o.credited_at is not null order by o.started_at desc limit 1))`
}

/** A moment from which a person may be somewhere: one that is told late lies in no time that is written down already. */
export const unwrittenFrom = (person: RawBuilder<unknown>, at: RawBuilder<unknown>): RawBuilder<Date> => sql<Date>`greatest(${at},
  (select h.completed_at from session_history h where h.user_id = ${person} and h.completed_at > ${at} and h.session_type = 'work' and not isempty(h.earned)
    order by h.completed_at desc limit 1))`

/** Whole seconds of a multirange. */
export const secondsIn = (ranges: RawBuilder<unknown>): RawBuilder<number> =>
  sql<number>`(select coalesce(floor(sum(extract(epoch from upper(r) - lower(r)))), 0)::int from unnest(${ranges}) r)`
