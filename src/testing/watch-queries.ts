import type { CompiledQuery } from 'kysely'
import type { Database } from '../db/database.ts'

export type Asked = { readonly text: string; readonly values: readonly unknown[] }

/** Remembers what is asked of a database from now on. */
export function watchQueries({ connections, lookout }: Database): readonly Asked[] {
  const asked: Asked[] = []
  const watched = new WeakSet<object>()
  const take = connections.take
  Object.assign(connections, {
    take: async () => {
      const connection = await take()
      if (watched.has(connection)) return connection
      watched.add(connection)
      const query = connection.query
      return Object.assign(connection, {
        query: (text: string, values: readonly unknown[]) => {
          asked.push({ text, values })
          return query(text, values)
        },
      })
    },
  })
  const looking = lookout.getExecutor()
  const look = looking.executeQuery.bind(looking)
  Object.assign(looking, {
    executeQuery: (query: CompiledQuery) => {
      asked.push({ text: query.sql, values: query.parameters })
      return look(query)
    },
  })
  return asked
}
