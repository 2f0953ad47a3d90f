import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { createApp, type Running } from '../app.ts'
import { runWork, works } from '../clockwork.ts'
import { type Answer, type Caller, perform, performText } from '../commands/perform.ts'
import { minutesIn } from '../commands/values.ts'
import { blindSeconds } from '../domain/presence/presence.ts'
import { laterOf } from '../domain/timers/course.ts'
import { after, seconds } from '../kernel/clock.ts'
import { readConfig } from '../kernel/config.ts'
import type { Place } from '../kernel/context.ts'
import { workReactions } from '../reactions/react.ts'
import { movedClock } from './clock.ts'
import { plainText } from './plain.ts'
import { cloneDatabase, quiet } from './postgres.ts'

/** A whole Focus Mate on a database of its own, with a clock that moves when told to. */
export type House = {
  readonly app: Running
  readonly clock: {
    now(): Date
    /** Moves time by '25m', '1h 30m' or '90s', step by step through everything that becomes due. */
    advance(by: string): Promise<void>
    /** Moves time and does nothing on the way, as if every process had been dead. */
    jump(by: string): Promise<void>
  }
  /** Does everything that is due now. */
  tick(): Promise<void>
  /** Waits until every reaction and delivery is done. */
  settle(): Promise<void>
  /** Lets the queue look for jobs whose worker is gone: those that showed no life since the clock moved on. */
  recover(): Promise<void>
  /** Says a line of text as somebody, and reads the answer as plain text. */
  says(caller: Caller, line: string, place?: Place): Promise<string>
  does(caller: Caller, command: string, args?: Readonly<Record<string, string>>, place?: Place): Promise<Answer>
  close(): Promise<void>
}

export const monday = new Date('2026-03-02T09:00:00Z')

export async function openHouse({
  start = monday,
  env = {},
  connected = false,
}: {
  start?: Date
  /** Connections that live go on living while time passes step by step. */
  connected?: boolean
  env?: Readonly<Record<string, string>>
} = {}): Promise<House> {
  const database = await cloneDatabase(inject('postgresUrl'))
  const clock = movedClock(start)
  const dataDir = mkdtempSync(join(tmpdir(), 'focus-mate-house-'))
  const config = readConfig({ DATA_DIR: dataDir, SECRET_KEY: '11'.repeat(32), ...env })
  const app = await createApp(config, { url: database.url, clock, log: quiet, queueClock: clock.queue })
  await workReactions(app)
  const tick = async (): Promise<void> => {
    for (const work of works) await runWork(app, work)
  }
  const settle = (): Promise<void> => app.queue.idle()
  const does: House['does'] = (caller, command, args = {}, place) => perform(app, { caller, command, args, place: place ?? null })
  const laterBy = (by: string): Date => {
    const [, whole = '', rest = '0'] = /^(.*?)\s*(?:(\d+)s)?$/.exec(by) ?? []
    const minutes = whole === '' ? 0 : minutesIn(whole)
    if (minutes === null) throw new Error(`${by} is no length of time`)
    return new Date(clock.now().getTime() + minutes * 60_000 + Number(rest) * 1000)
  }
  return {
    app,
    clock: {
      now: clock.now,
      jump: (by) => clock.set(laterBy(by)),
      async advance(by) {
        const end = laterBy(by)
        const pass = async (to: Date): Promise<void> => {
          if (connected)
            await app.db
              .updateTable('pulse')
              .set({ seen_at: to })
              .where('seen_at', '>=', after(clock.now(), -seconds(blindSeconds)))
              .execute()
          await clock.set(to)
        }
        for (;;) {
          const next = await nextDue(app)
          if (next === null || next > end) break
          await pass(laterOf(next, clock.now()))
          await tick()
        }
        await pass(end)
        await settle()
      },
    },
    tick,
    settle,
    recover: () => clock.queue.tick(0),
    async says(caller, line, place) {
      const answer = await performText(app, caller, place ?? null, line)
      return 'form' in answer ? `form: ${answer.form.command}` : plainText(answer.screen, answer.reader)
    },
    does,
    async close() {
      await app.stop()
      await database.drop()
    },
  }
}

/** When the next deed of the clockwork is due. */
async function nextDue(app: Running): Promise<Date | null> {
  const dues = await app.read((ctx) => Promise.all(works.map((work) => work.next(ctx))))
  return dues.filter((due) => due !== null).toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null
}
