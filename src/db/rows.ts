import { type RawBuilder, sql } from 'kysely'

/**
 * Many rows as one parameter, to join with or insert from: `rows(list, 'x', { id: 'uuid', at: 'timestamptz' })`.
 * Goes over as text, since a parameter typed as JSON would be encoded a second time.
 */
export const rows = (list: readonly object[], alias: string, columns: Readonly<Record<string, string>>): RawBuilder<unknown> =>
  sql`json_to_recordset(${JSON.stringify(list)}::text::json) as ${sql.raw(
    `${alias}(${Object.entries(columns)
      .map(([name, type]) => `${name} ${type}`)
      .join(', ')})`,
  )}`
