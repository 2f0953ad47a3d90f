import { type RawBuilder, sql } from 'kysely'
import type { VoiceDetail } from '../../db/schema.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { PersonId, RoomId } from '../../kernel/ids.ts'
import { dayBounds } from '../people/calendar.queries.ts'
import { shownName } from '../people/visibility.queries.ts'
import { called } from '../people/visibility.ts'
import type { Span } from './spans.ts'
import type { Blind, Course, Credit, Facts, Stay } from './why.ts'

/** No stay, phase or record that touches a day began or ended further from it: the bound that lets an index find them. */
const longest = sql.raw("interval '31 days'")

/** Everything that is known of one own day of a person: from here on, explaining it is arithmetic. */
export async function factsOf(ctx: Ctx, person: PersonId, day: string): Promise<Facts> {
  const bounds = await dayBounds(ctx, person, day)
  const [stays, credits] = await Promise.all([staysOn(ctx, person, bounds), creditsOn(ctx, person, bounds)])
  const rooms = [...new Set(stays.flatMap(({ room }) => room ?? []))]
  const [courses, blinds] = await Promise.all([coursesOn(ctx, rooms, bounds), blindsOn(ctx, person, bounds)])
  return { day: bounds, now: ctx.now, stays, courses, credits, blinds }
}

/** Rows that come as JSON hold their times as text. */
type AsText<T> = { readonly [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K] }
const spanOf = ({ from, to }: AsText<Span>): Span => ({ from: new Date(from), to: new Date(to) })

async function staysOn(ctx: Ctx, person: PersonId, { from, to }: Span): Promise<readonly Stay[]> {
  const { rows } = await sql<Omit<Stay, 'details'> & { details: readonly { kind: VoiceDetail; seconds: number }[] }>`
    select i.id, i.started_at as "from", coalesce(i.ended_at, i.away_since) as "to", i.evidence, i.room_id as room, i.workspace_id as workspace,
      coalesce(r.room_name, o.channel_name, o.aim) as place,
      case when o.id is not null then jsonb_build_object('id', o.id, 'kind', o.kind, 'state', o.state, 'isDecided', o.credited_at is not null) end as solo,
      case when i.outage_id is not null then 'outage' when i.silent_breaks = 2 and i.ended_at is not null then 'silence' end as "endedBy",
      coalesce(d.details, '[]') as details
    from presence_interval i
    left join room r on r.id = i.room_id
    left join solo_session o on o.id = i.solo_id
    left join lateral (select jsonb_agg(jsonb_build_object('kind', kind, 'seconds', seconds)) as details from (
      select p.kind, floor(sum(extract(epoch from least(coalesce(p.ended_at, ${ctx.now}::timestamptz), ${to}::timestamptz)
          - greatest(p.started_at, ${from}::timestamptz))))::int as seconds
      from presence_detail p where p.presence_id = i.id and p.started_at < ${to}::timestamptz
        and coalesce(p.ended_at, ${ctx.now}::timestamptz) > ${from}::timestamptz group by p.kind) x) d on i.evidence = 'voice'
    where i.user_id = ${person}::uuid and i.started_at < ${to}::timestamptz and i.started_at > ${from}::timestamptz - ${longest}
      and coalesce(i.ended_at, 'infinity') > ${from}::timestamptz
    order by i.started_at`.execute(ctx.db)
  return rows
}

async function coursesOn(ctx: Ctx, rooms: readonly RoomId[], { from, to }: Span): Promise<readonly Course[]> {
  if (rooms.length === 0) return []
  const { rows } = await sql<Omit<Course, 'spans'> & { spans: readonly { from: string; to: string | null }[] }>`
    select p.id as phase, p.room_id as room, p.type, p.started_at as "from", p.ended_at as "to",
      p.credited_at is not null as "isDecided",
      (select coalesce(jsonb_agg(jsonb_build_object('from', s.started_at, 'to', s.ended_at) order by s.started_at), '[]')
        from phase_span s where s.phase_id = p.id) as spans
    from phase p
    where p.room_id = any(${rooms as RoomId[]}::uuid[]) and p.started_at < ${to}::timestamptz
      and p.started_at > ${from}::timestamptz - ${longest} and coalesce(p.ended_at, 'infinity') > ${from}::timestamptz
    order by p.started_at`.execute(ctx.db)
  return rows.map((row) => ({
    ...row,
    spans: row.spans.map((span) => ({ from: new Date(span.from), to: span.to === null ? null : new Date(span.to) })),
  }))
}

const stretchesOf = (ranges: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  (select coalesce(jsonb_agg(jsonb_build_object('from', lower(x), 'to', upper(x)) order by lower(x)), '[]') from unnest(${ranges}) x)`

type CreditRow = Omit<Credit, 'stretches' | 'corrections'> & {
  readonly stretches: readonly AsText<Span>[]
  readonly corrections: readonly {
    readonly taken: readonly AsText<Span>[]
    readonly reason: string | null
    readonly isOwn: boolean
    readonly name: string | null
  }[]
}

/** The records of a person that touch a day, by their end. */
export const creditsOn = (ctx: Ctx, person: PersonId, { from, to }: Span): Promise<readonly Credit[]> =>
  credits(
    ctx,
    sql`h.user_id = ${person}::uuid and h.completed_at > ${from}::timestamptz and h.completed_at < ${to}::timestamptz + ${longest}
      and h.started_at < ${to}::timestamptz`,
    sql`order by h.completed_at, h.id`,
  )

/** The newest records of a person that ended after `since`. */
export const newestCredits = (ctx: Ctx, person: PersonId, since: Date, limit: number): Promise<readonly Credit[]> =>
  credits(
    ctx,
    sql`h.user_id = ${person}::uuid and h.completed_at > ${since}::timestamptz`,
    sql`order by h.completed_at desc, h.id desc limit ${limit}`,
  )

async function credits(ctx: Ctx, where: RawBuilder<unknown>, order: RawBuilder<unknown>): Promise<readonly Credit[]> {
  const { rows } = await sql<CreditRow>`
    select h.id as session, h.source, h.session_type = 'break' as "isBreak", h.started_at as "from", h.completed_at as "to", h.seconds,
      ${stretchesOf(sql`h.earned`)} as stretches, h.phase_id as phase, h.solo_id as solo, h.room_name as place, h.aim, h.subject, h.result,
      h.workspace_id as workspace, h.manual_id as manual,
      (select coalesce(jsonb_agg(jsonb_build_object('taken', ${stretchesOf(sql`c.earned_before - c.earned_after`)}, 'reason', c.reason,
          'isOwn', c.workspace_id is null, 'name', ${shownName('u')}) order by c.created_at), '[]')
        from session_correction c left join "user" u on u.id = c.corrected_by
        where c.session_id = h.id and c.undone_at is null) as corrections
    from session_history h
    where ${where} ${order}`.execute(ctx.db)
  return rows.map((row) => ({
    ...row,
    stretches: row.stretches.map(spanOf),
    corrections: row.corrections.map(({ taken, isOwn, name, reason }) => ({
      taken: taken.map(spanOf),
      by: isOwn ? null : called(name),
      reason,
    })),
  }))
}

/** Outages of the platforms on which the person was seen, as far as they touch the day. */
async function blindsOn(ctx: Ctx, person: PersonId, { from, to }: Span): Promise<readonly Blind[]> {
  const { rows } = await sql<Blind>`
    select o.platform, o.started_at as "from", coalesce(o.ended_at, ${ctx.now}::timestamptz) as "to",
      case when g.id is null then 'bridged' when g.answered_at is null then 'open' else 'answered' end as gap
    from outage o
    left join outage_gap g on g.outage_id = o.id and g.user_id = ${person}::uuid
    where o.started_at < ${to}::timestamptz and o.started_at > ${from}::timestamptz - ${longest}
      and coalesce(o.ended_at, 'infinity') > ${from}::timestamptz
      and exists (select from presence_interval i join workspace w on w.id = i.workspace_id
        where i.user_id = ${person}::uuid and w.platform = o.platform
          and i.started_at < coalesce(o.ended_at, 'infinity') and i.started_at > ${from}::timestamptz - ${longest}
          and coalesce(i.ended_at, 'infinity') >= o.started_at
          and (w.platform <> 'discord' or mod(floor(w.external_id::numeric / 4194304), o.shard_count) = o.shard))
    order by o.started_at`.execute(ctx.db)
  return rows
}
