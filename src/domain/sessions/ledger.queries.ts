import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import type { PersonId, PhaseId, SessionId, SoloId, WorkspaceId } from '../../kernel/ids.ts'
import { earnedAlone, earnedIn, secondsIn, shortestSessionSeconds } from './earned.queries.ts'
import { dayTally, sumsOf, type Tally, topicTally, workspaceTally } from './tallies.queries.ts'

/** Rows that are looked at in one go. */
const batch = 2000

/** A total that does not follow from the sessions: what stands written, and what is right; null where there should be or is no row. */
export type WrongTotal = { readonly table: string; readonly key: string; readonly written: string | null; readonly right: string | null }

/** A session that does not follow from who was where when: null where nothing is written, or where nothing was earned. */
export type WrongCredit = {
  readonly phase: PhaseId | null
  readonly solo: SoloId | null
  readonly person: PersonId
  readonly session: SessionId | null
  readonly written: string | null
  readonly right: string | null
}

/** Rows by keyset, `batch` at a time: the next ids after `last`. */
async function idsAfter(ctx: Ctx, table: 'user' | 'phase' | 'solo_session' | 'workspace', last: string): Promise<readonly string[]> {
  const { rows } = await sql<{
    id: string
  }>`select id from ${sql.table(table)} where id > ${last}::uuid order by id limit ${batch}`.execute(ctx.db)
  return rows.map(({ id }) => id)
}

const first = '00000000-0000-0000-0000-000000000000'

/** Every id of a table, in batches, so that no memory holds them all. */
export async function* inBatches(ctx: Ctx, table: Parameters<typeof idsAfter>[1]): AsyncGenerator<readonly string[]> {
  for (let ids = await idsAfter(ctx, table, first); ids.length > 0; ids = await idsAfter(ctx, table, ids.at(-1) ?? first)) yield ids
}

const sessionsOf = (column: 'user_id' | 'workspace_id', ids: readonly string[]): RawBuilder<unknown> =>
  sql`select * from session_history where ${sql.ref(column)} = any(${ids as string[]}::uuid[]) and session_type = 'work'`

async function wrongIn(ctx: Ctx, tally: Tally, owner: 'user_id' | 'workspace_id', ids: readonly string[]): Promise<readonly WrongTotal[]> {
  const columns = [...tally.amounts, ...tally.lists]
  const row = (alias: string) => sql.raw(`row(${columns.map((name) => `${alias}.${name}`).join(', ')})`)
  const written = (alias: string) =>
    sql.raw(`case when ${alias}.${owner} is not null then concat_ws(' ', ${columns.map((name) => `${alias}.${name}`).join(', ')}) end`)
  const keys = sql.raw(tally.keys.map((key) => `coalesce(w.${key}, x.${key})`).join(', '))
  const { rows } = await sql<WrongTotal>`
    select ${tally.table} as "table", concat_ws(' ', ${keys}) as key, ${written('w')} as written, ${written('x')} as right
    from (select * from ${sql.table(tally.table)} where ${sql.ref(owner)} = any(${ids as string[]}::uuid[])) w
    full join (${sumsOf(tally, sessionsOf(owner, ids))}) x on ${sql.raw(tally.keys.map((key) => `w.${key} = x.${key}`).join(' and '))}
    where ${row('w')} is distinct from ${row('x')}`.execute(ctx.db)
  return rows
}

/** What is wrong in the totals of these people. */
export async function wrongTotals(ctx: Ctx, people: readonly PersonId[]): Promise<readonly WrongTotal[]> {
  const { rows } = await sql<WrongTotal>`
    select 'user' as "table", u.id::text as key, concat_ws(' ', u.total_focus_time, u.total_sessions) as written, concat_ws(' ', coalesce(h.seconds, 0), coalesce(h.sessions, 0)) as right
    from "user" u left join (select user_id, sum(seconds) as seconds, (count(*) filter (where seconds > 0))::int as sessions from (${sessionsOf('user_id', people)}) h group by user_id) h on h.user_id = u.id
    where u.id = any(${people as PersonId[]}::uuid[]) and (u.total_focus_time, u.total_sessions) is distinct from (coalesce(h.seconds, 0), coalesce(h.sessions, 0))`.execute(
    ctx.db,
  )
  return [...rows, ...(await wrongIn(ctx, dayTally, 'user_id', people)), ...(await wrongIn(ctx, topicTally, 'user_id', people))]
}

export const wrongWorkspaceTotals = (ctx: Ctx, workspaces: readonly WorkspaceId[]): Promise<readonly WrongTotal[]> =>
  wrongIn(ctx, workspaceTally, 'workspace_id', workspaces)

/** What a session counted before anybody corrected it. */
const credited = sql`coalesce((select c.earned_before from session_correction c where c.session_id = h.id order by c.created_at, c.id limit 1), h.earned)`

/** What is wrong in the credit of these phases; those about whom something is undecided are left out. */
export async function wrongCredit(ctx: Ctx, phases: readonly PhaseId[]): Promise<readonly WrongCredit[]> {
  const over = sql`select * from phase where id = any(${phases as PhaseId[]}::uuid[]) and type = 'work' and credited_at is not null`
  const { rows } = await sql<WrongCredit>`
    with right_ones as (select * from (${earnedIn(over, ctx.now).rows}) e where ${secondsIn(sql`e.earned`)} >= ${shortestSessionSeconds})
    select coalesce(h.phase_id, e.phase_id) as phase, null as solo, coalesce(h.user_id, e.user_id) as person, h.id as session,
      (${credited})::text as written, e.earned::text as right
    from (select * from session_history where phase_id in (select id from (${over}) o)) h
    full join right_ones e on e.phase_id = h.phase_id and e.user_id = h.user_id
    where (${credited}) is distinct from e.earned`.execute(ctx.db)
  return rows
}

/** The same of these solo sessions. */
export async function wrongSoloCredit(ctx: Ctx, solos: readonly SoloId[]): Promise<readonly WrongCredit[]> {
  const over = sql`select * from solo_session where id = any(${solos as SoloId[]}::uuid[]) and credited_at is not null`
  const { rows } = await sql<WrongCredit>`
    with right_ones as (select * from (${earnedAlone(over, ctx.now)}) e where not e.undecided and ${secondsIn(sql`e.earned`)} >= ${shortestSessionSeconds})
    select null as phase, coalesce(h.solo_id, e.solo_id) as solo, coalesce(h.user_id, e.user_id) as person, h.id as session,
      (${credited})::text as written, e.earned::text as right
    from (select * from session_history where solo_id = any(${solos as SoloId[]}::uuid[])) h
    full join right_ones e on e.solo_id = h.solo_id
    where (${credited}) is distinct from e.earned`.execute(ctx.db)
  return rows
}

/** Sessions whose stretches are not what their corrections say. */
export async function wrongCorrections(ctx: Ctx, people: readonly PersonId[]): Promise<readonly SessionId[]> {
  const { rows } = await sql<{ id: SessionId }>`
    select h.id from session_history h
    join lateral (select c.earned_after from session_correction c where c.session_id = h.id and c.undone_at is null order by c.created_at desc, c.id desc limit 1) c on true
    where h.user_id = any(${people as PersonId[]}::uuid[]) and h.earned is distinct from c.earned_after`.execute(ctx.db)
  return rows.map(({ id }) => id)
}
