import { sql } from 'kysely'
import type { App } from './kernel/context.ts'

/** Something that must be up before people are sent here: a bot's connection. */
export type Part = { readonly name: string; healthy(): boolean | Promise<boolean> }

/** What `/ready` answers: 200 and 'ready', or 503 with the parts that are down. */
export type Readiness = {
  readonly code: 200 | 503
  readonly answer: { readonly status: string; readonly parts: Readonly<Record<string, string>> }
}

/** What `/health` answers while the process lives. */
export const alive = { status: 'live' } as const

/** Looks at the database, the queue and each part. A check that throws is a part that is down: its reason is for the log. */
export async function readiness(app: App, parts: readonly Part[]): Promise<Readiness> {
  const looks = await Promise.all(
    [database(app), queue(app), ...parts].map(async (part) => ({ name: part.name, up: await isUp(app, part) })),
  )
  const ready = looks.every(({ up }) => up)
  return {
    code: ready ? 200 : 503,
    answer: {
      status: ready ? 'ready' : 'waiting',
      parts: Object.fromEntries(looks.map(({ name, up }) => [name, up ? 'ready' : 'down'])),
    },
  }
}

async function isUp(app: App, part: Part): Promise<boolean> {
  try {
    return await part.healthy()
  } catch (error) {
    app.log.warn({ err: error, part: part.name }, 'a part is not ready')
    return false
  }
}

const database = (app: App): Part => ({
  name: 'database',
  healthy: async () => {
    await sql`select 1`.execute(app.db)
    return true
  },
})

const queue = (app: App): Part => ({
  name: 'queue',
  healthy: async () => {
    await app.queue.failed(1)
    return true
  },
})
