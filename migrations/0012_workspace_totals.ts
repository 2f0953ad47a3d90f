import { type Kysely, sql } from 'kysely'

/** Days of workspaces written anew from the sessions, each cut at the quarters of the clock; `whose` narrows to people by `h.user_id`. */
const totals = (whose: string): string => `
  insert into workspace_day (workspace_id, day, seconds, sessions)
  select workspace_id, day, sum(seconds), count(*) filter (where is_last) from (
    select h.workspace_id, ((cell at time zone w.timezone) - time '04:00')::date as day,
      floor(sum(length) over (partition by h.id order by cell, r)) - floor(coalesce(
        sum(length) over (partition by h.id order by cell, r rows between unbounded preceding and 1 preceding), 0)) as seconds,
      row_number() over (partition by h.id order by cell desc, r desc) = 1 as is_last
    from session_history h
    join workspace w on w.id = h.workspace_id
    cross join lateral unnest(h.earned) r
    cross join lateral generate_series(date_bin('15 minutes', lower(r), '2000-01-01 00:00+00'), upper(r), '15 minutes') cell
    cross join lateral (select extract(epoch from least(upper(r), cell + interval '15 minutes') - greatest(lower(r), cell)) as length) x
    where h.session_type = 'work' and h.source <> 'import' and cell < upper(r) and ${whose}) piece
  group by workspace_id, day`

const seenByOthers = `exists (select from user_settings s join "user" u on u.id = s.user_id
  where s.user_id = h.user_id and s.visibility <> 'me' and u.first_used_at is not null)`

const comment = (text: string): string => `comment on column session_history.workspace_id is '${text}'`

/** A session keeps where it was focused; whether it counts there follows from how its person is seen. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('delete from workspace_day').execute(db)
  await sql.raw(totals(seenByOthers)).execute(db)
  await sql.raw(comment('Where it was focused: its totals count there while its person is seen by others')).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`update session_history h set workspace_id = null where h.workspace_id is not null and not ${seenByOthers}`).execute(db)
  await sql.raw('delete from workspace_day').execute(db)
  await sql.raw(totals('true')).execute(db)
  await sql.raw(comment('Whose totals it counts for; null where the person is seen by nobody else')).execute(db)
}
