import { type Kysely, sql } from 'kysely'
import type { DB } from '../../src/db/schema.ts'
import { table } from './table.ts'

const generated = '<!-- Generated from the comments of a migrated database by `npm run docs`. -->'

type Column = { name: string; type: string; required: boolean; refers: string | null; about: string | null }
type Table = { name: string; about: string | null; columns: Column[]; indexes: string[] | null }

/** `docs/schema.md`: every table and column, with the comments that stand in the database itself. */
export async function schemaPage(db: Kysely<DB>): Promise<string> {
  const tables = await readTables(db)
  return `${[generated, '# Database', ...tables.map(section)].join('\n\n')}\n`
}

const section = ({ name, about, columns, indexes }: Table): string =>
  [
    `## ${name}`,
    about ?? '',
    table(
      ['column', 'type', 'is'],
      columns.map(({ name, type, required, refers, about }) => [
        `\`${name}\``,
        `${type}${required ? '' : ', may be null'}${refers === null ? '' : ` → ${refers}`}`,
        about ?? '',
      ]),
    ),
    ...(indexes === null ? [] : [indexes.map((index) => `- \`${index}\``).join('\n')]),
  ].join('\n\n')

/** Our own tables: the migrations' bookkeeping and the queue's schema are left out. */
async function readTables(db: Kysely<DB>): Promise<readonly Table[]> {
  const { rows } = await sql<Table>`
    select c.relname as name, obj_description(c.oid) as about,
      (select json_agg(json_build_object(
          'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'required', a.attnotnull,
          'about', col_description(c.oid, a.attnum),
          'refers', (select string_agg(f.confrelid::regclass::text, ', ') from pg_constraint f
            where f.conrelid = c.oid and f.contype = 'f' and a.attnum = any (f.conkey))) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select json_agg(regexp_replace(pg_get_indexdef(i.indexrelid), '^CREATE (UNIQUE )?INDEX (\\S+) ON \\S+ USING ', '\\1\\2 ') order by i.indexrelid::regclass::text)
        from pg_index i where i.indrelid = c.oid and not i.indisprimary) as indexes
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely%'
    order by c.relname`.execute(db)
  return rows
}
