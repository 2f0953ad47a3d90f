import { sql } from 'kysely'
import type { ImportFormat } from '../../db/schema.ts'
import type { Ctx } from '../../kernel/context.ts'
import { actingPerson } from '../people/person.queries.ts'

export type Draft = { readonly format: ImportFormat; readonly content: Buffer }

/** The acting person's upload that waits for their word; null where there is none. */
export async function draftOf(ctx: Ctx): Promise<Draft | null> {
  const row = await ctx.db
    .selectFrom('import_draft')
    .select(['format', 'content', 'workspace_id'])
    .where('user_id', '=', actingPerson(ctx))
    .executeTakeFirst()
  // Hours of a server are brought where they were looked at, and nowhere else.
  const isElsewhere = row?.format === 'hours' && (ctx.actor === 'clock' || row.workspace_id !== ctx.actor.workspace)
  return row === undefined || isElsewhere ? null : row
}

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
