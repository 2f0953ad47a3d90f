import { sql } from 'kysely'
import type { Topic } from '../../db/schema.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { PersonId, WorkspaceId } from '../../kernel/ids.ts'
import { isShown } from '../people/visibility.queries.ts'
import type { Span } from './period.ts'
import type { DayTotal, OwnStats, TopicTime, Total } from './stats.ts'

/**
 * All of these read sums and never the history, by the key that begins with the person (or the workspace), so that they cost the same
 * however long it is.
 */

/** The sum over a span. Times that were brought from another bot belong to it, their sessions do not. */
export async function totalOf(ctx: Ctx, person: PersonId, { from, to }: Span): Promise<Total> {
  const { rows } = await sql<Total>`
    select coalesce(sum(focus_seconds + imported_seconds), 0)::int as seconds, coalesce(sum(sessions), 0)::int as sessions,
      count(*) filter (where focus_seconds + imported_seconds > 0)::int as days
    from user_day where user_id = ${person}::uuid and day between ${from}::date and ${to}::date`.execute(ctx.db)
  return rows[0] ?? { seconds: 0, sessions: 0, days: 0 }
}

/** What was brought along from elsewhere, of the total of a span, in seconds. */
export async function broughtOf(ctx: Ctx, person: PersonId, { from, to }: Span): Promise<number> {
  const { rows } = await sql<{ seconds: number }>`
    select coalesce(sum(imported_seconds), 0)::int as seconds from user_day
    where user_id = ${person}::uuid and day between ${from}::date and ${to}::date`.execute(ctx.db)
  return rows[0]?.seconds ?? 0
}

/** Hours that the owner of a server brought in for a person: no day is known of them, so they stand beside every total of days. */
export async function undatedOf(ctx: Ctx, person: PersonId): Promise<number> {
  const { rows } = await sql<{ seconds: number }>`
    select coalesce(sum(h.seconds), 0)::float8 as seconds from history_import i join imported_hours h on h.import_id = i.id
    where i.user_id = ${person}::uuid`.execute(ctx.db)
  return rows[0]?.seconds ?? 0
}

/** Every day of the span on which there was anything, in order. */
export async function daysWith(ctx: Ctx, person: PersonId, { from, to }: Span): Promise<readonly DayTotal[]> {
  const { rows } = await sql<DayTotal>`
    select to_char(day, 'YYYY-MM-DD') as day, focus_seconds + imported_seconds as seconds, sessions
    from user_day where user_id = ${person}::uuid and day between ${from}::date and ${to}::date order by day`.execute(ctx.db)
  return rows
}

/** 24 sums by hour of the local clock. */
export async function hoursOf(ctx: Ctx, person: PersonId, { from, to }: Span): Promise<readonly number[]> {
  const { rows } = await sql<{ hour: number; seconds: number }>`
    select h.hour::int, sum(h.seconds)::int as seconds
    from user_day d cross join lateral unnest(d.hours) with ordinality as h(seconds, hour)
    where d.user_id = ${person}::uuid and d.day between ${from}::date and ${to}::date group by 1`.execute(ctx.db)
  const found = new Map(rows.map(({ hour, seconds }) => [hour, seconds]))
  return Array.from({ length: 24 }, (_, hour) => found.get(hour + 1) ?? 0)
}

/** What most of the time went into, of each kind the largest first. */
export async function topicsOf(ctx: Ctx, person: PersonId, { from, to }: Span, most: number): Promise<OwnStats['topics']> {
  const { rows } = await sql<TopicTime & { kind: Topic }>`
    select kind, topic as name, seconds from (
      select kind, topic, sum(seconds)::int as seconds, row_number() over (partition by kind order by sum(seconds) desc, topic) as place
      from user_topic_day where user_id = ${person}::uuid and day between ${from}::date and ${to}::date group by kind, topic) t
    where place <= ${most}::int and seconds > 0 order by kind, place`.execute(ctx.db)
  const found = Map.groupBy(rows, ({ kind }) => kind)
  const of = (kind: Topic): readonly TopicTime[] => (found.get(kind) ?? []).map(({ name, seconds }) => ({ name, seconds }))
  return { room: of('room'), subject: of('subject'), aim: of('aim') }
}

/** The first day with anything; null while there is none. */
export async function firstDay(ctx: Ctx, person: PersonId): Promise<string | null> {
  const row = await ctx.db.selectFrom('user_day').select('day').where('user_id', '=', person).orderBy('day').limit(1).executeTakeFirst()
  return row?.day ?? null
}

/** Few could be told apart in a sum of all: with fewer members than this it is shown to nobody. */
const leastMembers = 5

/** What all members of a workspace focused in the span of its days; null where the sum could tell about a single person. */
export async function workspaceSeconds(ctx: Ctx, workspace: WorkspaceId, { from, to }: Span): Promise<number | null> {
  const members = await ctx.db
    .selectFrom('workspace_member')
    .select('user_id')
    .where('workspace_id', '=', workspace)
    .where(isShown('workspace_member.user_id'))
    .limit(leastMembers)
    .execute()
  if (members.length < leastMembers) return null
  const { rows } = await sql<{ seconds: number }>`
    select coalesce(sum(seconds), 0)::float8 as seconds from workspace_day
    where workspace_id = ${workspace}::uuid and day between ${from}::date and ${to}::date`.execute(ctx.db)
  return rows[0]?.seconds ?? 0
}
