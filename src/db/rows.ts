import { type RawBuilder, sql } from 'kysely'

/** The names of columns and their types. */
export type RowColumns = Readonly<Record<string, string>>

/**
 * Many rows as one parameter, to join with or insert from: `rows(list, 'x', { id: 'uuid', at: 'timestamptz' })`.
 * Goes over as text, since a parameter typed as JSON would be encoded a second time.
 */
export const rows = (list: readonly object[], alias: string, columns: RowColumns): RawBuilder<unknown> =>
  rowsIn(sql`${JSON.stringify(list)}::text::json`, alias, columns)

/** The same of a list that the database holds as JSON. */
export const rowsIn = (json: RawBuilder<unknown>, alias: string, columns: RowColumns): RawBuilder<unknown> =>
  sql`json_to_recordset(${json}) as ${sql.raw(
    `${alias}(${Object.entries(columns)
      .map(([name, type]) => `${name} ${type}`)
      .join(', ')})`,
  )}`
