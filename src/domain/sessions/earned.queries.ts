import { type RawBuilder, sql } from 'kysely'
import { isUnseen } from '../presence/blind.queries.ts'

/** A stretch shorter than this is no session. */
export const shortestSessionSeconds = 60

/**
 * Whether a row `i` of `presence_interval` may still change what it proves up to `until`: away for a moment, not signed since, or
 * on a platform that can't be seen just now.
 */
const isUndecided = (until: RawBuilder<unknown>, now: Date): RawBuilder<boolean> => sql<boolean>`(i.ended_at is null and (
  i.last_sign_at < ${until} or i.away_since < ${until} or (i.evidence in ('voice', 'huddle', 'web') and ${isUnseen('i', until, now)})))`

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
    select i.*, p.id as phase_id, p.ended_at as phase_end, ${isUndecided(sql`p.ended_at`, now)}
      or exists (select from presence_interval q where q.user_id = i.user_id and q.solo_id is not null and q.started_at < i.started_at
        and q.ended_at is null and q.away_since < p.ended_at) as undecided
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
        select range_agg(tstzrange(q.started_at, coalesce(q.ended_at, 'infinity'))) as taken
        from presence_interval q join solo_session o on o.id = q.solo_id
        where q.user_id = h.user_id and q.solo_id is not null and q.started_at < h.started_at and coalesce(q.ended_at, 'infinity') > h.started_at
          and o.kind <> 'afk' and o.state <> 'lapsed') e on true
      where not exists (select from here u where u.phase_id = h.phase_id and u.user_id = h.user_id and u.undecided)
      group by h.phase_id, h.user_id`,
    undecided: sql`select h.phase_id from (${here}) h where h.undecided`,
  }
}

/**
 * What solo sessions that ended earn, a row (solo_id, user_id, earned) each: all of them, without the moments that an earlier opened
 * presence of the same person earns, in a room that ran or in another solo session.
 */
export const earnedAlone = (solos: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select o.id as solo_id, o.user_id, tstzmultirange(tstzrange(i.started_at, i.ended_at)) - coalesce(e.taken, '{}') as earned
  from (${solos}) o join presence_interval i on i.solo_id = o.id
  left join lateral (
    select range_agg(taken.r) as taken from (
      select tstzrange(greatest(q.started_at, s.started_at), least(coalesce(q.ended_at, 'infinity'), coalesce(s.ended_at, 'infinity'))) as r
      from presence_interval q
      join phase p on p.room_id = q.room_id and p.type = 'work' and p.started_at < i.ended_at and coalesce(p.ended_at, 'infinity') > i.started_at
      join phase_span s on s.phase_id = p.id and s.started_at < coalesce(q.ended_at, 'infinity') and coalesce(s.ended_at, 'infinity') > q.started_at
      where q.user_id = i.user_id and q.started_at < i.started_at and coalesce(q.ended_at, 'infinity') > i.started_at
      union all
      select tstzrange(q.started_at, coalesce(q.ended_at, 'infinity')) from presence_interval q join solo_session a on a.id = q.solo_id
      where q.user_id = i.user_id and q.solo_id <> i.solo_id and q.started_at < i.started_at and coalesce(q.ended_at, 'infinity') > i.started_at
        and a.kind <> 'afk' and a.state <> 'lapsed'
    ) taken) e on true
  where o.kind <> 'afk' and o.state = 'ended' and i.ended_at > i.started_at`

/** Whole seconds of a multirange. */
export const secondsIn = (ranges: RawBuilder<unknown>): RawBuilder<number> =>
  sql<number>`(select coalesce(floor(sum(extract(epoch from upper(r) - lower(r)))), 0)::int from unnest(${ranges}) r)`
