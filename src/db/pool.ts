import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import postgres from 'postgres'
import { openAnswers } from './answers.ts'
import { DatabaseBusy } from './refused.ts'
import { types } from './types.ts'

export type PoolOptions = {
  readonly url: string
  /** Connections at most. */
  readonly pool: number
  /** The longest wait for a connection. */
  readonly waitMilliseconds: number
  /** A connection older than this is replaced when nobody uses it. */
  readonly renewSeconds: number
  /** The longest run of one statement; 0 is no limit. */
  readonly statementMilliseconds: number
  /** Slower statements are logged, without their values. */
  readonly slowMilliseconds: number
}

export type Rows = { readonly rows: readonly Record<string, unknown>[]; readonly count: number | null; readonly command: string }

/** One connection, in the hands of one caller at a time. */
export type Connection = {
  /** Whether nothing was asked since it was taken. */
  readonly fresh: boolean
  readonly lost: boolean
  query(text: string, values: readonly unknown[]): Promise<Rows>
  /** Several statements at once, without values. */
  script(text: string): Promise<Rows>
  stream(text: string, values: readonly unknown[], chunk: number): AsyncIterable<readonly Record<string, unknown>[]>
  /** Its session is in doubt: closed instead of being used again. */
  discard(): void
}

export type PoolCounts = { readonly size: number; readonly inUse: number; readonly waiting: number }
export type Pool = {
  /** @throws DatabaseBusy when none is free within the wait. */
  take(): Promise<Connection>
  release(connection: Connection): void
  /** One connection was cut off, so those lying idle most likely were too: the next ones are opened anew. */
  renew(): void
  /** Statements that every session runs before its first use, from now on. Nobody may hold a connection meanwhile. */
  prepare(statements: readonly string[]): void
  counts(): PoolCounts
  /** Waits for those in use for up to `graceSeconds`, then cuts them. */
  close(graceSeconds?: number): Promise<void>
}

/** Longer texts (inserts of many rows) differ each time: keeping them prepared would fill the server's memory. */
export const longestPrepared = 12_000
const longestLogged = 200

/**
 * A pool of our own, each connection a postgres.js of one: postgres.js has no time limit for waiting, and when a server ends a
 * reserved connection it goes on writing to the closed socket, which ends the process.
 */
export function createPool(options: PoolOptions, log: Logger): Pool {
  const idle: Member[] = []
  const members = new Map<Connection, Member>()
  const waiting: { give(member: Member): void; refuse(error: Error): void }[] = []
  let preparation: readonly string[] = []
  let closing = false

  function open(): Member {
    const member = connect(options, log, () => {
      const place = idle.indexOf(member)
      if (place >= 0) drop(idle.splice(place, 1)[0])
    })
    members.set(member.connection, member)
    return member
  }

  function drop(member: Member | undefined): void {
    if (!member) return
    members.delete(member.connection)
    void member.end(0)
  }

  function next(): Member | null {
    for (let member = idle.pop(); member; member = idle.pop()) {
      if (performance.now() - member.opened < options.renewSeconds * 1000) return member
      drop(member)
    }
    return members.size < options.pool ? open() : null
  }

  async function queue(): Promise<Member> {
    const { promise, resolve, reject } = Promise.withResolvers<Member>()
    const waiter = { give: resolve, refuse: reject }
    const limit = setTimeout(() => {
      waiting.splice(waiting.indexOf(waiter), 1)
      reject(new DatabaseBusy(options.waitMilliseconds))
    }, options.waitMilliseconds)
    waiting.push(waiter)
    return promise.finally(() => clearTimeout(limit))
  }

  function release(connection: Connection): void {
    const member = members.get(connection)
    if (!member) return
    if (connection.lost || closing) drop(member)
    else idle.push(member)
    const free = waiting.length > 0 ? next() : null
    if (free) waiting.shift()?.give(free)
  }

  return {
    async take() {
      if (closing) throw new Error('The database is closing.')
      const member = next() ?? (await queue())
      await member.taken(preparation).catch((error: unknown) => {
        member.connection.discard()
        release(member.connection)
        throw error
      })
      return member.connection
    },
    release,
    renew() {
      for (const member of idle.splice(0)) drop(member)
    },
    prepare(statements) {
      preparation = statements
      this.renew()
    },
    counts: () => ({ size: options.pool, inUse: members.size - idle.length, waiting: waiting.length }),
    async close(graceSeconds = 5) {
      closing = true
      for (const waiter of waiting.splice(0)) waiter.refuse(new Error('The database is closing.'))
      for (const member of idle.splice(0)) drop(member)
      for (let waited = 0; members.size > 0 && waited < graceSeconds * 1000; waited += 20) await wait(20)
      for (const member of members.values()) drop(member)
    },
  }
}

/** Does it, and logs the beginning of the statement, without its values, where that took long. */
export async function timed<T>(
  { slowMilliseconds }: Pick<PoolOptions, 'slowMilliseconds'>,
  log: Logger,
  text: string,
  run: () => Promise<T>,
): Promise<T> {
  const start = performance.now()
  try {
    return await run()
  } finally {
    const milliseconds = Math.round(performance.now() - start)
    if (milliseconds >= slowMilliseconds)
      log.warn({ milliseconds, sql: text.replaceAll(/\s+/g, ' ').trim().slice(0, longestLogged) }, 'slow query')
  }
}

type Member = {
  readonly connection: Connection
  readonly opened: number
  taken(preparation: readonly string[]): Promise<void>
  end(timeout: number): Promise<void>
}

function connect(options: PoolOptions, log: Logger, onLost: () => void): Member {
  let prepared = false
  let fresh = true
  let lost = false
  let connected = false
  const opened = performance.now()
  const answers = openAnswers()
  const sql = postgres(options.url, {
    ...connectionOptions(options),
    onclose: () => {
      lost = true
      answers.lose(connectionLost())
      onLost()
    },
  })

  async function run(text: string, values: readonly unknown[], how: postgres.UnsafeQueryOptions & { simple?: boolean }): Promise<Rows> {
    if (lost) throw connectionLost()
    fresh = false
    const ask = async (): Promise<Rows> => {
      const result = await answers.to(sql.unsafe(text, [...values] as postgres.ParameterOrJSON<never>[], how))
      return { rows: Array.isArray(result[0]) ? result.flat() : [...result], count: result.count, command: result.command }
    }
    // The first statement of a connection opens it, which says nothing of the statement.
    if (connected) return timed(options, log, text, ask)
    const rows = await ask()
    connected = true
    return rows
  }

  const connection: Connection = {
    get fresh() {
      return fresh
    },
    get lost() {
      return lost
    },
    query: (text, values) => run(text, values, { prepare: text.length <= longestPrepared, simple: false }),
    script: (text) => run(text, [], { simple: true }),
    stream(text, values, chunk) {
      if (lost) throw connectionLost()
      fresh = false
      return sql.unsafe(text, [...values] as postgres.ParameterOrJSON<never>[]).cursor(chunk)
    },
    discard() {
      lost = true
    },
  }
  return {
    connection,
    opened,
    async taken(preparation) {
      for (const statement of prepared ? [] : preparation) await connection.script(statement)
      prepared = true
      fresh = true
    },
    end: (timeout) => sql.end({ timeout }),
  }
}

/**
 * What every connection of ours has in common; lifetimes are the pool's own business. Pages are read from memory or a solid-state
 * disk, where one out of order costs hardly more (`random_page_cost`): PostgreSQL's own guess is a spinning disk.
 */
export const connectionOptions = (options: Pick<PoolOptions, 'statementMilliseconds'>) =>
  ({
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 10,
    no_subscribe: true,
    types,
    onnotice: () => undefined,
    connection: {
      application_name: 'focus-mate',
      statement_timeout: options.statementMilliseconds,
      random_page_cost: 1.1,
      TimeZone: 'UTC',
    },
  }) as const

export const connectionLost = (): Error =>
  Object.assign(new Error('The connection to the database was lost.'), { code: 'CONNECTION_CLOSED' })
