import type postgres from 'postgres'

/** `isWide`: its rows may hold files. */
export type Table = { readonly table: string; readonly columns: readonly string[]; readonly isWide: boolean }

/** Our tables with the columns that hold something of their own, those that others refer to first. The list of migrations is not among them. */
export async function tablesOf(sql: postgres.Sql | postgres.ReservedSql | postgres.TransactionSql): Promise<readonly Table[]> {
  const tables = await sql<(Table & { readonly needs: readonly string[] })[]>`
    select c.relname as table,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and a.atttypid = 'bytea'::regtype) as "isWide",
      coalesce((select array_agg(distinct r.relname::text) from pg_constraint k join pg_class r on r.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid), '{}') as needs
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely%'
    order by c.relname`
  const ordered: Table[] = []
  const placed = new Set<string>()
  while (ordered.length < tables.length) {
    const ready = tables.filter(({ table, needs }) => !placed.has(table) && needs.every((need) => placed.has(need)))
    if (ready.length === 0) throw new Error('the tables refer to each other in a circle')
    for (const { needs: _needs, ...table } of ready) {
      ordered.push(table)
      placed.add(table.table)
    }
  }
  return ordered
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
export const listOf = (columns: readonly string[]): string => columns.map(quoted).join(', ')
