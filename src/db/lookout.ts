import { setTimeout as wait } from 'node:timers/promises'
import { type CompiledQuery, type DatabaseConnection, Kysely, type QueryResult } from 'kysely'
import type { Logger } from 'pino'
import postgres from 'postgres'
import { openAnswers } from './answers.ts'
import { dialectOver, wasLost } from './dialect.ts'
import { connectionLost, connectionOptions, longestPrepared, type PoolOptions, timed } from './pool.ts'
import type { DB } from './schema.ts'

/** As many server processes as look things up at once; each has a queue of its own. */
const connections = 4

/** What only looks may be asked again. A connection that was lost may tell so twice: to what was under way, and to the next that it is given. */
const attempts = 3

/** The server says that it ends a connection before it does, in milliseconds: what is sent in between is lost too. */
const untilClosed = 100

/** For what only looks. It has no transactions. */
export type Lookout = { readonly db: Kysely<DB>; close(): Promise<void> }

/**
 * A few connections beside the pool that all readers share: a statement is sent behind those under way instead of waiting for
 * their answers, so that several travel in one packet. Several times the reads of connections taken one by one (`npm run bench -- commands`).
 */
export function openLookout(options: PoolOptions, log: Logger): Lookout {
  const answers = openAnswers()
  // Whichever connection closed, asking anew is cheaper than finding out whose answer is lost.
  const onclose = (): void => answers.lose(connectionLost())
  const sql = postgres(options.url, { ...connectionOptions(options), max: connections, max_lifetime: options.renewSeconds, onclose })

  let connected = false
  const ask = <R>({ sql: text, parameters }: CompiledQuery): Promise<QueryResult<R>> => {
    const look = async (): Promise<QueryResult<R>> => {
      const values = [...parameters] as postgres.ParameterOrJSON<never>[]
      const rows = [...(await answers.to(sql.unsafe(text, values, { prepare: text.length <= longestPrepared })))] as R[]
      connected = true
      return { rows }
    }
    // What is asked before the first answer waits for connections to be opened, which says nothing of the statement.
    return connected ? timed(options, log, text, look) : look()
  }

  const shared: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      for (let attempt = 1; ; attempt++) {
        try {
          return await ask<R>(query)
        } catch (error) {
          if (!wasLost(error) || attempt === attempts) throw error
          await wait(untilClosed)
        }
      }
    },
    streamQuery() {
      throw new Error('Rows are streamed from the pool.')
    },
  }
  const noTransactions = async (): Promise<never> => {
    throw new Error('What only looks has no transaction.')
  }
  const driver = {
    init: async () => undefined,
    acquireConnection: async () => shared,
    beginTransaction: noTransactions,
    commitTransaction: noTransactions,
    rollbackTransaction: noTransactions,
    releaseConnection: async () => undefined,
    destroy: async () => undefined,
  }
  return { db: new Kysely<DB>({ dialect: dialectOver(driver) }), close: () => sql.end({ timeout: 5 }) }
}
