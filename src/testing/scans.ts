import { CompiledQuery, type Kysely } from 'kysely'
import type { DB } from '../db/schema.ts'
import type { Asked } from './watch-queries.ts'

type Node = {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Actual Rows'?: number
  readonly 'Actual Loops'?: number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly Node[]
}

/** More rows of one table than any answer needs: an index that leads to all of them is none. */
export const tooMany = 1000

/** The tables that hold at least so many rows. */
export async function tablesFrom(db: Kysely<DB>, count: number): Promise<ReadonlySet<string>> {
  const { rows } = await db.executeQuery<{ relname: string }>(
    CompiledQuery.raw(`select relname from pg_class where relkind = 'r' and reltuples >= $1`, [count]),
  )
  return new Set(rows.map(({ relname }) => relname))
}

export const isStatement = ({ text }: Asked): boolean => /^\s*(with|select|insert|update|delete)\b/i.test(text) && !/\bqueue\./.test(text)

/** The `large` tables that a statement reads from end to end, or as good as, each with the statement. A read is tried, a write only planned. */
export async function scansIn(db: Kysely<DB>, { text, values }: Asked, large: ReadonlySet<string>): Promise<readonly string[]> {
  const how = /^\s*select\b/i.test(text) ? 'analyze, format json' : 'format json'
  const { rows } = await db.executeQuery<{ 'QUERY PLAN': readonly [{ Plan: Node }] }>(
    CompiledQuery.raw(`explain (${how}) ${text}`, [...values]),
  )
  const nodes = (node: Node): readonly Node[] => [node, ...(node.Plans ?? []).flatMap(nodes)]
  return rows
    .flatMap((row) => nodes(row['QUERY PLAN'][0].Plan))
    .filter((node) => large.has(node['Relation Name'] ?? ''))
    .filter((node) => node['Node Type'] === 'Seq Scan' || rowsRead(node) > tooMany)
    .map((node) => `${node['Node Type']} of ${node['Relation Name']}: ${text}`)
}

const rowsRead = (node: Node): number => ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) * (node['Actual Loops'] ?? 1)
