import {
  AbortedTransactionError,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type SelectQueryNode,
} from 'kysely'
import type { Connection, Pool, Rows } from './pool.ts'

/**
 * Kysely over our pool. Unlike kysely-postgres-js it says when a commit was answered by a rollback, gives up a connection whose
 * rollback failed, and repeats a lost read.
 */
export const createDialect = (pool: Pool): Dialect => dialectOver(createDriver(pool))

/** The words of PostgreSQL, over any way to its connections. */
export const dialectOver = (driver: Driver): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => driver,
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
})

type Session = DatabaseConnection & { connection: Connection; inTransaction: boolean }

function createDriver(pool: Pool): Driver {
  const command = (session: DatabaseConnection, text: string): Promise<Rows> => (session as Session).connection.query(text, [])
  return {
    init: async () => undefined,
    acquireConnection: async () => openSession(pool, await pool.take()),
    async beginTransaction(session, { isolationLevel, accessMode }) {
      await command(session, ['begin', isolationLevel && `isolation level ${isolationLevel}`, accessMode].filter(Boolean).join(' '))
      Object.assign(session, { inTransaction: true })
    },
    async commitTransaction(session) {
      const { command: answer } = await command(session, 'commit')
      Object.assign(session, { inTransaction: false })
      if (answer === 'ROLLBACK') throw new AbortedTransactionError()
    },
    async rollbackTransaction(session) {
      try {
        await command(session, 'rollback')
        Object.assign(session, { inTransaction: false })
      } catch {
        // The server rolls back what a closed connection leaves, and the caller has the error that matters.
        ;(session as Session).connection.discard()
      }
    },
    async savepoint(session, name) {
      await command(session, `savepoint ${quoted(name)}`)
    },
    async rollbackToSavepoint(session, name) {
      await command(session, `rollback to ${quoted(name)}`)
    },
    async releaseSavepoint(session, name) {
      await command(session, `release ${quoted(name)}`)
    },
    async releaseConnection(session) {
      const { connection, inTransaction } = session as Session
      if (inTransaction) connection.discard()
      pool.release(connection)
    },
    destroy: async () => undefined,
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

function openSession(pool: Pool, taken: Connection): Session {
  const session: Session = {
    connection: taken,
    inTransaction: false,
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const repeatable = session.connection.fresh && !session.inTransaction && isRead(query)
      const answer = await session.connection.query(query.sql, query.parameters).catch(async (error: unknown) => {
        if (!repeatable || !wasLost(error)) throw error
        session.connection.discard()
        pool.release(session.connection)
        pool.renew()
        session.connection = await pool.take()
        return session.connection.query(query.sql, query.parameters)
      })
      return result<R>(answer)
    },
    async *streamQuery<R>(query: CompiledQuery, chunk: number) {
      for await (const rows of session.connection.stream(query.sql, query.parameters, chunk)) yield { rows: rows as R[] }
    },
  }
  return session
}

function result<R>({ rows, count, command }: Rows): QueryResult<R> {
  const changes = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(command)
  return { rows: rows as R[], ...(changes ? { numAffectedRows: BigInt(count ?? 0) } : {}) }
}

/** A select without a `with` changes nothing, so it may be asked again. */
function isRead({ query }: CompiledQuery): boolean {
  return query.kind === 'SelectQueryNode' && !(query as SelectQueryNode).with
}

const lossCodes = new Set(['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'ECONNRESET', 'EPIPE', '57P01', '57P02'])

/** Whether the server ended the connection (restart, failover), rather than refused the statement. */
export const wasLost = (error: unknown): boolean => error instanceof Error && 'code' in error && lossCodes.has(String(error.code))
