import type { ControlledTransaction } from 'kysely'
import { type Db as BossDatabase, fromKysely } from 'pg-boss'
import type { Database } from '../db/database.ts'
import type { DB } from '../db/schema.ts'

type BossTransaction = { db: BossDatabase; commit(): Promise<void>; rollback(): Promise<void> }

/** What pg-boss asks of a database, answered by our pool; `transactionOf` finds the transaction behind what a handler is given. */
export function bossDatabase({ db, connections, pool, listen }: Database): {
  database: BossDatabase
  transactionOf(database: BossDatabase): ControlledTransaction<DB>
} {
  const transactions = new WeakMap<BossDatabase, ControlledTransaction<DB>>()

  async function beginTransaction(): Promise<BossTransaction> {
    const transaction = await db.startTransaction().execute()
    const inside = fromKysely(transaction)
    transactions.set(inside, transaction)
    return {
      db: inside,
      commit: () => transaction.commit().execute(),
      async rollback() {
        if (!transaction.isCommitted && !transaction.isRolledBack) await transaction.rollback().execute()
      },
    }
  }

  const database: BossDatabase = {
    async executeSql(text, values = []) {
      const connection = await connections.take()
      try {
        const { rows } = values.length > 0 ? await connection.query(text, values) : await connection.script(text)
        return { rows: [...rows] }
      } catch (error) {
        // A script may have stopped inside a transaction of its own.
        if (values.length === 0) connection.discard()
        throw error
      } finally {
        connections.release(connection)
      }
    },
    listen: (channel, hear, resumed) => listen(channel, hear, resumed),
    beginTransaction,
    async setSessionStatements(statements) {
      connections.prepare(statements)
    },
    poolCounts() {
      const { size, inUse, waiting } = pool()
      return { max: size, total: size, idle: size - inUse, waiting }
    },
  }
  return {
    database,
    transactionOf(given) {
      const transaction = transactions.get(given)
      if (!transaction) throw new Error('This is no transaction of ours.')
      return transaction
    },
  }
}
