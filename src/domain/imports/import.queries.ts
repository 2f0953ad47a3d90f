import { sql } from 'kysely'
import type { ImportFormat } from '../../db/schema.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { WorkspaceId } from '../../kernel/ids.ts'
import { actingPerson } from '../people/person.queries.ts'
import type { Summary } from './reading.ts'

/** An upload that waits for its person's word. */
export type Draft = { readonly format: ImportFormat; readonly summary: Summary }

/** The acting person's upload; null where there is none. */
export async function draftOf(ctx: Ctx): Promise<Draft | null> {
  const row = await ctx.db
    .selectFrom('import_draft')
    .select(['format', 'workspace_id', sql<Summary>`convert_from(content, 'UTF8')::json -> 'summary'`.as('summary')])
    .where('user_id', '=', actingPerson(ctx))
    .executeTakeFirst()
  return row !== undefined && isHere(ctx, row) ? row : null
}

export async function hasDraft(ctx: Ctx): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('import_draft')
    .select(['format', 'workspace_id'])
    .where('user_id', '=', actingPerson(ctx))
    .executeTakeFirst()
  return row !== undefined && isHere(ctx, row)
}

/** Hours of a server are brought where they were looked at, and nowhere else. */
export const isHere = (ctx: Ctx, draft: { readonly format: ImportFormat; readonly workspace_id: WorkspaceId }): boolean =>
  draft.format !== 'hours' || (ctx.actor !== 'clock' && draft.workspace_id === ctx.actor.workspace)

/** Something the acting person, or the owner of their server, brought for them. */
export type Imported = {
  readonly id: string
  readonly format: ImportFormat
  readonly createdAt: Date
  readonly sessions: number
  readonly seconds: number
  readonly workspace: string | null
}

export async function importsOf(ctx: Ctx): Promise<readonly Imported[]> {
  const { rows } = await sql<Imported>`
    select i.id, i.format, i.created_at as "createdAt", w.name as workspace, count(h.id)::int as sessions, coalesce(sum(h.seconds), 0)::float8 as seconds
    from history_import i left join session_history h on h.import_id = i.id left join workspace w on w.id = i.workspace_id
    where i.user_id = ${actingPerson(ctx)}::uuid group by i.id, w.name order by i.created_at desc`.execute(ctx.db)
  return rows
}

/** Of how many people a server has brought hours, and how many of them use the product there. */
export type Brought = { readonly people: number; readonly known: number }

/** What the server where it is asked has brought. */
export async function broughtHere(ctx: Ctx): Promise<Brought> {
  if (ctx.actor === 'clock') throw new Error('only a person asks here')
  const { rows } = await sql<Brought>`
    select count(*) as people, count(*) filter (where import_id is not null or changed_at is not null) as known from imported_hours
    where workspace_id = ${ctx.actor.workspace}::uuid and refused_at is null and seconds > 0`.execute(ctx.db)
  return rows[0] ?? { people: 0, known: 0 }
}
